"""Subscripts, superscripts and struck words that never close."""


def attack(world):
    world.text("~a^b~~" * 16_000)
