"""What faces what on two pages, decided in one place for the PDF and for Word.

A row has a cell on each page; pages end between rows. A long list is as many rows as it has items,
and what is the same for both sides is on both pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.proceedings.book import (
    Content,
    Inlines,
    Notice,
    Passage,
    SharedFigure,
    SideBySide,
)
from pipeline.publishing.pages import together
from pipeline.texts.pandoc import Node

_LONG = 12  # items of a list that may be parted between two pages


@dataclass(frozen=True)
class FacingRow:
    """Cells that face each other, or a figure of both.

    It begins with a heading (``heads``), leads to the next row, where no page may end, or
    ``continues`` the list of the one before.
    """

    content: SideBySide | SharedFigure
    heads: bool = False
    leads: bool = False
    continues: bool = False


def rows_of(content: Sequence[Content]) -> Iterator[FacingRow]:
    """The rows of a chapter, in order."""
    rows = [row for item in content for row in _parted(item)]
    for (row, continues), (following, _) in pairwise([*rows, (None, False)]):
        if isinstance(row, SideBySide):
            leads = together.leads(row, following)
            yield FacingRow(row, together.begins_with_heading(row), leads, continues)
        elif row is not None:
            yield FacingRow(row)


def titles_of(title: Inlines) -> tuple[Inlines, Inlines]:
    """The title on each page, of one that says both; the same on both where there is one only."""
    lines = [number for number, node in enumerate(title) if node["t"] == "LineBreak"]
    return (title[: lines[0]], title[lines[0] + 1 :]) if lines else (title, title)


def _parted(item: Content) -> Iterator[tuple[SideBySide | SharedFigure, bool]]:
    """A row, or the rows of a long list's items; whether each goes on with the one before."""
    if isinstance(item, Passage | Notice):
        item = SideBySide(((item,), (item,)), ("", ""))
    lists = _lists(item) if isinstance(item, SideBySide) else []
    if not isinstance(item, SideBySide) or not lists:
        yield item, False
        return
    for number in range(_length(lists[0])):
        cells = tuple(
            (replace(cell[0], blocks=(_item(found, number),)),)
            for cell, found in zip(item.cells, lists, strict=True)
            if isinstance(cell[0], Passage)
        )
        yield SideBySide(cells, item.marks if number == 0 else ("", "")), number > 0


def _lists(row: SideBySide) -> list[Node]:
    """The list of each cell, where all are long lists of as many items."""
    cells = [cell[0].blocks for cell in row.cells
             if len(cell) == 1 and isinstance(cell[0], Passage)]  # fmt: skip
    found = [blocks[0] for blocks in cells
             if len(blocks) == 1 and blocks[0]["t"] in ("BulletList", "OrderedList")]  # fmt: skip
    lengths = {_length(one) for one in found}
    return (
        found
        if len(found) == len(row.cells) and len(lengths) == 1 and max(lengths) >= _LONG
        else []
    )


def _length(node: Node) -> int:
    return len(node["c"] if node["t"] == "BulletList" else node["c"][1])


def _item(node: Node, number: int) -> Node:
    """A list of one item, with the number that it has in the whole."""
    if node["t"] == "BulletList":
        return {"t": "BulletList", "c": [node["c"][number]]}
    (start, style, delimiter), items = node["c"]
    return {"t": "OrderedList", "c": [[start + number, style, delimiter], [items[number]]]}
