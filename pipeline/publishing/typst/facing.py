"""Rows on pages that face each other, as calls of ``facing.typ``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.proceedings.book import Content, Notice, Passage, SharedFigure, SideBySide
from pipeline.publishing.typst.blocks import drawn
from pipeline.publishing.typst.inlines import NOTE
from pipeline.publishing.typst.markup import array, quoted
from pipeline.publishing.typst.sides import Sides, options
from pipeline.publishing.typst.text import Setter
from pipeline.texts.pandoc import Node

_PAGE_MM = 141.0
_LONG = 12  # items of a list that may be parted between two pages
_NOTE = re.compile(NOTE.format(r"(\d+)"))


class Facing(Sides):
    """Sets rows as cells that are functions: the template numbers their notes and places them."""

    def content(self, content: Sequence[Content]) -> Iterable[str]:
        """The rows of a chapter, the items of a long list each in a row."""
        rows = [row for item in content for row in _parted(item)]
        for (row, continues), (following, _) in pairwise([*rows, (None, False)]):
            if isinstance(row, SharedFigure):
                yield self._pictured(row)
            elif row is not None:
                yield self._page_row(row, following, continues)

    def _page_row(self, row: SideBySide, following: Content | None, continues: bool) -> str:
        setters, cells = self.cells(row, _PAGE_MM)
        parts = [_cell(setter, cell) for setter, cell in zip(setters, cells, strict=True)]
        said = [*options(row, following), *(["continues: true"] if continues else [])]
        return f"page-row({', '.join([*said, *parts])}),"

    def _pictured(self, item: SharedFigure) -> str:
        """The picture on the first page, what is said of it on each, level with each other."""
        setters = [replace(setter, notes=[], width=_PAGE_MM) for setter in self.setters]
        found = [drawn(s, f["c"]) for s, f in zip(setters, item.figures, strict=True)]
        cells: list[str] = []
        for setter, one, figure in zip(setters, found, item.figures, strict=True):
            if not cells or one is None:
                cells.append(_cell(setter, setter.blocks([figure])))
            elif one.caption:
                words = f"{setter.next_number('figure')}, {setter.content(one.caption)}"
                anchors = "".join(setter.anchor(identifier) for identifier in one.ids)
                cells.append(_cell(setter, f"{anchors}#caption-alone({words})"))
            else:
                cells.append(_cell(setter, ""))
        return f"page-row(ends: true, {', '.join(cells)}),"


def _cell(setter: Setter, body: str) -> str:
    body = _NOTE.sub(r"#notes.at(\1)", body)
    notes = array(f"[{note}]" for note in setter.notes or ())
    # A block is known again, wherever it is put, by where it is written: a cell has its own.
    cell = f"(notes, dressed, ..around) => block(..around, dressed[\n{body}\n])"
    return f"({quoted(setter.language)}, {cell}, {notes})"


def _parted(item: Content) -> Iterator[tuple[SideBySide | SharedFigure, bool]]:
    """A row, or the rows of a long list's items; whether each goes on with the one before.

    What is the same for both pages is on both.
    """
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
