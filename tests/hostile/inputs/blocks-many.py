"""60,000 paragraphs."""


def attack(world):
    world.text("a\n\n" * 60_000)
