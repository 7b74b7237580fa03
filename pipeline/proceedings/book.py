"""A volume ready to be set: everything it prints, in order and in one language, and nothing else.

The pieces hold final words (labels resolved, dates formatted, typography put right); the writers of
`publishing/` decide what each looks like in Word or PDF, and add no word of their own. That is how
the two editions say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.texts.pandoc import Node

Inlines = tuple[Node, ...]
Blocks = tuple[Node, ...]
Standing = Literal["original", "reviewed", "edited", "machine", "stale", "missing"]
"""How far a segment may be trusted: the original itself, or the state of its translation."""


@dataclass(frozen=True)
class Cover:
    """The cover. ``motto`` and ``subtitle`` may be empty.

    ``running`` is the title as it stands at the head of pages that belong to no theme.
    """

    title: Inlines
    running: Inlines
    subtitle: Inlines
    motto: Inlines
    place_and_dates: Inlines
    organisers: tuple[Inlines, ...]
    draft: str  # what a draft says of itself, or empty


@dataclass(frozen=True)
class Colophon:
    """Publication facts: a title and paragraphs."""

    title: Inlines
    paragraphs: tuple[Inlines, ...]


@dataclass(frozen=True)
class Contents:
    """The table of contents, made by the writer from the headings."""

    title: Inlines


@dataclass(frozen=True)
class Part:
    """A theme opens: its own page. ``overline`` says which part it is (« Première partie »)."""

    id: str
    overline: Inlines
    title: Inlines
    subtitle: Inlines
    colour: str  # #rrggbb


@dataclass(frozen=True)
class Row:
    """A line of a summary's head: its label and value."""

    label: Inlines
    value: Inlines


@dataclass(frozen=True)
class Badge:
    """An SDG badge: its number, its words (« ODD 11 ») and the goal's official colour."""

    goal: int
    words: str
    colour: str
    dark_text: bool  # black on this colour reads better than white (WCAG contrast)


@dataclass(frozen=True)
class Head:
    """What stands above a summary's text."""

    rows: tuple[Row, ...]
    badges: tuple[Badge, ...]
    abstract_label: Inlines
    abstract: Inlines


@dataclass(frozen=True)
class Passage:
    """Blocks of a text that share a standing; ``mark`` is what a draft prints beside them."""

    standing: Standing
    mark: str  # empty where nothing is to be said
    blocks: Blocks


@dataclass(frozen=True)
class Notice:
    """Words of the edition itself, set apart: a text that is missing or broken."""

    words: Inlines


@dataclass(frozen=True)
class SideBySide:
    """In an edition in two languages: what answers each other, a cell a side, in their order.

    ``marks`` are what a draft prints above each cell: empty where nothing is to be said, or where
    the row above says it already. What is too wide for a column stands ``across``, one cell below
    the other.
    """

    cells: tuple[tuple[Head | Passage | Notice, ...], ...]
    marks: tuple[str, ...]
    across: bool = False


@dataclass(frozen=True)
class SharedFigure:
    """A figure whose picture is the same on every side: the figure as each side has it."""

    figures: Blocks
    marks: tuple[str, ...]


Content = Passage | Notice | SideBySide | SharedFigure


@dataclass(frozen=True)
class Chapter:
    """A text with its heading at ``level`` (1 or 2); headings in its blocks are deeper.

    ``id`` is unique in the book and is what indexes refer to. ``colour`` is its theme's.
    """

    id: str
    level: int
    title: Inlines
    running: str  # plain words for running heads and bookmarks
    colour: str
    head: Head | None
    content: tuple[Content, ...]


@dataclass(frozen=True)
class CakeLayer:
    """A layer of the SDG wedding cake and how many summaries touch each of its goals."""

    title: str
    colour: str
    goals: tuple[tuple[Badge, int], ...]


@dataclass(frozen=True)
class Cake:
    """The SDG wedding cake, layers from the base up; ``alternative`` says it all in words.

    ``legend`` explains the numbers, under the figure, before the credit.
    """

    id: str
    title: Inlines
    layers: tuple[CakeLayer, ...]
    legend: Inlines
    credit: Inlines
    alternative: str


@dataclass(frozen=True)
class Delegate:
    """A member of a delegation."""

    name: Inlines
    role: Inlines


@dataclass(frozen=True)
class DelegationEntry:
    """An authority with its delegates. ``detail`` (region, twin) may be empty."""

    name: Inlines
    detail: Inlines
    delegates: tuple[Delegate, ...]
    id: str = ""  # in the register of the event


@dataclass(frozen=True)
class Register:
    """The list of authorities, grouped by country."""

    id: str
    title: Inlines
    groups: tuple[tuple[Inlines, tuple[DelegationEntry, ...]], ...]


@dataclass(frozen=True)
class IndexEntry:
    """A term and the ids of the chapters where it is found, in the book's order."""

    term: Inlines
    chapters: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """An index: sections under a letter or kana row, each with its entries in order."""

    id: str
    title: Inlines
    sections: tuple[tuple[str, tuple[IndexEntry, ...]], ...]


@dataclass(frozen=True)
class GlossaryEntry:
    """A term, its forms in the other languages with their language tag, and its definition."""

    term: Inlines
    equivalents: tuple[tuple[str, Inlines], ...]
    note: Inlines


@dataclass(frozen=True)
class Glossary:
    """The glossary, in the order of the book's language."""

    id: str
    title: Inlines
    entries: tuple[GlossaryEntry, ...]


Piece = Cover | Colophon | Contents | Part | Chapter | Cake | Register | Index | Glossary


@dataclass(frozen=True)
class Style:
    """What the language asks of the page (from its table in ``templates/languages``)."""

    language: str  # BCP 47
    body_fonts: tuple[str, ...]  # PDF, in order of preference
    heading_fonts: tuple[str, ...]
    word_latin: str  # Word: font of Latin script
    word_east_asian: str
    word_heading_latin: str
    word_heading_east_asian: str
    indent: str  # of a paragraph's first line: "1em" (Japanese), "0pt"
    justify: bool = True
    word_east_asian_language: str = ""  # Word: what East Asian letters are in a Latin text
    word_latin_language: str = ""  # Word: what Latin letters are in; "": the language itself
    emphasis_fonts: tuple[str, ...] = ()  # PDF: what is stressed, where there are no italics


@dataclass(frozen=True)
class Side:
    """A column of a parallel edition: its language, style, title (and its reading), labels."""

    language: str
    style: Style
    title: Inlines
    labels: Mapping[str, str]
    reading: str = ""


@dataclass(frozen=True)
class Book:
    """An edition's volume: pieces in order, the style of its language, and its properties.

    ``labels`` are the words writers need beside the pieces' own: ``page-of``,
    ``figure`` and ``table`` (caption prefixes), ``draft-mark`` (on every page of a draft).
    ``images`` maps an image's path (as in the AST) to the real file. An edition in two languages
    has two ``sides``, in columns or on ``facing`` pages; its ``language`` and ``style`` are those
    of the first.
    """

    language: str
    title: str
    subject: str
    author: str
    keywords: tuple[str, ...]
    date: str  # ISO, of publication: the only date in the files (law 10)
    draft: bool
    style: Style
    labels: Mapping[str, str]
    pieces: tuple[Piece, ...]
    images: Mapping[str, str] = field(default_factory=dict)
    sides: tuple[Side, ...] = ()
    facing: bool = False
