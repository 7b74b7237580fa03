"""3,000 nested lists."""


def attack(world):
    world.text("\n".join("  " * n + "- a" for n in range(3_000)))
