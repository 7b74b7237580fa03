"""The table of a parallel edition, for pandoc: a column a side, rows of heads and rows of text.

The heads of a clause are a row that stays with the next one; the clause itself is a row that may
break. Word keeps whole rows together, not paragraphs within cells, so this is what holds a head and
its first lines on one page. Its columns are as wide as each other and never move.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.proceedings.book import Blocks, Inlines
from pipeline.proceedings.parallel import ParallelBook, ParallelRow
from pipeline.publishing.pages.abreast import LARGE
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.marks import SectionEnds
from pipeline.publishing.word.measures import MM_PER_TWIP, twips
from pipeline.publishing.word.parallel.signatures import signatures
from pipeline.publishing.word.reference import Prepared
from pipeline.publishing.word.rows import Row, said_by, table
from pipeline.publishing.word.styles import full_tag
from pipeline.publishing.word.text import Setter
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_GUTTER = 400  # twips between columns of text
_PAGE = SectionEnds(running=("parallel", ""))


class Composer:
    """The document as blocks for pandoc."""

    def __init__(self, book: ParallelBook, prepared: Prepared) -> None:
        self.book = book
        self.width = twips(prepared.width_mm)
        # A declaration has no pictures: they are said in words, as in the PDF.
        column = (self.width / len(book.sides) - _GUTTER / 2) * MM_PER_TWIP
        self.setters = [
            Setter(
                side.labels,
                prepared.styles,
                _no_picture,
                column,
                prepared.height_mm,
                language=full_tag(side.language),
                half_points=round(20 * (LARGE if book.large else 1)),
            )
            for side in book.sides
        ]
        for setter in self.setters[1:]:
            setter.marks, setter.bookmarks = self.setters[0].marks, self.setters[0].bookmarks

    def blocks(self) -> list[Node]:
        """The text, then a table a party. A text alone needs no table."""
        rows = [
            Row(self._styled("Title", [side.title for side in self.book.sides]), head=True),
            Row(self._styled("Place", self.book.subtitle)),
            *([Row(self._states("Title Standing", self.book.marks))] if self.book.marks else ()),
            *(row for number, found in enumerate(self.book.rows)
              for row in self._text(found, ruled=number == 0)),
        ]  # fmt: skip
        if self.book.closing:
            formulas = [paragraph["c"] for (paragraph,) in self.book.closing]
            rows.append(Row(self._styled("Closing", formulas)))
        text = self._beside(rows) if len(self.setters) > 1 else self._alone(rows)
        signed = signatures(self.book, self.setters, self.width)
        return [*text, *signed, self._ending(), self._page_of()]

    def _alone(self, rows: Sequence[Row]) -> list[Node]:
        return said_by(0, [block for row in rows for blocks in row.cells for block in blocks])

    def _styled(self, role: str, words: Sequence[Inlines]) -> list[list[Node]]:
        return [
            [ast.styled(f"Actes Parallel {role}", setter.inlines(_in_words(side)))]
            for setter, side in zip(self.setters, words, strict=True)
        ]

    def _states(self, role: str, marks: Sequence[str]) -> list[list[Node]]:
        """What a draft says of the state of each cell."""
        return [[ast.styled(f"Actes Parallel {role}", ast.text(mark))] for mark in marks]

    def _text(self, row: ParallelRow, ruled: bool) -> Iterator[Row]:
        heads, bodies = [], []
        for number, (setter, cell) in enumerate(zip(self.setters, row.cells, strict=True)):
            blocks = list(_in_words(cell))
            begins = sum(block["t"] == "Header" for block in blocks[:1])
            if number == 0:
                blocks[:1] = [_marked(row.id, block) for block in blocks[:1]]
            heads.append(setter.blocks(blocks[:begins]))
            bodies.append(setter.blocks(blocks[begins:]))
        if any(heads):
            yield Row(heads, ruled=ruled)
        if row.marks:
            role = "Title Standing" if row.kind == "section" else "Standing"
            yield Row(self._states(role, row.marks))
        if any(bodies) or not any(heads):
            yield Row(bodies, breaks=True)

    def _beside(self, rows: Sequence[Row]) -> Iterator[Node]:
        """The rows, each cell in the language of its column."""
        told = [
            replace(row, cells=[said_by(n, blocks) for n, blocks in enumerate(row.cells)])
            for row in rows
        ]
        widths = [self.width // len(self.setters)] * len(self.setters)
        return table(told, widths, _GUTTER, self.setters[0].styles["actes head"])

    def _ending(self) -> Node:
        """A paragraph after a table, which holds it to what follows."""
        style = x.quoted(self.setters[0].styles["actes section end"])
        return x.block(f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/></w:pPr></w:p>')

    def _page_of(self) -> Node:
        return self.setters[0].marks.block(_PAGE)


def _no_picture(path: str, _width_mm: float) -> bytes:
    raise ValueError(path)


def _marked(identifier: str, block: Node) -> Node:
    """A block whose words are a bookmark: what references to its row lead to."""
    if block["t"] not in ("Header", "Para", "Plain"):
        return block
    new = copy.deepcopy(block)
    for words in ast.inline_lists(new):
        words[:] = [ast.span(list(words), ast.attr(identifier))]
    return new


def _in_words(nodes: Blocks | Inlines) -> list[Node]:
    """Blocks or inlines with the words of their pictures in the pictures' place."""
    found = copy.deepcopy(list(nodes))

    def replaced(inlines: list[Node]) -> list[Node]:
        return [said for node in inlines for said in _said(node)]

    ast.map_inlines(found, replaced)
    return replaced(found)


def _said(node: Node) -> list[Node]:
    if node["t"] != "Image":
        return [node]
    (_id, _classes, pairs), caption, (path, _title) = node["c"]
    return ast.text(dict(pairs).get("alt") or ast.plain_text(caption).strip() or path)
