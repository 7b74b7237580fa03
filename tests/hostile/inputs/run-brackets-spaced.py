"""Opening brackets with a letter between them, nested 30,000 deep."""


def attack(world):
    world.text("[a" * 30_000 + "](x)" * 30_000)
