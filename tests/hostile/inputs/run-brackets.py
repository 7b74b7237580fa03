"""100 KB of opening brackets."""


def attack(world):
    world.text("[" * 100_000)
