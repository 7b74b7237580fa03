"""50,000 links."""


def attack(world):
    world.text("[a](x)" * 50_000)
