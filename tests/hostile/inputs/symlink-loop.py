"""A text that is a link to itself."""


def attack(world):
    (world.sources / "eco/symlink-loop.fr.md").symlink_to("symlink-loop.fr.md")
