"""What stands side by side in an edition in two languages, as a table for Word.

A chapter is one table with a column a side. What is the same for all sides, or too wide for a
column, is a row across both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, groupby

from pipeline.proceedings.book import (
    Book,
    Content,
    Head,
    Notice,
    Passage,
    SharedFigure,
    SideBySide,
)
from pipeline.publishing.word import figures as word_figures
from pipeline.publishing.word import heads as word_heads
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.marks import BarBegins, BarEnds
from pipeline.publishing.word.measures import MM_PER_TWIP, twips
from pipeline.publishing.word.rows import SIDE, table_begins
from pipeline.publishing.word.text import Setter
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_GUTTER = 400  # twips between the columns
_KEPT = x.block("<w:p><w:pPr><w:keepNext/></w:pPr></w:p>")


@dataclass(frozen=True)
class Sides:
    """A setter a side; they share the marks, bookmarks and pictures of the book's own."""

    setter: Setter
    setters: tuple[Setter, ...]

    @classmethod
    def of(cls, book: Book, setter: Setter) -> Sides:
        """The sides of a book that is set by ``setter``."""
        column = setter.width_mm / max(len(book.sides), 1) - _GUTTER / 2 * MM_PER_TWIP
        return cls(
            setter,
            tuple(replace(setter, labels=side.labels, width_mm=column) for side in book.sides),
        )

    def blocks(self, content: Sequence[Content], sections: bool) -> Iterator[Node]:
        """The content of a chapter; ``sections`` says that its headings are of the first level."""
        for setter in self.setters:
            setter.sections = sections
        rows = [row for item in content for row in self._rows(item)]
        if rows:
            yield from self._table(_headings_together(rows))

    # -- rows -------------------------------------------------------------------------------------

    def _rows(self, item: Content) -> Iterator[_Row]:
        match item:
            case SideBySide():
                if any(item.marks):
                    yield _Row(standing(item.marks))
                if item.across:
                    for number, cell in enumerate(item.cells):
                        yield self._over(number, cell)
                else:
                    cells = [list(self._cell(setter, cell)) for setter, cell
                             in zip(self.setters, item.cells, strict=True)]  # fmt: skip
                    headings = all(map(_headings, item.cells))
                    yield _Row(cells, whole=any(map(_whole, item.cells)), headings=headings)
            case SharedFigure():
                with self._wide(0):
                    picture, captions = word_figures.shared(self.setters, item.figures)
                yield _Row([[picture]], first=0)
                if any(captions):
                    yield _Row(captions)
            case Passage() | Notice():
                yield self._over(0, [item])

    def _over(self, number: int, cell: Sequence[Head | Passage | Notice]) -> _Row:
        """What a side says over the whole width."""
        with self._wide(number):
            return _Row([list(self._cell(self.setters[number], cell))], first=number)

    @contextmanager
    def _wide(self, number: int) -> Iterator[None]:
        """Within this, the setter of a side fills the page."""
        setter = self.setters[number]
        narrow, setter.width_mm = setter.width_mm, self.setter.width_mm
        try:
            yield
        finally:
            setter.width_mm = narrow

    def _cell(self, setter: Setter, cell: Sequence[Head | Passage | Notice]) -> Iterator[Node]:
        for item in cell:
            match item:
                case Head():
                    yield from word_heads.blocks(item, setter)
                case Notice():
                    yield ast.styled("Actes Notice", setter.inlines(item.words))
                case Passage():
                    blocks = setter.blocks(item.blocks)
                    bar = [setter.marks.block(mark) for mark in (BarBegins(), BarEnds())]
                    yield from [bar[0], *blocks, bar[1]] if item.mark else blocks

    # -- the table --------------------------------------------------------------------------------

    def _table(self, rows: Iterable[_Row]) -> Iterator[Node]:
        count = len(self.setters)
        each = twips(self.setter.width_mm) // count
        yield x.block(table_begins([each] * count, self.setter.styles["actes head"]))
        for row in rows:
            yield x.block(row_begins(row.whole))
            span = count if row.first is not None else 1
            for number, blocks in enumerate(row.cells, row.first or 0):
                yield x.block(_cell_begins(each, span, number, count))
                yield x.block(f"<?{SIDE} {number}?>")
                yield from blocks
                if not ends_with_paragraph(blocks):
                    yield x.block("<w:p/>")
                yield x.block("</w:tc>")
            yield x.block("</w:tr>")
        yield x.block("</w:tbl>")
        yield self.setter.spacer()


@dataclass(frozen=True)
class _Row:
    """A cell a side; or one over the whole width, of the side ``first``.

    A ``whole`` row is not parted between two pages that have room for it. ``headings`` are all that
    stands in some.
    """

    cells: Sequence[Sequence[Node]]
    first: int | None = None
    whole: bool = False
    headings: bool = False


def _headings_together(rows: Iterable[_Row]) -> Iterator[_Row]:
    """A heading and the one below it in one row.

    Of two rows that lead to the next, LibreOffice leaves the first at the foot of a page.
    """
    for headings, group in groupby(rows, key=lambda row: row.headings):
        found = list(group)
        if not headings or len(found) == 1:
            yield from found
        else:
            sides = zip(*(row.cells for row in found), strict=True)
            yield _Row([list(chain.from_iterable(side)) for side in sides], whole=True)


def standing(marks: Sequence[str]) -> list[list[Node]]:
    """What a draft says above each cell of a row.

    The empty cell too is kept with the next: Word looks at a row's first one.
    """
    return [[ast.styled("Actes Standing", ast.text(mark)) if mark else _KEPT] for mark in marks]


def _headings(cell: Sequence[Head | Passage | Notice]) -> bool:
    """Whether a cell holds headings, and nothing else."""
    blocks = [block for item in cell if isinstance(item, Passage) for block in item.blocks]
    texts = all(isinstance(item, Passage) for item in cell)
    return texts and bool(blocks) and all(block["t"] == "Header" for block in blocks)


def _whole(cell: Sequence[Head | Passage | Notice]) -> bool:
    """Whether a cell holds a picture, a table or a box."""
    blocks = [block for item in cell if isinstance(item, Passage) for block in item.blocks]
    return any(block["t"] in ("Figure", "Table", "Div") for block in blocks)


def begins_with_table(blocks: Sequence[Node]) -> bool:
    """Whether a cell begins with a table, or with the frame of a box, which is one."""
    for block in blocks:
        if block["t"] != "RawBlock":
            return bool(block["t"] == "Table")
        if not block["c"][1].startswith("<?"):  # a mark is nothing of its own
            return bool(block["c"][1].startswith("<w:tbl>"))
    return False


def ends_with_paragraph(blocks: Sequence[Node]) -> bool:
    """Whether a cell ends with a paragraph, as it must (ISO/IEC 29500-1, 17.4.65)."""
    for block in reversed(blocks):
        if block["t"] != "RawBlock":
            return bool(block["t"] != "Table")
        if not block["c"][1].startswith("<?"):  # a mark is nothing of its own
            return bool(block["c"][1].endswith("</w:p>"))
    return False


def row_begins(whole: bool, height: int = 0) -> str:
    """A row up to its first cell, at least as high as that many twips."""
    least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    # Said where it is « no »: the finishing pass holds rows that say nothing together.
    return f'<w:tr><w:trPr><w:cantSplit w:val="{int(whole)}"/>{least}</w:trPr>'


def _cell_begins(width: int, span: int, number: int, count: int) -> str:
    """A cell up to its content (CT_TcPr: width, columns, margins)."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inner = (number > 0, number < count - 1) if span == 1 else (False, False)
    margins = "".join(
        f'<w:{edge} w:w="{_GUTTER // 2 * there}" w:type="dxa"/>'
        for edge, there in zip(("left", "right"), inner, strict=True)
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width * span}" w:type="dxa"/>{spanned}'
        f"<w:tcMar>{margins}</w:tcMar></w:tcPr>"
    )
