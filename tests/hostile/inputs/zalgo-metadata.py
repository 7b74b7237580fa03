"""A title under 8,000 accents, a key under 8,000 more."""


def attack(world):
    world.text(
        "Corps.",
        title='"Z' + "\u0301" * 4_000 + "\u0323" * 4_000 + '"',
        **{"k" + "\u0301\u0323" * 4_000: "x"},
    )
