"""A letter under 5,000 accents."""


def attack(world):
    world.text("Z" + "\u0301\u0323" * 2_500 + " FINZALGO")
