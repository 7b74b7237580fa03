"""3,000 nested lists on one line."""


def attack(world):
    world.text("- " * 3_000 + "a")
