"""A word of 400,000 letters."""


def attack(world):
    world.text("a" * 400_000)
