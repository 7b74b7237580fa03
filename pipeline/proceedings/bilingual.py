"""The books of two languages as one, every passage beside what answers it.

What stands once in a book (cover, titles, register) is said in both languages in its place; texts
stand in rows, a segment of the original a row; what is in the order of a language (glossary,
indexes) stands once a language. The book is an ordinary one: the writers need to know rows, and
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.proceedings.book import (
    Blocks,
    Book,
    Cake,
    Chapter,
    Colophon,
    Content,
    Contents,
    Cover,
    Delegate,
    DelegationEntry,
    Glossary,
    Index,
    Inlines,
    Notice,
    Part,
    Passage,
    Piece,
    Register,
    SharedFigure,
    Side,
    SideBySide,
)
from pipeline.proceedings.chapters import ChapterApart
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

BETWEEN = " / "
_COLUMNS_OF_A_TABLE = 3
_WIDE = "\u2003"
_BREAK: Node = {"t": "LineBreak"}
_SAME_FOR_ALL = ("Header", "CodeBlock", "HorizontalRule")
Cell = tuple[Passage | Notice, ...]


def bilingual(first: Book, second: Book, facing: bool) -> Book:
    """One book of two, in the order of the first, in columns or on ``facing`` pages.

    Both are of the same texts, their chapters made by `chapters.apart`.
    """
    books = (first, second)
    labels = {**first.labels, "draft-mark": _WIDE.join(b.labels["draft-mark"] for b in books)}
    return replace(
        first,
        title=BETWEEN.join(b.title for b in books),
        subject=BETWEEN.join(b.subject for b in books if b.subject),
        author=BETWEEN.join(dict.fromkeys(b.author for b in books)),
        keywords=tuple(dict.fromkeys(word for b in books for word in b.keywords)),
        labels=labels,
        pieces=tuple(_pieces(first, second)),
        images={**first.images, **second.images},
        sides=tuple(Side(b.language, b.style, tuple(ast.text(b.title)), b.labels) for b in books),
        facing=facing,
    )


def _pieces(first: Book, second: Book) -> Iterator[Piece]:
    """Pieces that every language has, joined; glossaries and indexes once a language, in turn."""
    together = _Together(first.language, second.language)
    shared = [[p for p in b.pieces if not isinstance(p, Glossary | Index)] for b in (first, second)]
    for one, other in zip(*shared, strict=True):
        yield together.piece(one, other)
    for kind in (Glossary, Index):
        yield from (p for p in first.pieces if isinstance(p, kind))
        yield from (together.own(p) for p in second.pieces if isinstance(p, kind))


class _Together:
    """Joins what is said in the language of the book and in that of its second side."""

    def __init__(self, first: str, second: str) -> None:
        self.first, self.second = first, second

    # -- words ------------------------------------------------------------------------------------

    def spoken(self, words: Inlines) -> Inlines:
        """Words of the second side among those of the first."""
        return (ast.span(list(words), ast.attr(lang=self.second)),) if words else ()

    def joined(self, one: Inlines, other: Inlines) -> Inlines:
        """« un / 一 »; once what both say alike."""
        return self._with(tuple(ast.text(BETWEEN)), one, other)

    def stacked(self, one: Inlines, other: Inlines) -> Inlines:
        """One above the other."""
        return self._with((_BREAK,), one, other)

    def _with(self, between: Inlines, one: Inlines, other: Inlines) -> Inlines:
        if not one or ast.plain_text(one) == ast.plain_text(other):
            return one or self.spoken(other)
        if not other:
            return one
        return (*one, *between, *self.spoken(other))

    # -- pieces -----------------------------------------------------------------------------------

    def piece(self, one: Piece, other: Piece) -> Piece:
        """Two pieces of the same kind as one."""
        match one, other:
            case Cover(), Cover():
                return self._cover(one, other)
            case Colophon(), Colophon():
                paragraphs = (*one.paragraphs, *map(self.spoken, other.paragraphs))
                return Colophon(self.joined(one.title, other.title), paragraphs)
            case Contents(), Contents():
                return Contents(self.joined(one.title, other.title))
            case Part(), Part():
                return replace(
                    one,
                    overline=self.joined(one.overline, other.overline),
                    title=self.stacked(one.title, other.title),
                    subtitle=self.stacked(one.subtitle, other.subtitle),
                )
            case Chapter(), Chapter():
                return self._chapter(one, other)
            case Cake(), Cake():
                return self._cake(one, other)
            case Register(), Register():
                return self._register(one, other)
        raise TypeError(f"{one.__class__.__name__} beside {other.__class__.__name__}")

    def own(self, piece: Glossary | Index) -> Glossary | Index:
        """A list of the second side's own, in a book of the first."""
        identifier, title = f"{piece.id}-{self.second}", self.spoken(piece.title)
        if isinstance(piece, Index):
            sections = tuple(
                (letter, tuple(replace(e, term=self.spoken(e.term)) for e in entries))
                for letter, entries in piece.sections
            )
            return Index(identifier, title, sections)
        entries = tuple(
            replace(e, term=self.spoken(e.term), note=self.spoken(e.note)) for e in piece.entries
        )
        return Glossary(identifier, title, entries)

    def _cover(self, one: Cover, other: Cover) -> Cover:
        pairs = zip(one.organisers, other.organisers, strict=True)
        return Cover(
            title=self.stacked(one.title, other.title),
            running=self.stacked(one.running, other.running),
            subtitle=self.joined(one.subtitle, other.subtitle),
            motto=self.stacked(one.motto, other.motto),
            place_and_dates=self.stacked(one.place_and_dates, other.place_and_dates),
            organisers=tuple(self.stacked(*pair) for pair in pairs),
            draft=_WIDE.join(filter(None, (one.draft, other.draft))),
        )

    def _cake(self, one: Cake, other: Cake) -> Cake:
        layers = tuple(
            replace(layer, title=BETWEEN.join(dict.fromkeys((layer.title, its.title))))
            for layer, its in zip(one.layers, other.layers, strict=True)
        )
        return Cake(
            one.id,
            self.stacked(one.title, other.title),
            layers,
            self.stacked(one.legend, other.legend),
            self.stacked(one.credit, other.credit),
            f"{one.alternative} {other.alternative}",
        )

    def _register(self, one: Register, other: Register) -> Register:
        """In the order of the first; what answers what is known by the authorities' ids."""
        countries = {entry.id: name for name, entries in other.groups for entry in entries}
        entries_of = {entry.id: entry for _name, entries in other.groups for entry in entries}
        groups = tuple(
            (
                self.joined(name, countries[entries[0].id]),
                tuple(self._entry(entry, entries_of[entry.id]) for entry in entries),
            )
            for name, entries in one.groups
        )
        return Register(one.id, self.stacked(one.title, other.title), groups)

    def _entry(self, one: DelegationEntry, other: DelegationEntry) -> DelegationEntry:
        delegates = tuple(
            Delegate(self.joined(a.name, b.name), self.joined(a.role, b.role))
            for a, b in zip(one.delegates, other.delegates, strict=True)
        )
        return DelegationEntry(
            self.stacked(one.name, other.name),
            self.stacked(one.detail, other.detail),
            delegates,
            one.id,
        )

    # -- chapters ---------------------------------------------------------------------------------

    def _chapter(self, one: Chapter, other: Chapter) -> Chapter:
        """The titles above; heads, notices and text in rows."""
        sides = (one, other)
        opening: list[Content] = []
        if any(side.head for side in sides):
            heads = tuple((side.head,) if side.head else () for side in sides)
            opening.append(SideBySide(heads, ("", "")))
        if any(side.content for side in sides):
            opening.append(SideBySide(tuple(_noticed(side) for side in sides), ("", "")))
        title = self.stacked(one.title, other.title)
        running = BETWEEN.join(dict.fromkeys((one.running, other.running)))
        return Chapter(
            one.id, one.level, title, running, one.colour, None, (*opening, *_rows(sides))
        )


def _noticed(side: Chapter) -> Cell:
    return tuple(item for item in side.content if isinstance(item, Passage | Notice))


# -- rows ---------------------------------------------------------------------------------------


def _rows(sides: Sequence[Chapter]) -> Iterator[Content]:
    """The text of a chapter: each segment of the original in a row, what answers it beside it."""
    before = [""] * len(sides)
    for cells in _cells([c.segments if isinstance(c, ChapterApart) else {} for c in sides]):
        said = [_mark(cell) for cell in cells]
        marks = tuple("" if mark == last else mark
                      for mark, last in zip(said, before, strict=True))  # fmt: skip
        before = said
        yield _row(cells, marks)


def _cells(sides: Sequence[Mapping[int, Passage | Notice]]) -> Iterator[tuple[Cell, ...]]:
    """Rows of cells. A segment whose words were approved as part of the one before joins it."""
    rows: list[tuple[Cell, ...]] = []
    for index in sorted(set().union(*sides)):
        found = [side.get(index) for side in sides]
        cells = tuple((item,) if item is not None and not _vacant(item) else () for item in found)
        if not any(cells):
            continue  # definitions of notes and links, comments: nothing of its own to print
        if rows and any(item is not None and _vacant(item) for item in found):
            rows[-1] = tuple((*cell, *more) for cell, more in zip(rows[-1], cells, strict=True))
        else:
            rows.append(cells)
    return iter(rows)


def _vacant(item: Passage | Notice) -> bool:
    return isinstance(item, Passage) and not item.blocks


def _mark(cell: Cell) -> str:
    return next((item.mark for item in cell if isinstance(item, Passage) and item.mark), "")


def _row(cells: tuple[Cell, ...], marks: tuple[str, ...]) -> Content:
    """Cells side by side; what is the same for all stands once, over the whole width."""
    alone = [cell[0].blocks for cell in cells
             if len(cell) == 1 and isinstance(cell[0], Passage)]  # fmt: skip
    if len(alone) == len(cells) and all(len(blocks) == 1 for blocks in alone):
        nodes = [blocks[0] for blocks in alone]
        if _one_picture(nodes):
            return SharedFigure(tuple(nodes), marks)
        if nodes[0]["t"] in _SAME_FOR_ALL and len(list(groupby(map(_bare, nodes)))) == 1:
            return Passage("original", next(filter(None, marks), ""), alone[0])
    return SideBySide(cells, marks, any(_wide(cell) for cell in cells))


def _wide(cell: Cell) -> bool:
    """Whether a table of the cell has more columns than a column of text has room for."""
    blocks = [block for item in cell if isinstance(item, Passage) for block in item.blocks]
    return any(b["t"] == "Table" and len(b["c"][2]) > _COLUMNS_OF_A_TABLE for b in blocks)


def _one_picture(nodes: Sequence[Node]) -> bool:
    paths = [_paths([node]) for node in nodes]
    return all(n["t"] == "Figure" for n in nodes) and len(paths[0]) == 1 and len(set(paths)) == 1


def _paths(blocks: Blocks | Iterable[Node]) -> tuple[str, ...]:
    return tuple(node["c"][2][0] for node in ast.walk(list(blocks)) if node["t"] == "Image")


def _bare(node: Node) -> object:
    """A block without the ids of its heading."""
    return (node["c"][0], node["c"][2]) if node["t"] == "Header" else node.get("c")
