"""An edition that is a pipe, another that is a link outside, another that is a folder."""

import os


def attack(world):
    build = world.root / "build"
    build.mkdir()
    os.mkfifo(build / "proceedings-fr.pdf")
    (build / "proceedings-fr.docx").symlink_to(world.canary)
    (build / "proceedings-ja.pdf").mkdir()
