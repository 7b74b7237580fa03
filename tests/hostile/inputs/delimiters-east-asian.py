"""Delimiters between Japanese letters and signs, opening and closing at once."""


def attack(world):
    world.text("**「あ」_*い％__**う*" * 6_000)
