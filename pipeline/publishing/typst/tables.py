"""Tables as arguments of the template's ``tabular``: columns by what they hold, cells as they are.

A column of figures or short words is as wide as its content; what is left goes to the columns with
sentences, by how much they have to say. So a table of any shape fills the measure and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.columns import width as places
from pipeline.publishing.typst.markup import array
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_SHORT = 16  # half-widths: what never needs to wrap
_CERTAIN_ROWS, _CERTAIN_LETTERS = 14, 1_400  # fits a page whatever the columns
_ALIGNMENTS = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}


def arguments(table: Node, blocks: Callable[[Sequence[Node]], str]) -> str:
    """``columns``, ``align``, ``head``, ``sure`` and the cells, as Typst code."""
    _attributes, _caption, columns, head, bodies, foot = table["c"]
    head_rows = head[1]
    body_rows = [row for body in bodies for row in (*body[2], *body[3])] + list(foot[1])
    if head_rows and not any(cell[4] for row in head_rows for cell in row[1]):
        head_rows = []
    rows = [*head_rows, *body_rows]
    letters = sum(_width(cell) for row in rows for cell in row[1])
    sure = len(rows) <= _CERTAIN_ROWS and letters <= _CERTAIN_LETTERS
    return (
        f"columns: {array(_columns(columns, rows))}, "
        f"align: {array(_alignment(column) for column in columns)}, "
        f"head: {array(_cell(cell, blocks) for row in head_rows for cell in row[1])}, "
        f"sure: {str(sure).lower()}, "
        + "".join(f"{_cell(cell, blocks)}, " for row in body_rows for cell in row[1])
    )


def _alignment(column: Any) -> str:
    return _ALIGNMENTS.get(column[0]["t"], "left")


def _columns(columns: Sequence[Any], rows: Sequence[Any]) -> list[str]:
    widths: list[list[int]] = [[0] for _ in columns]
    for row in rows:
        position = 0
        for cell in row[1]:
            if cell[3] == 1 and position < len(widths):
                widths[position].append(_width(cell))
            position += cell[3]
    longest = [max(found) for found in widths]
    if max(longest) <= _SHORT:
        return ["auto"] * len(columns)
    # The square root keeps a column of phrases readable beside a column of paragraphs.
    return [
        "auto" if width <= _SHORT and len(columns) > 1 else f"{max(width, 1) ** 0.5:.2f}fr"
        for width in longest
    ]


def _width(cell: Any) -> int:
    return places(ast.plain_text(cell[4]).strip())


def _cell(cell: Any, blocks: Callable[[Sequence[Node]], str]) -> str:
    _attributes, alignment, rows, columns, content = cell
    spans = {"rowspan": rows, "colspan": columns}
    given = [f"{name}: {value}" for name, value in spans.items() if value > 1]
    if alignment["t"] in _ALIGNMENTS:
        given.append(f"align: {_ALIGNMENTS[alignment['t']]}")
    inner = f"[{blocks(content)}]"
    return f"table.cell({', '.join(given)}){inner}" if given else inner
