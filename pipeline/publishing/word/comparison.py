"""What changed, side by side, as a Word file: 新旧対照表, « tableau comparatif »."""

from __future__ import annotations

from pathlib import Path

from pipeline.proceedings.book import Style
from pipeline.publishing.word import tables as t
from pipeline.publishing.word.reference import prepare
from pipeline.review.comparison import Cell, Comparison, Row

_SHARES = (42, 42, 16)
_UNDERLINE = '<w:u w:val="single"/>'


def docx(comparison: Comparison, reference: Path, style: Style) -> bytes:
    """The file for ``comparison``, in the ``style`` of its language, what changed underlined.

    Raises ActesError as `tables.file`.
    """
    compact = prepare(reference.read_bytes(), style).styles["compact"]
    columns = [t.Column(*pair) for pair in zip(comparison.heads, _SHARES, strict=True)]
    tables = [
        t.Table(
            (_row(row, compact, comparison.language) for row in part.rows),
            t.run(part.heading.words, part.heading.language),
        )
        for part in comparison.parts
    ]
    return t.file(comparison.title, comparison.lead, columns, tables, reference, style)


def _row(row: Row, style: str, language: str) -> str:
    said = (t.paragraph(t.run(words, language), style) for words in row.remarks)
    return t.row([_cell(row.after, style), _cell(row.before, style), t.cell("".join(said))])


def _cell(cell: Cell, style: str) -> str:
    runs = (t.run(run.words, run.language, _UNDERLINE if run.marked else "") for run in cell)
    return t.cell(t.paragraph("".join(runs), style))
