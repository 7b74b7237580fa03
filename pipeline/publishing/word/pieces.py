"""The pieces of a book as blocks for Word, in order, each paragraph in a named style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from pipeline.proceedings.bilingual import BETWEEN
from pipeline.proceedings.book import (
    Book,
    Cake,
    Chapter,
    Colophon,
    Contents,
    Cover,
    Glossary,
    Index,
    Inlines,
    Notice,
    Part,
    Passage,
    Register,
)
from pipeline.publishing.pages.facing import titles_of
from pipeline.publishing.word import heads as word_heads
from pipeline.publishing.word import lists as word_lists
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.bilingual.facing import Facing, page_id
from pipeline.publishing.word.bilingual.sides import Sides
from pipeline.publishing.word.marks import BarBegins, BarEnds, Opening, SectionEnds
from pipeline.publishing.word.text import Setter
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

CakePng = Callable[[Cake], bytes]
_CONTENTS_FIELD = 'TOC \\o "1-2" \\h \\z'


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    level: int
    id: str
    title: Inlines


def compose(
    book: Book, setter: Setter, cake_png: CakePng, sheets: Sequence[etree._Element] = ()
) -> list[Node]:
    """All blocks of the book. A part, and a text at level 1, open a section of their own.

    ``sheets`` are the styles of each side of a book on facing pages.
    """
    return list(_Composer(book, setter, cake_png, sheets).blocks())


def entries(book: Book) -> list[Entry]:
    """What the table of contents lists: parts, texts and lists, the texts of a part below it."""
    found: list[Entry] = []
    for piece in book.pieces:
        if isinstance(piece, Chapter) and book.facing:
            ids = (piece.id, page_id(piece.id, book.sides[1].language))
            titles = zip(ids, titles_of(piece.title), strict=True)
            found += [Entry(piece.level, found_at, title) for found_at, title in titles]
        elif isinstance(piece, Chapter):
            found.append(Entry(piece.level, piece.id, piece.title))
        elif isinstance(piece, Part | Cake | Register | Index | Glossary):
            found.append(Entry(1, piece.id, piece.title))
    return found


def without_notes(inlines: Sequence[Node]) -> list[Node]:
    """A title for use elsewhere: no footnote twice, no link inside a link, no picture."""
    kept: list[Node] = []
    for node in inlines:
        if node["t"] in ("Note", "Image", "RawInline"):
            continue
        if node["t"] in ("Link", "Span"):
            _identifier, _classes, pairs = node["c"][0]
            inner = without_notes(node["c"][1])
            language = [pair for pair in pairs if pair[0] == "lang"]
            plain = node["t"] == "Link" or not language
            kept += inner if plain else [ast.span(inner, ["", [], language])]
        else:
            kept.append(node)
    return kept


class _Composer:
    def __init__(
        self, book: Book, setter: Setter, cake_png: CakePng, sheets: Sequence[etree._Element]
    ) -> None:
        self.book, self.setter, self.cake_png = book, setter, cake_png
        self.sides = Sides.of(book, setter)
        self.facing = Facing.on_pages(book, setter, sheets) if book.facing else None
        self.section: SectionEnds | None = None
        self.volume = book.title  # the words above what belongs to no theme; a cover has them short

    def blocks(self) -> Iterable[Node]:
        for piece in self.book.pieces:
            yield from self._turn(piece)
            yield from self._piece(piece)
        yield from self._end()

    # -- sections -------------------------------------------------------------------------------

    def _turn(self, piece: object) -> Iterable[Node]:
        """End the section before a piece that opens another."""
        match piece:
            case Cover():
                self.volume = self._plain(piece.running)
                following = SectionEnds("none")
            case Part():
                turn: Literal["oddPage", "nextPage"] = "oddPage" if self.facing else "nextPage"
                running = (self._plain(piece.title), self.volume)
                following = SectionEnds("part", running, turn=turn)
            case Chapter() if self.facing:
                yield from self._end()
                self.section = None  # each of its pages is one
                return
            case Chapter() if piece.level > 1:
                if self.section is not None and self.section.header != "none":
                    return
                following = SectionEnds("part", (self.volume, piece.running))
            case Chapter():
                following = SectionEnds("chapter", (piece.running, ""))
            case Cake() | Register() | Index() | Glossary():
                following = SectionEnds("chapter", (self._plain(piece.title), ""))
            case Contents() if self.section and self.section.running == (self.volume, ""):
                return
            case _:
                following = SectionEnds("none", (self.volume, ""))
        yield from self._end()
        self.section = following

    def _end(self) -> Iterable[Node]:
        if self.section is not None:
            yield self.setter.marks.block(self.section)

    def _plain(self, inlines: Inlines) -> str:
        """The words of a title in one line; one of two languages has two."""
        lines = titles_of(inlines) if self.book.sides else [inlines]
        return BETWEEN.join(dict.fromkeys(ast.plain_text(line).strip() for line in lines))

    # -- pieces ---------------------------------------------------------------------------------

    def _piece(self, piece: object) -> Iterable[Node]:
        match piece:
            case Cover():
                yield from self._cover(piece)
            case Colophon():
                yield self._styled("Actes Colophon Title", piece.title)
                yield from (self._styled("Actes Colophon", p) for p in piece.paragraphs)
            case Contents():
                yield from self._contents(piece)
            case Part():
                yield from self._part(piece)
            case Chapter():
                yield from self._chapter(piece)
            case Cake():
                yield from self._cake(piece)
            case Register():
                yield self._heading(piece.id, piece.title)
                yield from word_lists.register(piece, self.setter)
            case Glossary():
                yield self._heading(piece.id, piece.title)
                yield from word_lists.glossary(piece, self.setter)
            case Index():
                yield from self._index(piece)

    def _styled(self, style: str, inlines: Sequence[Node]) -> Node:
        return ast.styled(style, self.setter.inlines(inlines))

    def _heading(
        self, identifier: str, title: Inlines, level: int = 1, opening: Opening | None = None
    ) -> Node:
        opening = opening or Opening()
        words = self.setter.marked(identifier, self.setter.inlines(title))
        return ast.header(level, [self.setter.marks.inline(opening), *words])

    def _cover(self, cover: Cover) -> Iterable[Node]:
        if cover.draft:
            yield ast.styled("Actes Cover Draft", ast.text(cover.draft))
        for style, words in (
            ("Title", cover.title),
            ("Subtitle", cover.subtitle),
            ("Actes Motto", cover.motto),
            ("Date", cover.place_and_dates),
            *(("Author", organiser) for organiser in cover.organisers),
        ):
            if words:
                yield self._styled(style, words)

    def _part(self, part: Part) -> Iterable[Node]:
        if part.overline:
            yield self._styled("Actes Part Overline", part.overline)
        yield self._heading(part.id, part.title, 1, Opening(part.colour, part=True))
        if part.subtitle:
            yield self._styled("Actes Part Subtitle", part.subtitle)

    def _contents(self, contents: Contents) -> Iterable[Node]:
        found = entries(self.book)
        title = [self.setter.marks.inline(Opening(new_page=True))]
        yield x.block(
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        )
        yield ast.styled("TOC Heading", [*title, *self.setter.inlines(contents.title)])
        for number, entry in enumerate(found):
            before = [x.inline(x.field_begin(_CONTENTS_FIELD, dirty=True))] if number == 0 else []
            after = [x.inline(x.FIELD_END)] if number == len(found) - 1 else []
            words = self.setter.inlines(without_notes(entry.title))
            line = x.linked(entry.id, words, x.TAB + x.page_reference(entry.id))
            yield ast.styled(f"TOC {min(entry.level, 3)}", [*before, *line, *after])
        yield x.block("</w:sdtContent></w:sdt>")

    def _chapter(self, chapter: Chapter) -> Iterable[Node]:
        if self.facing:
            yield from self.facing.chapter(chapter)
            return
        opening = Opening(chapter.colour, new_page=chapter.level > 1)
        yield self._heading(chapter.id, chapter.title, chapter.level, opening)
        if chapter.head is not None:
            yield from word_heads.blocks(chapter.head, self.setter)
        if self.sides.setters:
            yield from self.sides.blocks(chapter.content, sections=chapter.level == 1)
            return
        self.setter.sections = chapter.level == 1
        for content in chapter.content:
            if isinstance(content, Notice):
                yield self._styled("Actes Notice", content.words)
            elif isinstance(content, Passage):
                yield from self._passage(content)
        self.setter.sections = False

    def _passage(self, passage: Passage) -> Iterable[Node]:
        blocks = self.setter.blocks(passage.blocks)
        if not passage.mark:
            yield from blocks
            return
        yield self.setter.marks.block(BarBegins())
        yield ast.styled("Actes Standing", ast.text(passage.mark))
        yield from blocks
        yield self.setter.marks.block(BarEnds())

    def _cake(self, cake: Cake) -> Iterable[Node]:
        yield self._heading(cake.id, cake.title)
        setter = self.setter
        png = self.cake_png(cake)
        picture = setter.pictures.drawing(
            png, setter.width_mm, setter.height_mm * 0.7, cake.alternative
        )
        yield ast.styled("Captioned Figure", [x.inline(picture)])
        if cake.legend:
            yield self._styled("Caption", cake.legend)
        if cake.credit:
            yield self._styled("Actes Credit", cake.credit)

    def _index(self, index: Index) -> Iterable[Node]:
        yield self._heading(index.id, index.title)
        yield from self._end()
        header = self.section or SectionEnds()
        self.section = SectionEnds(header.header, header.running, columns=2, turn="continuous")
        yield from word_lists.index(index, self.setter)
