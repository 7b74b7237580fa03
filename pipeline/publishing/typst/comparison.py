"""What changed, side by side, as PDF: 新旧対照表, « tableau comparatif ».

The page is `templates/typst/comparison.typ`. A table is data here: a screen reader says the column
and the row of a cell (PDF/UA-1, 7.5), and each run in its own language.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.proceedings.book import Book, Chapter, Passage, Style
from pipeline.publishing import fonts
from pipeline.publishing.typst import pdf as typst
from pipeline.publishing.typst.book import Composition
from pipeline.publishing.typst.markup import array, markup, quoted
from pipeline.review.comparison import Cell, Comparison, Part, Row, Run

_OPENING = '#import "volume.typ": *\n#import "comparison.typ": *\n#show: volume\n#show: sheet\n'


def pdf(comparison: Comparison, style: Style, page_of: str, day: str, templates: Path) -> bytes:
    """The comparison as PDF/UA-1 and PDF/A-2a.

    ``page_of`` are the words of a page's number, ``day`` is the date that the file bears (ISO).
    Raises ActesError: ``glyph-missing`` and the rules of `typst_run.run`.
    """
    composition = _compose(comparison)
    labels = {"page-of": page_of}
    book = Book(
        comparison.language, comparison.title, "", "", (), day, draft=False, style=style,
        labels=labels, pieces=(),
    )  # fmt: skip
    fonts.check(book, composition.text, list(_pieces(comparison)))
    house = typst.house(book, composition.languages)
    return typst.set_in_type(book, composition, house, {}, None, templates)


def _pieces(comparison: Comparison) -> Iterator[Chapter]:
    """What is printed by the text it stands in, for messages."""
    yield Chapter("", 1, (), comparison.title, "", None, _words(comparison.lead))
    for part in comparison.parts:
        yield Chapter("", 1, (), part.path, "", None, _words((part.heading, part.rows)))


def _words(content: object) -> tuple[Passage, ...]:
    """Anything that holds words, where a passage is asked for and looked through for letters."""
    return (Passage("original", "", content),)  # type: ignore[arg-type]


def _compose(comparison: Comparison) -> Composition:
    places, line = [], 1
    opening = f"{_OPENING}{_head(comparison)}\n"
    found = [opening]
    line += opening.count("\n")
    for part in comparison.parts:
        code = _part(part, comparison) + "\n"
        places.append((line, part.path))
        line += code.count("\n")
        found.append(code)
    languages = {run.language for part in comparison.parts for run in _runs(part)}
    return Composition("".join(found), frozenset(languages), tuple(places))


def _runs(part: Part) -> Iterator[Run]:
    yield part.heading
    for row in part.rows:
        yield from (*row.after, *row.before)


def _head(comparison: Comparison) -> str:
    lead = array(f"[{markup(words)}]" for words in comparison.lead)
    return f"#sheet-head([{markup(comparison.title)}], {lead})"


def _part(part: Part, comparison: Comparison) -> str:
    heads = ", ".join(f"[{markup(words)}]" for words in comparison.heads)
    rows = "".join(f"  {_row(row, comparison.language)},\n" for row in part.rows)
    heading = _run(part.heading, comparison.language, "display")
    return f"== {heading}\n#sides(({heads}),\n{rows})"


def _row(row: Row, language: str) -> str:
    remarks = " #linebreak() ".join(map(markup, row.remarks))
    return f"{_cell(row.after, language)}, {_cell(row.before, language)}, [{remarks}]"


def _cell(cell: Cell, language: str) -> str:
    return f"[{''.join(_run(run, language) for run in cell)}]"


def _run(run: Run, language: str, manner: str = "body") -> str:
    words = "#linebreak()".join(map(markup, run.words.split("\n")))
    if run.marked:
        words = f"#changed[{words}]"
    return words if run.language == language else f"#in-{manner}({quoted(run.language)})[{words}]"
