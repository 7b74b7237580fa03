"""17,000 comments that claim to be reviewed."""


def attack(world):
    world.text("<!-- reviewed\nsource: a\n-->\n" * 17_000)
