"""An event.yaml that is a pipe."""

import os


def attack(world):
    event = world.sources / "event.yaml"
    event.unlink()
    os.mkfifo(event)
