"""The typography of machine proposals: the cases of `tests/golden/polish`, and laws on any text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts import ast, pandoc
from pipeline.texts.inline_marks import Kind, marks
from pipeline.texts.source import readable
from pipeline.translation.polish import polish
from pipeline.workspace.languages import LanguageTable, load_language

GOLDEN = Path(__file__).parent.parent / "golden" / "polish"
TABLES = {tag: load_language(GOLDEN, tag) for tag in ("fr", "ja", "en")}
_SIGNS = str.maketrans({"⍽": "\u00a0", "·": "\u202f", "□": "\u3000", "⏎": "\n"})


def cases(language: str) -> list[tuple[str, str]]:
    """Pairs of what goes in and what comes out."""
    found: list[tuple[str, str]] = []
    pending: list[str] = []
    for line in (GOLDEN / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("< "):
            pending.append(line[2:].translate(_SIGNS))
        elif line.startswith("> "):
            found.append(("\n".join(pending), line[2:].translate(_SIGNS)))
            pending = []
    return found


CASES = [(language, *case) for language in ("fr", "ja") for case in cases(language)]


@pytest.mark.parametrize(("language", "typed", "polished"), CASES)
def test_a_proposal_as_an_editor_sets_it(language: str, typed: str, polished: str) -> None:
    assert polish(typed, TABLES[language], prose=True) == polished
    assert polish(polished, TABLES[language], prose=True) == polished


def test_markdown_reads_the_same_marks_before_and_after() -> None:
    """What pandoc sees: the same emphasis, links, code and images, in the same order."""
    texts = {f"{n}-{i}": readable(text) for n, case in enumerate(CASES)
             for i, text in enumerate(case[1:])}  # fmt: skip
    parsed = pandoc.read_all(texts)
    for number in range(len(CASES)):
        before, after = (_structure(parsed[f"{number}-{i}"]) for i in (0, 1))
        assert before == after, CASES[number]


def _structure(parsed: object) -> list[str]:
    assert isinstance(parsed, pandoc.Parsed)
    words = ("Str", "Space", "SoftBreak")
    return [node["t"] for node in ast.walk(parsed.blocks) if node["t"] not in words]


def test_a_heading_keeps_its_line_and_a_table_of_plain_typography_changes_nothing() -> None:
    assert polish("Un titre. Deux!", TABLES["fr"], prose=False) == "Un titre. Deux\u202f!"
    assert polish('One "two"! Three.', TABLES["en"], prose=False) == 'One "two"! Three.'
    assert polish("One. Two\nthree.", TABLES["en"], prose=True) == "One.\nTwo three."


def test_outer_white_space_is_the_callers() -> None:
    assert polish("  Oui!\n", TABLES["fr"], prose=True) == "  Oui\u202f!\n"


PIECES = [
    *"aé1.,:;!?'\"«»“”()[]*_`~^\\ \n、。，．「」（）市カＡ１％\u00a0\u202f",
    "un mot", "里山", "**", "[lien](https://a.b/c?d;e)", "`x ! y`", "[^n 1]", "[^n]", "\\\n", "  \n",
    "https://a.b/c;d", "![i !](a.png)", " (火) ", "1.", "# ", "&amp;", "<!-- a ! -->", "{lang=fr}",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


def table_of(language: str) -> LanguageTable:
    return TABLES[language]


@given(TEXTS, st.sampled_from(sorted(TABLES)), st.booleans())
def test_no_word_and_no_figure_changes(text: str, language: str, prose: bool) -> None:
    polished = polish(text, table_of(language), prose)
    assert _words(polished) == _words(text)


def _words(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


@given(TEXTS, st.sampled_from(sorted(TABLES)), st.booleans())
def test_polishing_twice_changes_nothing_more(text: str, language: str, prose: bool) -> None:
    once = polish(text, table_of(language), prose)
    assert polish(once, table_of(language), prose) == once


@given(TEXTS, st.sampled_from(sorted(TABLES)), st.booleans())
def test_what_is_no_word_stays_as_it_is(text: str, language: str, prose: bool) -> None:
    def kept(unit: str) -> list[str]:
        kinds = (Kind.CODE, Kind.IMAGE, Kind.ADDRESS, Kind.NOTE, Kind.RAW)
        return [unit[mark.start : mark.end] for mark in marks(unit) if mark.kind in kinds]

    if "\n" not in text:  # a mark over two lines may be joined
        assert kept(polish(text, table_of(language), prose)) == kept(text)
