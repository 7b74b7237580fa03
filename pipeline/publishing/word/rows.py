"""Rows of a table of layout, for pandoc: columns as wide as they are told, which never move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.publishing.word import xml as x
from pipeline.texts.pandoc import Node

SIDE = "actes-side"
"""A processing instruction in each cell or paragraph: the number of its side, for the finishing
pass."""

_RULE = '<w:top w:val="single" w:sz="6" w:space="0" w:color="595959"/>'
_LINE = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="1F2A44"/>'


@dataclass(frozen=True)
class Row:
    """Cells, a column each or one across all, and what their row looks like.

    It ``breaks`` between two pages, stands again at the ``head`` of every page, is ``ruled`` off
    from what is above, has ``room`` (twips) at least, and in its last cell a ``line`` to sign on.
    """

    cells: Sequence[Sequence[Node]]
    breaks: bool = False
    head: bool = False
    ruled: bool = False
    room: int = 0
    line: bool = False


def said_by(number: int, blocks: Sequence[Node]) -> list[Node]:
    """A cell in the language of the side ``number``."""
    return [x.block(f"<?{SIDE} {number}?>"), *(blocks or _EMPTY)]


_EMPTY = [x.block("<w:p/>")]


def table(rows: Sequence[Row], widths: Sequence[int], gutter: int, style: str) -> Iterator[Node]:
    """A table of the style; widths and what lies between columns are in twips."""
    yield x.block(table_begins(widths, style))
    for row in rows:
        yield from _row(row, widths, gutter // 2)
    yield x.block("</w:tbl>")


def table_begins(widths: Sequence[int], style: str, indent: int = 0) -> str:
    """A table of the style up to its first row; its columns never move."""
    inwards = f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{x.quoted(style)}"/><w:tblW w:w="{sum(widths)}" '
        f'w:type="dxa"/>{inwards}<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000" '
        'w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        'w:noVBand="1"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _row(row: Row, widths: Sequence[int], gutter: int) -> Iterator[Node]:
    # Said also where it is « no »: the finishing pass holds rows that say nothing together.
    split = f'<w:cantSplit w:val="{int(not row.breaks)}"/>'
    columns = len(widths)
    room = f'<w:trHeight w:val="{row.room}" w:hRule="atLeast"/>' if row.room else ""
    yield x.block(f"<w:tr><w:trPr>{split}{room}{'<w:tblHeader/>' * row.head}</w:trPr>")
    last, across = len(row.cells) - 1, len(row.cells) == 1
    widths = [sum(widths)] if across else widths
    span = f'<w:gridSpan w:val="{columns}"/>' if across and columns > 1 else ""
    for number, (blocks, width) in enumerate(zip(row.cells, widths, strict=True)):
        edges = (_RULE if row.ruled else "") + (_LINE if row.line and number == last else "")
        margins = (200 * (row.room > 0), gutter * (number > 0),
                   100 * row.breaks, gutter * (number < last))  # fmt: skip
        yield x.block(_cell(width, span, edges, margins))
        yield from blocks or _EMPTY
        yield x.block("</w:tc>")
    yield x.block("</w:tr>")


def _cell(width: int, span: str, edges: str, margins: tuple[int, int, int, int]) -> str:
    """A cell up to its content (CT_TcPr: width, columns, borders, margins)."""
    borders = f"<w:tcBorders>{edges}</w:tcBorders>" if edges else ""
    said = "".join(
        f'<w:{edge} w:w="{twips}" w:type="dxa"/>'
        for edge, twips in zip(("top", "left", "bottom", "right"), margins, strict=True)
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{borders}'
        f"<w:tcMar>{said}</w:tcMar></w:tcPr>"
    )
