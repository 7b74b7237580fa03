"""A build/ that is a link to a folder outside."""


def attack(world):
    outside = world.canary.with_name("ailleurs")
    outside.mkdir()
    (world.root / "build").symlink_to(outside)
