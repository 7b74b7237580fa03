"""A cache that is a pipe."""

import os


def attack(world):
    (world.root / "build/cache").mkdir(parents=True)
    os.mkfifo(world.root / "build/cache/texts.sqlite")
