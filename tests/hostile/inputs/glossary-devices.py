"""A glossary without end."""


def attack(world):
    glossary = world.sources / "glossary.yaml"
    glossary.unlink()
    glossary.symlink_to("/dev/zero")
