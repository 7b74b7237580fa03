"""Counterparts to be merged, read without pandoc."""

from __future__ import annotations

from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.merge.file import Result, Tools, merged
from pipeline.translation.merge.git import lines, marked
from tests.support.desk import comment
from tests.support.quick import quick_split

A = comment("reviewed", "La ville achète.", "市は買う。")
B = comment("machine", "Le marché ouvre.", "市場が開く。")
C = comment("edited", "Les élèves mangent.", "生徒が食べる。", marked=False)
BASE = A + B + C
TOOLS = Tools(lambda sources: [quick_split(source.body) for source in sources], lines, marked)
PATH = "sources/eco/marche.ja.md"


def head(title: str = "市場", claim: str = "", more: str = "", order: str = "") -> str:
    """The metadata of a counterpart."""
    said = claim or f"{{state: reviewed, source: Marché, text: '{fingerprint('市場')}'}}"
    kept = f"  order: {order}\n" if order else ""
    return (
        f"title: {title}\n{more}translation:\n  of: marche.fr.md\n{kept}  fields:\n"
        f"    title: {said}\n"
    )


def text(body: str, front: str = "") -> str:
    return f"---\n{front or head()}---\n\n{body}"


def merge(base: str, ours: str, theirs: str) -> Result:
    return merged(base.encode(), ours.encode(), theirs.encode(), PATH, TOOLS)
