"""A working folder that is a file."""


def attack(world):
    (world.root / "build").mkdir()
    (world.root / "build/.work").write_text("x")
