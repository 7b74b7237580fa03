"""A PNG of 49 million pixels, just below the limit."""

from tests.hostile.png import png_of_zeros


def attack(world):
    world.image(png_of_zeros(7_000, 7_000, 7_000 * 7_001), ".png")
