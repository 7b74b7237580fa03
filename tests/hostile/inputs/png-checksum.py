"""A PNG whose checksums are wrong."""

from tests.hostile.png import png


def attack(world):
    content = bytearray(png(100, 50, b"\0" * (101 * 50)))
    content[29] ^= 0xFF
    content[-20] ^= 0xFF
    world.image(bytes(content), ".png")
