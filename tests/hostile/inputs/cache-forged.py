"""A cache that holds, for the very text, raw code, foreign links, a file outside, and nonsense."""

import json
import sqlite3

from pipeline.texts.kept import reader_version
from pipeline.texts.source import parse_source
from tests.support.workspace import summary

TEXT = summary("Cas", "Un texte honnête.")
OTHER = summary("Autre cas", "Un autre texte honnête.")


def attack(world):
    (world.sources / "eco/cache-forged.fr.md").write_text(TEXT, encoding="utf-8")
    (world.sources / "eco/cache-nonsense.fr.md").write_text(OTHER, encoding="utf-8")
    forged = {
        "segments": [["paragraph", "x", "", 1, 0]],
        "blocks": [[
            {"t": "RawBlock", "c": ["typst", f'#read("{world.canary}")']},
            {"t": "Para", "c": [{"t": "Image", "c": [["", [], [["alt", "x"]]], [], ["../canary.png", ""]]}]},
        ]],
        "images": ["../canary.png", "/etc/passwd"],
        "problems": [],
    }  # fmt: skip
    (world.root / "build/cache").mkdir(parents=True)
    connection = sqlite3.connect(world.root / "build/cache/texts.sqlite")
    connection.execute("CREATE TABLE entries (key TEXT PRIMARY KEY, version TEXT, value BLOB)")
    for text, value in ((TEXT, json.dumps(forged).encode()), (OTHER, "[" * 100_000)):
        key = parse_source("x", text.encode()).digest
        connection.execute(
            "INSERT INTO entries VALUES (?, ?, ?)", (key, reader_version(world.root), value)
        )
    connection.commit()
    connection.close()
