"""An event with passages in every state, and what is found and shown of it."""

from __future__ import annotations

from pathlib import Path

from pipeline.publishing.status import terminal as status_terminal
from pipeline.publishing.status.overview import Asked, Overview, overview
from tests.support.workspace import (
    counterpart,
    reviewed,
    summary,
)

A = "La ville achète des repas."
B = "Le marché ouvre deux fois par semaine."
C = "Un élu conclut."
JA_A, JA_B = "市は給食を買う。", "市場は週2回開かれる。"
SVG = "{http://www.w3.org/2000/svg}"


def texts(**changes: str) -> dict[str, str]:
    """Two summaries: one of four paragraphs in every state, one in Japanese not yet translated."""
    ja = counterpart("marche.fr.md", "市場", [(A, JA_A)], "Le marché")
    ja += "\n" + reviewed("Le marché ouvre.", JA_B)  # approved for an older source: stale
    ja += "\n" + reviewed(C, "議員がまとめる。").replace(
        "まとめる", "結んだ"
    )  # changed since: edited
    ja += "\n" + reviewed("Le port grandit.", "港が広がる。", "machine")
    ja += "\n" + reviewed("Un passage disparu.", "消えた段落。", "orphan").replace(
        "-->", "note: |\n  Faut-il le garder ?\n-->"
    )
    body = "\n\n".join(
        [A, "```\ncode = 1\n```", "2024", B, C, "Le port grandit.", "Reste à traduire."]
    )
    return {
        "eco/marche.fr.md": summary("Le marché", body),
        "eco/marche.ja.md": ja,
        "eco/mori.ja.md": summary("森", "市は森を守る。"),
        **changes,
    }


def look(root: Path, **asked: object) -> Overview:
    return overview(root, Asked(**asked))  # type: ignore[arg-type]


def shown(found: Overview, columns: int | None = None, every: bool = False) -> str:
    view = status_terminal.View(columns, every)
    return "\n".join(status_terminal.lines(found, view)) + "\n"
