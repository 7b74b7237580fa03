"""Lists nested by tabs."""


def attack(world):
    world.text("\n".join("\t" * n + "- a" for n in range(78)))
