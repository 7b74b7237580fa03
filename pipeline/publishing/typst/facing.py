"""Rows on pages that face each other, as calls of ``facing.typ``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.proceedings.book import Content, SharedFigure, SideBySide
from pipeline.publishing.pages.facing import FacingRow, rows_of
from pipeline.publishing.typst.blocks import drawn
from pipeline.publishing.typst.inlines import NOTE
from pipeline.publishing.typst.markup import array, quoted
from pipeline.publishing.typst.sides import Sides, options
from pipeline.publishing.typst.text import Setter

_PAGE_MM = 141.0
_NOTE = re.compile(NOTE.format(r"(\d+)"))


class Facing(Sides):
    """Sets rows as cells that are functions: the template numbers their notes and places them."""

    def content(self, content: Sequence[Content]) -> Iterable[str]:
        """The rows of a chapter."""
        for row in rows_of(content):
            match row.content:
                case SharedFigure():
                    yield self._pictured(row.content)
                case SideBySide():
                    yield self._set(row, row.content)

    def _set(self, row: FacingRow, content: SideBySide) -> str:
        setters, cells = self.cells(content, _PAGE_MM)
        parts = [_cell(setter, cell) for setter, cell in zip(setters, cells, strict=True)]
        said = options(content, row.heads, row.leads)
        said += ["continues: true"] if row.continues else []
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
