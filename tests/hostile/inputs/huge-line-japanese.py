"""150,000 ideographs without a mark."""


def attack(world):
    world.text("字" * 150_000)
