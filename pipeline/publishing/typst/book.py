"""A book's pieces as calls of the template's functions.

Every function of ``templates/typst`` that is called from here takes content and values only, and
decides alone what they look like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from pipeline.proceedings.book import (
    Book,
    Cake,
    Chapter,
    Colophon,
    Content,
    Contents,
    Cover,
    Glossary,
    Head,
    Index,
    Inlines,
    Notice,
    Part,
    Passage,
    Piece,
    Register,
)
from pipeline.publishing.pages.facing import titles_of
from pipeline.publishing.typst import cake, lists
from pipeline.publishing.typst.facing import Facing
from pipeline.publishing.typst.heads import head_of
from pipeline.publishing.typst.markup import array, colour, markup, quoted
from pipeline.publishing.typst.sides import Sides, draft_mark
from pipeline.publishing.typst.text import Picture, Setter, Shared
from pipeline.texts import ast
from pipeline.texts.ast import plain_text

_LONGEST_RUNNING_HEAD = 90
_OPENING = '#import "volume.typ": *\n#show: volume\n'
_BILINGUAL = '#import "bilingual.typ": *\n'
_IN_COLUMNS = _BILINGUAL + "#show: in-columns\n"
_FACING = _BILINGUAL + '#import "facing.typ": *\n#show: on-facing-pages\n'


@dataclass(frozen=True)
class Composition:
    """The document, the languages it uses, and the line on which each text begins."""

    text: str
    languages: frozenset[str]
    places: tuple[tuple[int, str], ...]

    def place(self, line: int) -> str:
        """The text that line ``line`` belongs to; empty before the first."""
        return next((name for first, name in reversed(self.places) if first <= line), "")


def compose(book: Book, pictures: Mapping[str, Picture]) -> Composition:
    """The whole book. ``pictures`` are its images; one that is not there prints as its words."""
    shared = Shared(targets(book.pieces), pictures, book.labels)
    sides = (Facing if book.facing else Sides).of(book, shared)
    volume = tuple(ast.text(book.title))
    composer = _Composer(book, Setter(shared, book.language), sides, volume)
    opening = _OPENING
    if book.sides:
        opening += _FACING if book.facing else _IN_COLUMNS
    parts, places = [opening], []
    line = opening.count("\n") + 1
    for piece in book.pieces:
        code = _PIECES[type(piece)](composer, piece) + "\n"
        places.append((line, _name(piece)))
        line += code.count("\n") + 1
        parts.append(code)
    return Composition("\n".join(parts), frozenset(shared.languages), tuple(places))


def _name(piece: Piece) -> str:
    """What to call a piece in a message."""
    return piece.running if isinstance(piece, Chapter) else type(piece).__name__


def targets(pieces: Sequence[object]) -> frozenset[str]:
    """Ids that a link or an index asks for and that something in these pieces has."""
    wanted: set[str] = set()
    there: set[str] = set()
    pending: list[object] = list(pieces)
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            kind, content = item.get("t"), item.get("c", ())
            if kind == "Link" and content[2][0].startswith("#"):
                wanted.add(content[2][0][1:])
            elif kind in ("Header", "Div", "Span", "Figure", "Table", "Image"):
                there.add(content[1 if kind == "Header" else 0][0])
            pending += content if isinstance(content, list) else []
        elif isinstance(item, (list, tuple)):
            pending += item
        elif is_dataclass(item):
            there.add(getattr(item, "id", ""))
            pending += [getattr(item, part.name) for part in fields(item)]
    return frozenset(wanted & there - {""})


@dataclass
class _Composer:
    book: Book
    setter: Setter
    sides: Sides
    volume: Inlines  # the title of the whole, above pages that belong to no theme
    theme: Inlines = ()

    def optional(self, name: str, inlines: Inlines) -> str:
        return f"{name}: {self.setter.content(inlines)}, " if inlines else ""

    def heading(self, inlines: Inlines) -> str:
        words = self.setter.displayed(inlines)
        # A bookmark has no lines: what stands between two titles is a line end on the page only.
        return words.replace("#linebreak()", "#between-titles") if self.book.sides else words

    def claim(self, identifier: str) -> str:
        """The id of a piece, which goes before the same id in any text."""
        self.setter.shared.used.add(identifier)
        return quoted(identifier)

    # -- pieces ---------------------------------------------------------------------------------

    def cover(self, piece: Cover) -> str:
        self.volume = piece.running
        colours = dict.fromkeys(p.colour for p in self.book.pieces if isinstance(p, Part))
        organisers = array(self.setter.content(name) for name in piece.organisers)
        draft = f"draft: {draft_mark(self.book)}, " if piece.draft else ""
        return (
            f"#cover(title: {self.setter.displayed(piece.title)}, "
            f"{self.optional('subtitle', piece.subtitle)}{self.optional('motto', piece.motto)}"
            f"{self.optional('place', piece.place_and_dates)}{draft}"
            f"organisers: {organisers}, colours: {array(colour(c) for c in colours)})"
        )

    def colophon(self, piece: Colophon) -> str:
        paragraphs = "".join(f", {self.setter.content(words)}" for words in piece.paragraphs)
        return f"#colophon(title: {self.heading(piece.title)}{paragraphs})"

    def contents(self, piece: Contents) -> str:
        return f"#contents({self.heading(piece.title)})"

    def part(self, piece: Part) -> str:
        self.theme = piece.title
        self.setter.shared.level = 1
        return (
            f"#part(id: {self.claim(piece.id)}, {self.optional('overline', piece.overline)}"
            f"title: {self.heading(piece.title)}, {self.optional('subtitle', piece.subtitle)}"
            f"colour: {colour(piece.colour)})"
        )

    def chapter(self, piece: Chapter) -> str:
        self.setter.shared.level = 0 if piece.level == 1 else self.setter.shared.level
        level = self.setter.level(piece.level)
        if level == 1:
            self.theme = ()
        if self.sides.setters:
            rows = self.sides.opened(level, colour(piece.colour)).content(piece.content)
            body = "\n\n".join(rows)
            if self.book.facing:
                return self._facing(piece, level, body)
        else:
            setter = replace(self.setter, colour=colour(piece.colour))
            body = "\n\n".join(_content(setter, item) for item in piece.content)
        return self._pages(
            piece.id,
            level,
            title=piece.title,
            running=piece.running,
            body=body,
            more=f"colour: {colour(piece.colour)}, {self._head(piece.head)}",
        )

    def _facing(self, piece: Chapter, level: int, rows: str) -> str:
        """A chapter on pages that face each other, each side's title on its page."""
        titles = array(self.setter.displayed(title) for title in titles_of(piece.title))
        return (
            f"#facing-chapter(id: {self.claim(piece.id)}, level: {level}, "
            f"title: {self.heading(piece.title)}, titles: {titles}, "
            f"colour: {colour(piece.colour)}, (\n{rows}\n))"
        )

    def _pages(
        self,
        identifier: str,
        level: int,
        *,
        title: Inlines,
        running: str,
        body: str,
        more: str = "",
    ) -> str:
        right = self.setter.content(title)  # with the languages of its runs, and so their fonts
        if len(running) > _LONGEST_RUNNING_HEAD:
            right = f"[{markup(running[: _LONGEST_RUNNING_HEAD - 1].rstrip() + '…')}]"
        left = self.heading(self.theme) if self.theme else self.setter.content(self.volume)
        return (
            f"#chapter(id: {self.claim(identifier)}, level: {level}, "
            f"title: {self.heading(title)}, left: {left}, right: {right}, {more})[\n"
            f"{body}\n]"
        )

    def _head(self, head: Head | None) -> str:
        return f"head: {head_of(self.setter, head)}, " if head else ""

    def back(self, identifier: str, title: Inlines, body: str) -> str:
        """A list of the book's own, on pages of its own."""
        self.theme = ()
        self.setter.shared.level = 1
        return self._pages(identifier, 1, title=title, running=plain_text(title), body=body)

    def cake(self, piece: Cake) -> str:
        return self.back(piece.id, piece.title, cake.figure(piece, self.setter))

    def register(self, piece: Register) -> str:
        return self.back(piece.id, piece.title, lists.register(piece, self.setter))

    def index(self, piece: Index) -> str:
        return self.back(piece.id, piece.title, lists.index(piece, self.setter))

    def glossary(self, piece: Glossary) -> str:
        return self.back(piece.id, piece.title, lists.glossary(piece, self.setter))


def _content(setter: Setter, item: Content) -> str:
    if isinstance(item, Notice):
        return f"#notice({setter.content(item.words)})"
    assert isinstance(item, Passage)  # noqa: S101 - rows are those of a book with sides
    if not item.mark:
        return setter.blocks(item.blocks)
    return f"#passage([{markup(item.mark)}])[\n{setter.blocks(item.blocks)}\n]"


_PIECES: Mapping[type, Callable[[_Composer, Any], str]] = {
    Cover: _Composer.cover,
    Colophon: _Composer.colophon,
    Contents: _Composer.contents,
    Part: _Composer.part,
    Chapter: _Composer.chapter,
    Cake: _Composer.cake,
    Register: _Composer.register,
    Index: _Composer.index,
    Glossary: _Composer.glossary,
}
