"""A cache that is a link to a file outside."""


def attack(world):
    (world.root / "build/cache").mkdir(parents=True)
    (world.root / "build/cache/texts.sqlite").symlink_to(world.canary.with_name("ailleurs.sqlite"))
    (world.root / "build/cache/texts.sqlite-wal").symlink_to(world.canary)
