"""A build/ that is a file."""


def attack(world):
    (world.root / "build").write_text("x")
