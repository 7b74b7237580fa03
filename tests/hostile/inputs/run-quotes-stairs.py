"""Quotations that go one deeper a line."""


def attack(world):
    world.text("\n".join(">" * n + " a" for n in range(1, 400)))
