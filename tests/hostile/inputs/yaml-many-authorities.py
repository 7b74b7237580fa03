"""8,000 authorities that nobody knows."""


def attack(world):
    world.text("Corps.", authorities="[" + ", ".join(f"vill{n}" for n in range(6_000)) + "]")
