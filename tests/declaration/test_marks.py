"""What a draft says of its clauses, and what a file that is verified may therefore hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from pipeline.declaration.amendments import Amendment
from pipeline.declaration.dossier import Dossier
from pipeline.declaration.marks import marked, possible
from pipeline.proceedings.book import Side
from pipeline.proceedings.merge import style
from pipeline.proceedings.parallel import ParallelBook, ParallelRow
from pipeline.workspace.languages import load_language, program_templates
from tests.declaration.desk import FRENCH, JAPANESE, LANGUAGES, of

NAMES = ("bilan-1", "bilan-2", "bilan-3")


def amended(names: tuple[str, ...]) -> Dossier:
    """The declaration with two amendments to a clause and one that adds a clause after it;
    ``names`` are those that nobody has decided yet."""
    found = [
        Amendment(name, f"{name}.md", clause, "A", "R", None, "circuits", False, {},
                  "open" if name in names else "rejected", "", {}, {}, "")
        for name, clause in zip(NAMES, ("circuits", "circuits", "a-new-one"), strict=True)
    ]  # fmt: skip
    return replace(of({"fr": FRENCH, "ja": JAPANESE}), amendments=tuple(found))


def test_whatever_amendments_were_open_a_draft_may_have_said_so() -> None:
    tables = [load_language(program_templates().parent, tag) for tag in LANGUAGES]
    sides = tuple(Side(t.tag, style(t), (), t.labels) for t in tables)
    row = ParallelRow("clause", "circuits", ((), ()))
    book = ParallelBook(sides, (), (row,), (), (), "T", "A", "2026-01-01", True, ())
    known = set(possible(book, amended(())))
    for count in range(1, len(NAMES) + 1):
        for names in combinations(NAMES, count):
            (said,) = marked(book, amended(names)).rows
            for words in said.marks:
                assert "bilan" in words
                assert {part for part in words.split(" · ") if part not in known} == set()
