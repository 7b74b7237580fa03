"""Names of files that are sentences for a terminal, a shell or another program."""

import os

from tests.support.workspace import put, summary

NAMES = [
    "a\nb.fr.md", "file-names.fr.md\n", "-rf.fr.md", "..fr.md", "...fr.md", "a'b\"c.fr.md",
    "$(touch x).fr.md", "a\x1b[2Jb.fr.md", "a%00b.fr.md", "é.fr.md", "ａ.fr.md", "a\u202eb.fr.md",
    "con.fr.md.md", "a.xx.md", "a.fr.MD", "{0.__class__}.fr.md",
]  # fmt: skip


def attack(world):
    for name in NAMES:
        put(world.sources / "eco" / name, summary("NOMREFUSE", "NOMREFUSE"))
    raw = os.fsencode(world.sources / "eco") + b"/caf\xe9\xff.fr.md"
    with open(raw, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(summary("NOMREFUSE", "NOMREFUSE").encode())
