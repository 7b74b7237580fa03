"""A cache folder that is a link to a folder outside."""


def attack(world):
    outside = world.canary.with_name("ailleurs")
    outside.mkdir()
    (world.root / "build").mkdir()
    (world.root / "build/cache").symlink_to(outside)
