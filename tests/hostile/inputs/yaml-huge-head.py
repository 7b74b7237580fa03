"""A head of 300 KB."""


def attack(world):
    world.text("Corps.", abstract="mot " * 75_000)
