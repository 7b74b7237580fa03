"""A lock that is a link to a file outside."""


def attack(world):
    (world.root / "build").mkdir()
    (world.root / "build/.lock").symlink_to(world.canary)
