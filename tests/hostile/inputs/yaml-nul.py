"""A NUL in the head."""


def attack(world):
    world.text("Corps.", title="Un\0titre")
