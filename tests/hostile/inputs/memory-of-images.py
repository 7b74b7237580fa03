"""The folder of images of a text is a link to itself."""


def attack(world):
    (world.sources / "eco/boucle").symlink_to(world.sources / "eco", target_is_directory=True)
    world.show("boucle/boucle/images/plain.svg")
