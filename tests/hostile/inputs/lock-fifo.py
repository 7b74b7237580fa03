"""A lock that is a pipe."""

import os


def attack(world):
    (world.root / "build").mkdir()
    os.mkfifo(world.root / "build/.lock")
