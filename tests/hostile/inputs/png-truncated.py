"""A PNG that breaks off in the middle of its data."""

from tests.hostile.png import png


def attack(world):
    world.image(png(100, 50, b"\0" * (101 * 50))[:60], ".png")
