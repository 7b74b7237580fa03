"""A text that is a link to what the kernel says of the process that reads it."""


def attack(world):
    (world.sources / "eco/proc-text.fr.md").symlink_to("/proc/self/environ")
