"""A PNG of a few bytes that says it is 100,000 pixels square."""

from tests.hostile.png import png


def attack(world):
    world.image(png(100_000, 100_000, b"\0" * 100), ".png")
