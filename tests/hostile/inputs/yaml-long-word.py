"""A key and an authority of 15,000 letters each."""


def attack(world):
    world.text("Corps.", authorities="[" + "a" * 15_000 + "]", **{"b" * 1_000: "x"})
