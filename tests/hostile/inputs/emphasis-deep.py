"""Emphasis nested 20,000 deep."""


def attack(world):
    world.text("".join("*a " if n % 2 else "_a " for n in range(20_000)) + "x")
