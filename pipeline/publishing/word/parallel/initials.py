"""Places for the initials of every party, at the foot of each page of what is signed."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.proceedings.book import Inlines
from pipeline.proceedings.parallel import ParallelBook
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.columns import Columns
from pipeline.texts import ast

_STYLE = "actes parallel initials"
_LINE = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="1F2A44"/>'
_LABEL, _NAME = 0.16, 0.45  # parts: of the whole for the words, of a party's place for its name


def places_for_initials(book: ParallelBook, columns: Columns, width: int) -> str:
    """A table of one row, ``width`` twips wide: what they are, then a name and a line a party.

    Nothing where nobody signs.
    """
    if not book.initials or not book.parties:
        return ""
    label = round(width * _LABEL)
    each = (width - label) // len(book.parties)
    name = round(each * _NAME)
    widths, cells = [label], [_cell(label, _said(book.initials, columns))]
    for party in book.parties:
        widths += [name, each - name]
        cells += [_cell(name, _said(party.names, columns)), _cell(each - name, "<w:p/>", _LINE)]
    grid = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:trHeight w:val="500" '
        f'w:hRule="atLeast"/></w:trPr>{"".join(cells)}</w:tr></w:tbl>'
    )


def _said(words: Sequence[Inlines], columns: Columns) -> str:
    """A paragraph a language."""
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{x.quoted(columns.style(columns.names[_STYLE], number))}"/>'
        f"</w:pPr>{x.run(ast.plain_text(said))}</w:p>"
        for number, said in enumerate(words)
    )


def _cell(width: int, content: str, border: str = "") -> str:
    borders = f"<w:tcBorders>{border}</w:tcBorders>" if border else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}<w:vAlign w:val="bottom"/>'
        f"</w:tcPr>{content}</w:tc>"
    )
