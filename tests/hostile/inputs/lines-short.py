"""A paragraph of 200,000 lines of one letter."""


def attack(world):
    world.text("a\n" * 200_000)
