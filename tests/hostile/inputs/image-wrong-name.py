"""An SVG that calls itself PNG."""

from tests.hostile.world import PLAIN_SVG


def attack(world):
    world.image(PLAIN_SVG.encode(), ".png")
