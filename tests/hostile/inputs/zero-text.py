"""A text that is a link to a device without end."""


def attack(world):
    (world.sources / "eco/zero-text.fr.md").symlink_to("/dev/zero")
