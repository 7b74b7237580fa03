"""20,000 links that are refused, each with its message."""


def attack(world):
    world.text("\n".join("[a](file:///b)" for _ in range(20_000)))
