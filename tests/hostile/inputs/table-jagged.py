"""A head of 1,000 columns over 4,000 rows of one cell, which a reader fills up."""


def attack(world):
    world.text("| a " * 1_000 + "|\n" + "|---" * 1_000 + "|\n" + "| b |\n" * 4_000)
