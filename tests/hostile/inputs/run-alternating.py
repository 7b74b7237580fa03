"""100 KB of delimiters that alternate."""


def attack(world):
    world.text("*a_" * 33_000)
