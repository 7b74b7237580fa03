"""Runs of backticks of every length, none of which closes."""


def attack(world):
    world.text(" ".join(r"\`" * n for n in range(1, 440)))
