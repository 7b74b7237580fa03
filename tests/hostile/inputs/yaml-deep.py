"""Lists in lists in the head, 5,000 deep."""


def attack(world):
    world.text("Corps.", keywords="[" * 5_000 + "x" + "]" * 5_000)
