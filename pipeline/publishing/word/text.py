"""A text's blocks as pandoc is to write them: what pandoc's Word writer drops is put in its place.

Figures become a picture and a caption with a SEQ field, captions of tables the same, boxes a framed
table of one cell, identifiers bookmarks with names that Word accepts. The AST it is given is never
changed: lists of plain words are passed on as they are, anything else is made anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from pipeline.publishing.pages import together
from pipeline.publishing.word import figures as word_figures
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.marks import Leads, Marks
from pipeline.publishing.word.measures import twips
from pipeline.publishing.word.pictures import Pictures
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

Raster = Callable[[str, float], bytes]
_WORDS = frozenset({"Str", "Space", "SoftBreak", "LineBreak"})
_WRAPPERS = frozenset({"Emph", "Strong", "Strikeout", "Superscript", "Subscript"})
# pandoc writes attributes as they are: what XML forbids must not reach it.
_LINK = re.compile(r"(?:https?://[^/\\]|mailto:)[!-\ud7ff\ue000-\ufffd]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_BOLD = "<w:b/><w:bCs/>"
_INLINE_HEIGHT_MM = 5.2  # 1.4 times the type, as in the PDF
_BOX_PADDING_MM = 7.4


@dataclass
class Setter:
    """Turns texts into blocks for Word, and counts what is numbered through the book."""

    labels: Mapping[str, str]
    styles: Mapping[str, str]  # a style's name, lower case, to its id in the reference document
    raster: Raster
    width_mm: float
    height_mm: float
    marks: Marks = field(default_factory=Marks)
    pictures: Pictures = field(default_factory=Pictures)
    figures: int = 0
    tables: int = 0
    bookmarks: set[str] = field(default_factory=set)
    sections: bool = False  # headings of level 2 are a chapter's own, not summaries'
    language: str = "und"  # of the readings over words,
    half_points: int = 20  # and the size of those words

    # -- identifiers ----------------------------------------------------------------------------

    def marked(self, identifier: str, inlines: Sequence[Node]) -> list[Node]:
        """Inlines under a bookmark; an identifier that stands twice is the first one's."""
        if not identifier or identifier in self.bookmarks:
            return list(inlines)
        self.bookmarks.add(identifier)
        # pandoc numbers its own from 9: a million keeps ours apart.
        begin, end = x.bookmark(identifier, 1_000_000 + len(self.bookmarks))
        return [x.inline(begin), *inlines, x.inline(end)]

    # -- inlines --------------------------------------------------------------------------------

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        """Inlines for Word; `ast.Inlines` of the pieces too."""
        for node in inlines:
            if node["t"] not in _WORDS:
                break
        else:
            return list(inlines)
        return [kept for node in inlines for kept in self._inline(node)]

    def _inline(self, node: Node) -> list[Node]:
        kind = node["t"]
        if kind in _WRAPPERS:
            return [{"t": kind, "c": self.inlines(node["c"])}]
        handler = _INLINES.get(kind)
        return [node] if handler is None else handler(self, node["c"])

    # -- blocks ---------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        """Blocks for Word."""
        following = zip_longest(blocks, blocks[1:])
        return [kept for block, after in following for kept in self._block(block, after)]

    def _block(self, node: Node, following: Node | None) -> list[Node]:
        kind = node["t"]
        if kind in ("Para", "Plain"):
            paragraph = {"t": kind, "c": self.inlines(node["c"])}
            if ast.announces(node, following):
                self._lead(paragraph)
            return [paragraph]
        handler = _BLOCKS.get(kind)
        made = [node] if handler is None else handler(self, node.get("c"))
        if together.is_kept(node, self.width_mm):
            for paragraph in list(together.paragraphs(made))[:-1]:
                self._lead(paragraph)
        return made

    def _lead(self, paragraph: Node) -> None:
        paragraph["c"].insert(0, self.marks.inline(Leads()))

    def framed(self, blocks: list[Node]) -> list[Node]:
        """Blocks in a frame that holds whatever is in them: a table of one cell."""
        width = twips(self.width_mm)
        style = x.quoted(self.styles["actes box frame"])
        if not blocks or blocks[-1]["t"] not in ("Para", "Plain", "Div", "BulletList",
                                                 "OrderedList", "BlockQuote"):  # fmt: skip
            # A cell must end with a paragraph (ISO/IEC 29500-1, 17.4.65).
            end = x.quoted(self.styles["actes section end"])
            blocks = [*blocks, x.block(f'<w:p><w:pPr><w:pStyle w:val="{end}"/></w:pPr></w:p>')]
        return [
            x.block(
                f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/>'
                '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" '
                'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
                f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW '
                f'w:w="5000" w:type="pct"/></w:tcPr>'
            ),
            *blocks,
            x.block("</w:tc></w:tr></w:tbl>"),
            self.spacer(),
        ]

    def spacer(self) -> Node:
        """An all but invisible paragraph: without it Word would join two tables into one."""
        style = x.quoted(self.styles["actes spacer"])
        return x.block(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')


# -- inlines --------------------------------------------------------------------------------------


def _span(setter: Setter, content: Any) -> list[Node]:
    (identifier, _classes, pairs), inlines = content
    kept = [[key, value] for key, value in pairs if key == "lang" and _LANGUAGE.fullmatch(value)]
    inner = setter.inlines(inlines)
    if reading := dict(pairs).get("ruby", ""):
        look = _BOLD if any(node["t"] == "Strong" for node in inlines) else ""
        words = ast.plain_text(inlines)
        inner = [x.inline(x.ruby(words, reading, setter.half_points, setter.language, look))]
    return setter.marked(identifier, [ast.span(inner, ["", [], kept])] if kept else inner)


def _link(setter: Setter, content: Any) -> list[Node]:
    _attributes, inlines, (target, _title) = content
    inner = setter.inlines(inlines)
    if target.startswith("#") and len(target) > 1:
        return [ast.link(inner, f"#{x.bookmark_name(target[1:])}")]
    return [ast.link(inner, target)] if _LINK.fullmatch(target) else inner


def _image(setter: Setter, content: Any) -> list[Node]:
    attributes, caption, (path, _title) = content
    return [word_figures.picture(setter, attributes, caption, path, _INLINE_HEIGHT_MM)]


def _note(setter: Setter, content: Any) -> list[Node]:
    return [{"t": "Note", "c": setter.blocks(content)}]


def _code(_setter: Setter, content: Any) -> list[Node]:
    return [{"t": "Code", "c": [ast.EMPTY, content[1]]}]


_INLINES: Mapping[str, Callable[[Setter, Any], list[Node]]] = {
    "Span": _span,
    "Link": _link,
    "Image": _image,
    "Note": _note,
    "Code": _code,
    "RawInline": _code,  # none passes the allow-list; if one does, it is shown, never run
}

# -- blocks ---------------------------------------------------------------------------------------


def _header(setter: Setter, content: Any) -> list[Node]:
    level, (identifier, _classes, _pairs), inlines = content
    inner = setter.marked(identifier, setter.inlines(inlines))
    if setter.sections and level <= 2:  # noqa: PLR2004 - the level of summaries
        return [ast.styled("Actes Section", inner)]
    return [ast.header(min(level, 9), inner)]


def _div(setter: Setter, content: Any) -> list[Node]:
    (identifier, classes, pairs), blocks = content
    if "box" not in classes:
        return setter.blocks(blocks)
    title = ast.text(dict(pairs).get("title", "").strip())
    if not title and blocks and _is_title(blocks[0]):
        title, blocks = setter.inlines(blocks[0]["c"][0]["c"]), blocks[1:]
    heading = [ast.styled("Actes Box Title", setter.marked(identifier, title))] if title else []
    outside, setter.width_mm = setter.width_mm, setter.width_mm - _BOX_PADDING_MM
    try:
        inner = setter.blocks(blocks)
    finally:
        setter.width_mm = outside
    return setter.framed([*heading, *_in_style("Actes Box", inner)])


def _is_title(block: Node) -> bool:
    """Whether a paragraph is a title that its author made of bold words."""
    return block["t"] == "Para" and [node["t"] for node in block["c"]] == ["Strong"]


def _in_style(style: str, blocks: Sequence[Node]) -> list[Node]:
    """Paragraphs at the top of ``blocks`` in a style; everything else keeps its own."""
    return [
        ast.div([block], ast.attr(custom_style=style)) if block["t"] in ("Para", "Plain") else block
        for block in blocks
    ]


def _quote(setter: Setter, content: Any) -> list[Node]:
    return [{"t": "BlockQuote", "c": setter.blocks(content)}]


def _bullets(setter: Setter, content: Any) -> list[Node]:
    return [{"t": "BulletList", "c": [setter.blocks(item) for item in content]}]


def _numbers(setter: Setter, content: Any) -> list[Node]:
    return [{"t": "OrderedList", "c": [content[0], [setter.blocks(item) for item in content[1]]]}]


def _definitions(setter: Setter, content: Any) -> list[Node]:
    # Term and definition as paragraphs of their styles: the same as pandoc's, open to any block.
    result: list[Node] = []
    for term, definitions in content:
        result.append(ast.styled("Definition Term", setter.inlines(term)))
        for definition in definitions:
            result += _in_style("Definition", setter.blocks(definition))
    return result


def _lines(setter: Setter, content: Any) -> list[Node]:
    lines = {"t": "LineBlock", "c": [setter.inlines(line) for line in content]}
    return [ast.div([lines], ast.attr(custom_style="Actes Lines"))]


def _code_block(_setter: Setter, content: Any) -> list[Node]:
    return [{"t": "CodeBlock", "c": [ast.EMPTY, content[1]]}]


def _rule(setter: Setter, _content: Any) -> list[Node]:
    style = x.quoted(setter.styles["actes separator"])
    return [x.block(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')]


_BLOCKS: Mapping[str, Callable[[Setter, Any], list[Node]]] = {
    "Header": _header,
    "Div": _div,
    "BlockQuote": _quote,
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "DefinitionList": _definitions,
    "LineBlock": _lines,
    "CodeBlock": _code_block,
    "RawBlock": _code_block,  # see RawInline
    "HorizontalRule": _rule,
    "Figure": word_figures.figure,
    "Table": word_figures.table,
}
