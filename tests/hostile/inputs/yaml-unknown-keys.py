"""8,000 keys that no schema knows, each near one it knows."""


def attack(world):
    world.text("Corps.", **{f"titel{n}": "x" for n in range(4_000)})
