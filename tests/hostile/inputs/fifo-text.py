"""A text that is a pipe nobody writes to."""

import os


def attack(world):
    os.mkfifo(world.sources / "eco/fifo-text.fr.md")
