"""A lock that is a folder."""


def attack(world):
    (world.root / "build/.lock").mkdir(parents=True)
