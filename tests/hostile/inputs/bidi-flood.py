"""100,000 marks that change the reading direction."""


def attack(world):
    world.text("\u202e" * 100_000)
