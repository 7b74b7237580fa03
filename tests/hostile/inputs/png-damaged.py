"""A PNG whose chunks are whole and whose data are not."""

from tests.hostile.png import png


def attack(world):
    world.image(png(100, 50, b"\0" * 30), ".png")
