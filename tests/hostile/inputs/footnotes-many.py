"""20,000 notes that nothing cites."""


def attack(world):
    world.text("\n\n".join(f"[^n{n}]: x" for n in range(20_000)))
