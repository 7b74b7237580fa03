"""Files of a terabyte that take no place on the disk: a text, an image, a stray."""

import os


def attack(world):
    for name in ("eco/sparse-file.fr.md", "eco/images/sparse.png", "eco/stray.bin"):
        with (world.sources / name).open("wb") as file:
            os.truncate(file.fileno(), 10**12)
    world.text("![x](images/sparse.png)", name="sparse-image")
