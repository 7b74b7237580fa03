"""A Typst template of the workspace that is a link outside, and one that reads."""

import shutil

from tests.support.workspace import REPOSITORY


def attack(world):
    typst = world.root / "templates/typst"
    shutil.copytree(REPOSITORY / "templates/typst", typst)
    (typst / "secret.typ").symlink_to(world.canary)
    volume = typst / "volume.typ"
    volume.write_text(volume.read_text() + '#read("secret.typ")\n')
