"""mdpo at work on the folder it is started in: ``update`` extracts ``masters/*.md`` into ``po/`` and
writes ``out/``; ``fill`` puts words into the PO files. Needs nothing but mdpo."""

from __future__ import annotations

import sys
from pathlib import Path


def update() -> None:
    """All originals, in one process."""
    from mdpo.md2po import markdown_to_pofile
    from mdpo.po2md import pofile_to_markdown

    for master in sorted(Path("masters").glob("*.md")):
        po = f"po/{master.stem}.po"
        markdown_to_pofile(str(master), po_filepath=po, save=True)
        pofile_to_markdown(str(master), po, save=f"out/{master.name}")


def fill() -> None:
    """Every message with its own words."""
    import polib

    for file in sorted(Path("po").glob("*.po")):
        po = polib.pofile(str(file))
        for entry in po:
            entry.msgstr = entry.msgid
        po.save()


if __name__ == "__main__":
    {"update": update, "fill": fill}[sys.argv[1]]()
