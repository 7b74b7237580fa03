"""Numbers that no machine holds."""


def attack(world):
    world.text("Corps.", sdgs="[" + "9" * 6_000 + "]")
