"""A table of 200 by 200 cells."""


def attack(world):
    world.text(("| a " * 200 + "|\n") + ("|---" * 200 + "|\n") + ("| b " * 200 + "|\n") * 199)
