"""Entities, known and unknown."""


def attack(world):
    world.text("&amp;&CounterClockwiseContourIntegral;&#38;&x;" * 10_000)
