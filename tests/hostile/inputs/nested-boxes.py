"""Boxes in boxes."""


def attack(world):
    world.text("".join("::::" + ":" * (500 - n) + " encadré\n" for n in range(500)) + "x\n")
