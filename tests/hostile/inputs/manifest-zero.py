"""A manifest without end."""


def attack(world):
    (world.root / "build").mkdir()
    (world.root / "build/manifest.json").symlink_to("/dev/zero")
