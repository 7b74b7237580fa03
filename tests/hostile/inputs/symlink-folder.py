"""A folder of images that is a link to a folder outside."""


def attack(world):
    (world.sources / "eco/dehors").symlink_to(world.canary.parent, target_is_directory=True)
    world.show("dehors/canary.svg")
