"""A language table of the workspace that is a pipe."""

import os


def attack(world):
    (world.root / "templates/languages").mkdir(parents=True)
    os.mkfifo(world.root / "templates/languages/fr.toml")
