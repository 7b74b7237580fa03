"""100 KB of asterisks."""


def attack(world):
    world.text("*" * 100_000)
