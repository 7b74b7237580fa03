"""Control characters as they are."""


def attack(world):
    world.text(
        "Un \x00 nul, un \x07 son, un \x1b[2J échappement, un \x85, un \x0c saut, \ufffe \ufff9x\ufffa FINBRUT."
    )
