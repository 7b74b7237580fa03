"""A Typst template of the workspace that imports a package."""

import shutil

from tests.support.workspace import REPOSITORY


def attack(world):
    typst = world.root / "templates/typst"
    shutil.copytree(REPOSITORY / "templates/typst", typst)
    volume = typst / "volume.typ"
    volume.write_text(
        '#import "@" + "preview/cetz:0.3.1"\n#import("@preview/cetz:0.3.1")\n' + volume.read_text()
    )
