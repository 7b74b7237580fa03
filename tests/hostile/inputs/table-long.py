"""A table of 2 by 20,000 cells."""


def attack(world):
    world.text("| a | b |\n|---|---|\n" + "| c | d |\n" * 20_000)
