"""The table of a parallel edition, for pandoc: a column a side, rows of heads and rows of text.

The heads of a clause are a row that stays with the next one; the clause itself is a row that may
break. Word keeps whole rows together, not paragraphs within cells, so this is what holds a head and
its first lines on one page. Its columns are as wide as each other and never move.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.proceedings.book import Blocks, Inlines
from pipeline.proceedings.parallel import ParallelBook, ParallelRow, Signatory
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.marks import SectionEnds
from pipeline.publishing.word.parallel_styles import LARGE
from pipeline.publishing.word.reference import Prepared
from pipeline.publishing.word.styles import full_tag
from pipeline.publishing.word.text import Setter
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

SIDE = "actes-side"
"""A processing instruction in each cell: the number of its side, for the finishing pass."""

# In twips: between columns of text and of names; the width and height of a signature,
# the height of a name where nobody signs.
_GUTTER, _NAMES_GUTTER, _TO_SIGN, _ROOM, _ROOM_FOR_NAMES = 400, 240, 2400, 1134, 850
_PAGE = SectionEnds(running=("parallel", ""))
_RULE = '<w:top w:val="single" w:sz="6" w:space="0" w:color="595959"/>'
_LINE = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="1F2A44"/>'


@dataclass(frozen=True)
class _Row:
    """A row: its cells, one a side, and what it looks like."""

    cells: Sequence[Sequence[Node]]
    breaks: bool = False
    head: bool = False  # stands again on every page
    ruled: bool = False
    signed: bool = False  # with room for a signature after the cells
    room: int = 0


class Composer:
    """The document as blocks for pandoc."""

    def __init__(self, book: ParallelBook, prepared: Prepared) -> None:
        self.book = book
        self.width = round(prepared.width_mm * 1440 / 25.4)
        # A declaration has no pictures: they are said in words, as in the PDF.
        column = (self.width / len(book.sides) - _GUTTER / 2) * 25.4 / 1440
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
            _Row(self._styled("Title", [side.title for side in self.book.sides]), head=True),
            _Row(self._styled("Place", self.book.subtitle)),
            *([_Row(self._states("Title Standing", self.book.marks))] if self.book.marks else ()),
            *(row for number, found in enumerate(self.book.rows)
              for row in self._text(found, ruled=number == 0)),
        ]  # fmt: skip
        if self.book.closing:
            formulas = [paragraph["c"] for (paragraph,) in self.book.closing]
            rows.append(_Row(self._styled("Closing", formulas)))
        if self.book.parties:
            rows.append(_Row(self._styled("Section", self.book.signatures_title), ruled=True))
        text = self._table(rows) if len(self.setters) > 1 else self._alone(rows)
        return [*text, *self._signatures(), self._ending(), self._page_of()]

    def _alone(self, rows: Sequence[_Row]) -> Iterator[Node]:
        yield x.block(f"<?{SIDE} 0?>")
        yield from (block for row in rows for blocks in row.cells for block in blocks)

    def _signatures(self) -> Iterator[Node]:
        signed = bool(self.book.initials)
        room = _ROOM if signed else _ROOM_FOR_NAMES
        for party in self.book.parties:
            heads = _Row(self._styled("Party", party.names), head=True, signed=signed)
            people = [_Row(self._person(s), signed=signed, room=room) for s in party.signatories]
            yield self._ending()
            yield from self._table([heads, *people])

    def _styled(self, role: str, words: Sequence[Inlines]) -> list[list[Node]]:
        return [
            [ast.styled(f"Actes Parallel {role}", setter.inlines(_in_words(side)))]
            for setter, side in zip(self.setters, words, strict=True)
        ]

    def _states(self, role: str, marks: Sequence[str]) -> list[list[Node]]:
        """What a draft says of the state of each cell."""
        return [[ast.styled(f"Actes Parallel {role}", ast.text(mark))] for mark in marks]

    def _person(self, person: Signatory) -> list[list[Node]]:
        cells = []
        for setter, lines in zip(self.setters, person.lines, strict=True):
            said = [setter.inlines(_in_words(line)) for line in lines]
            said[:1] = [[ast.strong(name)] for name in said[:1]]
            cells.append([ast.styled("Actes Parallel Signatory", line) for line in said])
        return cells

    def _text(self, row: ParallelRow, ruled: bool) -> Iterator[_Row]:
        heads, bodies = [], []
        for number, (setter, cell) in enumerate(zip(self.setters, row.cells, strict=True)):
            blocks = list(_in_words(cell))
            begins = sum(block["t"] == "Header" for block in blocks[:1])
            if number == 0:
                blocks[:1] = [_marked(row.id, block) for block in blocks[:1]]
            heads.append(setter.blocks(blocks[:begins]))
            bodies.append(setter.blocks(blocks[begins:]))
        if any(heads):
            yield _Row(heads, ruled=ruled)
        if row.marks:
            role = "Title Standing" if row.kind == "section" else "Standing"
            yield _Row(self._states(role, row.marks))
        if any(bodies) or not any(heads):
            yield _Row(bodies, breaks=True)

    def _table(self, rows: Sequence[_Row]) -> Iterator[Node]:
        count = len(self.setters)
        signed = rows[0].signed
        each = (self.width - (_TO_SIGN if signed else 0)) // count
        widths = [each] * count + ([_TO_SIGN] if signed else [])
        style = x.quoted(self.setters[0].styles["actes head"])
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        yield x.block(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" '
            'w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0000" w:firstRow="0" '
            'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        )
        for row in rows:
            yield from self._row(row, each)
        yield x.block("</w:tbl>")

    def _row(self, row: _Row, width: int) -> Iterator[Node]:
        # Said also where it is « no »: the finishing pass holds rows that say nothing together.
        split = f'<w:cantSplit w:val="{int(not row.breaks)}"/>'
        room = f'<w:trHeight w:val="{row.room}" w:hRule="atLeast"/>' if row.room else ""
        yield x.block(f"<w:tr><w:trPr>{split}{room}{'<w:tblHeader/>' * row.head}</w:trPr>")
        last = len(row.cells) - 1
        for number, blocks in enumerate(row.cells):
            gutter = (_NAMES_GUTTER if row.signed else _GUTTER) // 2
            margins = (gutter * (number > 0), gutter * (number < last or row.signed))
            edges = _RULE if row.ruled else ""
            yield x.block(_cell(width, edges, (200 * (row.room > 0), 100 * row.breaks), margins))
            yield x.block(f"<?{SIDE} {number}?>")
            yield from blocks or [x.block("<w:p/>")]
            yield x.block("</w:tc>")
        if row.signed:
            yield x.block(
                f"{_cell(_TO_SIGN, _LINE if row.room else '', (0, 0), (0, 0))}<w:p/></w:tc>"
            )
        yield x.block("</w:tr>")

    def _ending(self) -> Node:
        """Between two tables, which it keeps apart and on one page."""
        style = x.quoted(self.setters[0].styles["actes section end"])
        return x.block(f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/></w:pPr></w:p>')

    def _page_of(self) -> Node:
        return self.setters[0].marks.block(_PAGE)


def _no_picture(path: str, _width_mm: float) -> bytes:
    raise ValueError(path)


def _cell(width: int, edges: str, ends: tuple[int, int], sides: tuple[int, int]) -> str:
    """A cell up to its content (CT_TcPr: width, borders, margins, alignment)."""
    borders = f"<w:tcBorders>{edges}</w:tcBorders>" if edges else ""
    margins = "".join(
        f'<w:{edge} w:w="{twips}" w:type="dxa"/>'
        for edge, twips in zip(
            ("top", "left", "bottom", "right"), (ends[0], sides[0], ends[1], sides[1]), strict=True
        )
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}'
        f"<w:tcMar>{margins}</w:tcMar></w:tcPr>"
    )


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
