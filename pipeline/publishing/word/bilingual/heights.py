"""How high a text stands on a page of Word, which lays out nothing before it is opened.

An estimate on the safe side, in points, from the styles that the text is set in: in their fonts it
stands no higher, and in those that take their place seldom by more than a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.proceedings.book import Head, Notice, Passage
from pipeline.publishing.word import figures as word_figures
from pipeline.publishing.word.heads import LABELS
from pipeline.publishing.word.text import Setter
from pipeline.publishing.word.type import Sheet
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_LEVEL = 18.0  # of an indent: of each level of a list
_QUOTE, _BOX, _DEFINITION, _LINES = 56.7, 21.0, 22.7, 17.0  # what is taken from the width,
_FRAME, _SPACER, _CELL, _CELL_WIDTH = 10.0, 11.0, 4.0, 10.0  # and added to heights or widths
_NOTE_WIDTH = 11.4
_SECTION = 2  # headings that are a chapter's own up to here
_DEEPEST = 9


@dataclass(frozen=True)
class Heights:
    """Estimates in the styles of one side; ``setter`` says which headings are sections."""

    sheet: Sheet
    setter: Setter

    def cell(self, cell: Sequence[Head | Passage | Notice], width: float) -> float:
        """What stands in a cell, without its pictures."""
        return sum(self._item(item, width) for item in cell)

    def paragraph(self, style: str, words: str, width: float) -> float:
        """A paragraph in a style."""
        return self.sheet.type(style).height(words, width)

    def notes(self, blocks: Iterable[Node], width: float) -> tuple[float, ...]:
        """The footnotes of blocks, each as high as it stands at the foot of its page."""
        return tuple(
            sum(
                self.paragraph("footnote text", ast.plain_text([block]), width - _NOTE_WIDTH)
                for block in node["c"]
            )
            for node in ast.walk(blocks)
            if node["t"] == "Note"
        )

    def _item(self, item: Head | Passage | Notice, width: float) -> float:
        match item:
            case Head():
                return self._head(item, width)
            case Notice():
                words = ast.plain_text(item.words)
                return self.paragraph("actes notice", words, width - _BOX) + _FRAME
            case Passage():
                return self.blocks(item.blocks, width)

    def _head(self, head: Head, width: float) -> float:
        share = LABELS / 100
        rows = sum(
            max(
                self.paragraph("actes head label", ast.plain_text(row.label), width * share),
                self.paragraph("actes head value", ast.plain_text(row.value), width * (1 - share)),
            )
            for row in head.rows
        )
        badges = "   ".join(badge.words for badge in head.badges)
        return (
            rows
            + (self.paragraph("actes badges", badges, width) if badges else 0)
            + (self._said("abstract title", head.abstract_label, width) if head.abstract else 0)
            + self._said("abstract", head.abstract, width)
        )

    def _said(self, style: str, words: Sequence[Node], width: float) -> float:
        return self.paragraph(style, ast.plain_text(words), width) if words else 0

    # -- blocks ---------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Node], width: float, style: str = "body text") -> float:
        """Blocks one below the other, their paragraphs in a style."""
        return sum(self._block(block, width, style) for block in blocks)

    def _set(self, style: str, lines: Iterable[str], width: float) -> float:
        """Lines that each begin anew, in a style."""
        found = self.sheet.type(style)
        count = sum(found.lines(line, width) for line in lines)
        return count * found.pitch + found.above + found.below

    def _block(self, node: Node, width: float, style: str) -> float:
        kind = node["t"]
        if kind in ("Para", "Plain"):
            return self._set(style, _lines(node["c"]), width)
        handler = _BLOCKS.get(kind)
        return handler(self, node.get("c"), width, style) if handler else 0.0

    def _header(self, content: Any, width: float, _style: str) -> float:
        level, _attributes, words = content
        section = self.setter.sections and level <= _SECTION
        style = "actes section" if section else f"heading {min(level, _DEEPEST)}"
        return self._said(style, words, width)

    def _bullets(self, items: Any, width: float, _style: str) -> float:
        found = self.sheet.type("list paragraph")
        between = found.above + found.below  # none within a list
        lines = [self.blocks(item, width - _LEVEL, "list paragraph") for item in items]
        return sum(lines) - between * max(0, len(lines) - 1)

    def _numbers(self, content: Any, width: float, style: str) -> float:
        return self._bullets(content[1], width, style)

    def _quote(self, content: Any, width: float, _style: str) -> float:
        return self.blocks(content, width - _QUOTE, "block text")

    def _div(self, content: Any, width: float, style: str) -> float:
        (_identifier, classes, pairs), blocks = content
        if "box" not in classes:
            return self.blocks(blocks, width, style)
        title = dict(pairs).get("title", "").strip()
        head = self.paragraph("actes box title", title, width - _BOX) if title else 0
        return head + self.blocks(blocks, width - _BOX, "actes box") + _FRAME + _SPACER

    def _definitions(self, content: Any, width: float, _style: str) -> float:
        return sum(
            self._said("definition term", term, width)
            + sum(self.blocks(one, width - _DEFINITION, "definition") for one in definitions)
            for term, definitions in content
        )

    def _line_block(self, content: Any, width: float, _style: str) -> float:
        return self._set("actes lines", map(ast.plain_text, content), width - _LINES)

    def _code(self, content: Any, width: float, _style: str) -> float:
        lines = ("0" * len(line) for line in content[1].split("\n"))
        return self._set("source code", lines, width)

    def _rule(self, _content: Any, width: float, _style: str) -> float:
        return self.paragraph("actes separator", "", width)

    def _figure(self, content: Any, width: float, _style: str) -> float:
        """What stands around a picture: `pictures` says how high it is."""
        around = self.sheet.type("captioned figure")
        return around.above + around.below + self.caption(content, width)

    def caption(self, content: Any, width: float) -> float:
        """The caption of a figure or table."""
        words = word_figures.caption_words(content[1])
        return self._said("caption", [*ast.text("0" * 12), *words], width) if words else 0

    def _table(self, content: Any, width: float, _style: str) -> float:
        columns = word_figures.columns_of(self.setter, content[2], content)
        widths = [width * found["c"] - _CELL_WIDTH for _alignment, found in columns]
        return (
            self.caption(content, width)
            + _SPACER
            + sum(
                self._cells(row[1], widths) + _CELL
                for row in ast.table_rows({"t": "Table", "c": content})
            )
        )

    def _cells(self, cells: Sequence[Any], widths: Sequence[float]) -> float:
        highest, place = 0.0, 0
        for cell in cells:
            width = sum(widths[place : place + cell[3]])
            highest = max(highest, self.blocks(cell[4], width, "compact") / max(cell[2], 1))
            place += cell[3]
        return highest


_BLOCKS: Mapping[str, Callable[[Heights, Any, float, str], float]] = {
    "Header": Heights._header,
    "BulletList": Heights._bullets,
    "OrderedList": Heights._numbers,
    "BlockQuote": Heights._quote,
    "Div": Heights._div,
    "DefinitionList": Heights._definitions,
    "LineBlock": Heights._line_block,
    "CodeBlock": Heights._code,
    "RawBlock": Heights._code,
    "HorizontalRule": Heights._rule,
    "Figure": Heights._figure,
    "Table": Heights._table,
}


def _lines(inlines: Sequence[Node]) -> Iterable[str]:
    """The words of a paragraph between its line ends."""
    words: list[Node] = []
    for node in inlines:
        if node["t"] == "LineBreak":
            yield ast.plain_text(words)
            words = []
        else:
            words.append(node)
    yield ast.plain_text(words)
