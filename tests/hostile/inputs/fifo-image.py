"""An image that is a pipe nobody writes to."""

import os


def attack(world):
    os.mkfifo(world.sources / "eco/images/fifo-image.png")
    world.show("images/fifo-image.png")
