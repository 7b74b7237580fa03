"""Two languages on pages of Word that face each other, opening by opening.

Word cannot fill two pages side by side, and knows its pages only when it is opened. So what stands
on two pages is decided here, by an estimate of its height on the safe side; each page is a section
that begins on an even page or on an odd one, so that a page that runs over all the same does not
shift those that follow. On both pages of an opening a row is as high, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from pipeline.proceedings.book import Book, Chapter, Inlines, SharedFigure
from pipeline.publishing.pages import together
from pipeline.publishing.pages.facing import FacingRow, rows_of, titles_of
from pipeline.publishing.word import figures as word_figures
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.bilingual.heights import Heights
from pipeline.publishing.word.bilingual.openings import Placed, fit, openings
from pipeline.publishing.word.bilingual.sides import (
    Sides,
    begins_with_table,
    ends_with_paragraph,
    row_begins,
    standing,
)
from pipeline.publishing.word.marks import Opening, SectionEnds
from pipeline.publishing.word.measures import POINTS_PER_MM, TWIPS_PER_POINT, twips
from pipeline.publishing.word.rows import SIDE, table_begins
from pipeline.publishing.word.text import Setter
from pipeline.publishing.word.type import Sheet
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_USED = 0.98  # of a page's height: what is left over is for fonts that are not ours
_BAR = 220  # twips at the left of a page's text, for the bar of what nobody reviewed
_EXTENT = re.compile(r'<wp:extent cx="\d+" cy="(\d+)"/>')
_EMU_PER_POINT = 12_700
_PAGES: tuple[Literal["evenPage"], Literal["oddPage"]] = ("evenPage", "oddPage")


@dataclass(frozen=True)
class Facing(Sides):
    """The sides on pages of their own: their languages, and how high the text of each stands."""

    languages: tuple[str, ...]
    heights: tuple[Heights, ...]

    @classmethod
    def on_pages(cls, book: Book, setter: Setter, sheets: Sequence[etree._Element]) -> Facing:
        """The sides of a book that is set by ``setter``, each in the styles of its sheet."""
        setters = tuple(replace(setter, labels=side.labels) for side in book.sides)
        heights = tuple(
            Heights(Sheet(sheet, setter.styles), own)
            for sheet, own in zip(sheets, setters, strict=True)
        )
        return cls(setter, setters, tuple(side.language for side in book.sides), heights)

    def chapter(self, chapter: Chapter) -> Iterator[Node]:
        """A chapter's openings, each two sections."""
        for setter in self.setters:
            setter.sections = chapter.level == 1
        titles = titles_of(chapter.title)
        style = f"heading {chapter.level}"
        tops = [heights.paragraph(style, ast.plain_text(title), self._width)
                for heights, title in zip(self.heights, titles, strict=True)]  # fmt: skip
        rows = [placed for row in rows_of(chapter.content) for placed in self._placed(row)]
        first = [1] * len(titles)
        for number, opening in enumerate(openings(rows, self._room, max(tops))):
            level = fit(opening, self._room, 0 if number else max(tops))
            for side, (title, language) in enumerate(zip(titles, self.languages, strict=True)):
                if number == 0:
                    below = max(tops) - tops[side]
                    yield self._title(chapter, side, title, language, below)
                yield from self._page(opening, side, level)
                yield self.setter.marks.block(
                    SectionEnds(
                        "right" if side else "left",
                        (running_style(language), ast.plain_text(title).strip()),
                        turn=_PAGES[side],
                        first_note=first[side],
                        opens=number == 0,
                    )
                )
                first[side] += sum(len(row.notes[side]) for row in opening)

    @property
    def _width(self) -> float:
        return self.setter.width_mm * POINTS_PER_MM

    @property
    def _room(self) -> float:
        return self.setter.height_mm * POINTS_PER_MM * _USED

    def _title(
        self, chapter: Chapter, side: int, title: Inlines, language: str, below: float
    ) -> Node:
        found = self.heights[side].sheet.type(f"heading {chapter.level}")
        spacing = (
            round((found.below + below) * TWIPS_PER_POINT),
            round(found.pitch * TWIPS_PER_POINT),
        )
        opening = Opening(chapter.colour, spacing=spacing)
        words = ast.span(self.setter.inlines(title), ast.attr(custom_style=running_style(language)))
        identifier = page_id(chapter.id, language) if side else chapter.id
        marked = self.setter.marked(identifier, [words])
        return ast.header(chapter.level, [self.setter.marks.inline(opening), *marked])

    # -- rows -------------------------------------------------------------------------------------

    def _placed(self, row: FacingRow) -> Iterator[Placed]:
        """A row as it stands on both pages, after the words for its state."""
        content = row.content
        if any(content.marks):
            height = self.heights[0].paragraph("actes standing", "", self._width)
            nothing: tuple[tuple[float, ...], ...] = ((),) * len(self.setters)
            yield Placed(tuple(standing(content.marks)), height, nothing, leads=True)
        if isinstance(content, SharedFigure):
            yield self._figure(content)
            return
        sides = list(zip(self.setters, self.heights, content.cells, strict=True))
        cells = tuple(list(self._cell(setter, cell)) for setter, _heights, cell in sides)
        height = max(
            heights.cell(cell, self._width) + _pictures(blocks)
            for (_setter, heights, cell), blocks in zip(sides, cells, strict=True)
        )
        notes = tuple(heights.notes(together.blocks_of(cell), self._width)
                      for _setter, heights, cell in sides)  # fmt: skip
        yield Placed(cells, height, notes, row.leads)

    def _figure(self, item: SharedFigure) -> Placed:
        """The picture on the first page, what is said of it on each."""
        picture, captions = word_figures.shared(self.setters, item.figures)
        cells = ([picture, *captions[0]], *captions[1:])
        sides = list(zip(self.heights, item.figures, strict=True))
        height = max(heights.blocks([figure], self._width) for heights, figure in sides)
        notes = tuple(heights.notes([figure], self._width) for heights, figure in sides)
        return Placed(cells, height + _pictures([picture]), notes, ends=True)

    # -- a page -----------------------------------------------------------------------------------

    def _page(self, rows: Sequence[Placed], side: int, level: bool) -> Iterator[Node]:
        """What stands on the page of a side, a row a row; ``level`` with that of the other."""
        width = twips(self.setter.width_mm) + _BAR
        style = x.quoted(self.setter.styles["actes section end"])
        nothing = x.block(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')
        if rows:
            yield x.block(table_begins([width], self.setter.styles["actes head"], -_BAR))
            for row in rows:
                height = round(row.height * TWIPS_PER_POINT) if level else 0
                yield x.block(row_begins(whole=False, height=height))
                yield x.block(_cell_begins(width, row.ends))
                yield x.block(f"<?{SIDE} {side}?>")
                if row is rows[0] and begins_with_table(row.cells[side]):
                    yield nothing  # LibreOffice would keep the head of the page before
                yield from row.cells[side]
                if not ends_with_paragraph(row.cells[side]):
                    yield x.block("<w:p/>")
                yield x.block("</w:tc></w:tr>")
            yield x.block("</w:tbl>")
        yield nothing


def _cell_begins(width: int, ends: bool) -> str:
    """A cell up to its content (CT_TcPr: width, margins, alignment)."""
    place = '<w:vAlign w:val="bottom"/>' if ends else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcMar>'
        f'<w:left w:w="{_BAR}" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
        f"{place}</w:tcPr>"
    )


def page_id(identifier: str, language: str) -> str:
    """The id of a chapter's title on the page of its second language."""
    return f"{identifier}-{language}"


def running_style(language: str) -> str:
    """The style of words that stand again at the head of the pages of a language."""
    return f"Actes Running {language}"


def _pictures(blocks: Sequence[Node]) -> float:
    """How high the pictures of blocks are together."""
    codes = (node["c"][1] for node in ast.walk(blocks) if node["t"] == "RawInline")
    return sum(int(cy) for code in codes for cy in _EXTENT.findall(code)) / _EMU_PER_POINT
