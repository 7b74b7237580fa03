"""Images that never close."""


def attack(world):
    world.text("![a" * 30_000)
