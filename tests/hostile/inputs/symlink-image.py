"""An image that is a link to a file outside."""


def attack(world):
    (world.sources / "eco/images/symlink-image.png").symlink_to(world.canary)
    world.show("images/symlink-image.png")
