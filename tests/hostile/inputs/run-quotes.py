"""A quotation in 50,000 quotations."""


def attack(world):
    world.text(">" * 100_000 + " a")
