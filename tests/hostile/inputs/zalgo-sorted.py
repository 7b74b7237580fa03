"""100,000 accents in the order that is slowest to normalise."""


def attack(world):
    world.text("Z" + "\u0301" * 50_000 + "\u0323" * 50_000)
