"""A text that is a link to a file outside."""


def attack(world):
    link = world.sources / "eco/symlink-text.fr.md"
    link.symlink_to(world.canary.with_name("canary.fr.md"))
