"""A cache folder that is a file."""


def attack(world):
    (world.root / "build").mkdir()
    (world.root / "build/cache").write_text("x")
