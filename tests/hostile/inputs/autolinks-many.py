"""Angle brackets that never become links."""


def attack(world):
    world.text("<a " * 60_000)
