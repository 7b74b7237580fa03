"""An abstract of 60,000 letters without a space."""


def attack(world):
    world.text("Corps.", abstract="a" * 60_000)
