"""A text of 4 MB."""


def attack(world):
    world.text("Un mot. " * 500_000)
