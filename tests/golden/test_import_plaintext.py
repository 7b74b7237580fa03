"""Golden cases of `repair_plain_text`: a plain text beside what it must become.

`import/NAME.LANG.txt` is the input, `import/NAME.LANG.expected.md` the body, and in a last comment
the title, the repairs counted by rule and the doubts. Characters that an editor or git would spoil
are written as the signs of `SIGNS`. `ACTES_GOLDEN=write` writes what the program gives: read
the difference before you keep it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.drafts.plaintext.repair import ImportedText, repair_plain_text

CASES = Path(__file__).parent / "import"
SIGNS = {
    "␠": " ",
    "␉": "\t",
    "␌": "\f",
    "␍": "\r",
    "␂": "\ufeff",
    "␞": "\u0301",
    "␀": "\x00",
    "␁": "\u200b",
    "␄": "\u00ad",
    "␥": "\uf0b7",
}


def source(path: Path) -> str:
    """Read a case's input, its signs made the characters they stand for."""
    text = path.read_text(encoding="utf-8")
    # A form feed ends its line by itself.
    text = text.replace("\n␌", "\f")
    for sign, char in SIGNS.items():
        text = text.replace(sign, char)
    return text


def shown(done: ImportedText) -> str:
    """Write a result as the expected file does."""
    rules = sorted(Counter(repair.rule for repair in done.repairs).items())
    told = [f"{rule} {count}" for rule, count in rules]
    asked = [f"{d.rule} {d.line}:{d.column} -> {d.out_line} | {d.excerpt}" for d in done.doubts]
    return "\n".join(
        [done.body, "<!--", f"title: {done.title}", "repairs:", *(f"  {t}" for t in told),
         "doubts:", *(f"  {a}" for a in asked), "-->", ""]
    )  # fmt: skip


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    language = path.stem.rsplit(".", 1)[1]
    expected = path.with_name(path.stem + ".expected.md")
    result = shown(repair_plain_text(source(path), language))
    if os.environ.get("ACTES_GOLDEN") == "write":
        expected.write_text(result, encoding="utf-8", newline="\n")
    assert result == expected.read_text(encoding="utf-8")


def test_there_is_a_case_for_each_defect() -> None:
    assert len(list(CASES.glob("*.txt"))) >= 12


SHARED = os.environ.get("ACTES_SHARED", "")


@pytest.fixture(scope="module")
def note() -> ImportedText:
    """The framing note of the 8th Rencontres, as extracted from its PDF."""
    if not SHARED:
        pytest.skip("ACTES_SHARED does not point to the project's shared folder")
    path = Path(SHARED) / "input" / "note-de-cadrage.txt"
    return repair_plain_text(path.read_text(encoding="utf-8"), "fr")


def test_note_headings(note: ImportedText) -> None:
    assert note.title.startswith("NOTE DE CADRAGE – 8e RENCONTRES")
    heads = re.findall(r"^#+ .*$", note.body, re.MULTILINE)
    assert [head[:14] for head in heads] == [
        "## THÈME GÉNÉR",
        "## ATELIERS",
        "### 1. Économi",
        "### 2. Société",
        "### 3. Environ",
    ]
    assert heads[2].endswith("société responsable")


def test_note_lists(note: ImportedText) -> None:
    blocks = note.body.split("\n\n")
    lists = [block.splitlines() for block in blocks if block.startswith("- ")]
    assert [len(items) for items in lists] == [5, 8, 9]
    assert all(item.startswith("- ") for items in lists for item in items)
    assert re.search(r"^l ", note.body, re.MULTILINE) is None
    assert "culture, formations artistiques, préservation" in note.body


def test_note_footnotes(note: ImportedText) -> None:
    assert len(re.findall(r"^\[\^\d\]: ", note.body, re.MULTILINE)) == 3
    assert "en japonais)[^1] et écologique" in note.body
    assert "en japonais)[^2] se produisent" in note.body
    assert "Rockström[^3]\n" in note.body
    assert "gestion administrative les autorités locales" in note.body


def test_note_doubts(note: ImportedText) -> None:
    run = '&"\'()(*+,-$.,$/,-)("0$.,-$1(-*+,-'
    assert f"- `{run}` (organisations autonomes de quartier)\n" in note.body
    assert [(d.rule, d.line) for d in note.doubts] == [
        ("missing-full-stop", 41),
        ("picture-missing", 81),
        ("missing-full-stop", 150),
        ("unreadable", 164),
        ("note-sign", 201),
    ]
    assert note.doubts[3].excerpt == run
    lines = note.body.splitlines()
    assert run in lines[note.doubts[3].out_line - 1]
    assert lines[note.doubts[2].out_line - 1].endswith("qu’au Japon")
