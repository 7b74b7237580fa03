"""A PNG of one pixel whose data unfold to 1 GB."""

from tests.hostile.png import png_of_zeros


def attack(world):
    world.image(png_of_zeros(1, 1, 2**30), ".png")
