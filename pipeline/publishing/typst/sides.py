"""What stands side by side in an edition in two languages, as calls of ``bilingual.typ``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from pipeline.proceedings.book import (
    Blocks,
    Book,
    Content,
    Head,
    Notice,
    Passage,
    SharedFigure,
    Side,
    SideBySide,
)
from pipeline.publishing import fonts
from pipeline.publishing.pages import together
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.typst.blocks import drawn
from pipeline.publishing.typst.heads import head_of
from pipeline.publishing.typst.inlines import NOTE
from pipeline.publishing.typst.markup import array, ems, markup, quoted
from pipeline.publishing.typst.text import Setter, Shared

COLUMN_MM, WHOLE_MM = 77.0, 163.7
_WHOLE = frozenset({"Figure", "Table", "CodeBlock"})


def manner(side: Side) -> str:
    """An entry of the dictionary ``sides`` of ``house.typ``: how a side's text is set."""
    eastern = is_east_asian(side.language)
    return (
        f"{quoted(side.language)}: (eastern: {str(eastern).lower()}, "
        f"body: {array(fonts.stack(side.style.body_fonts, side.language))}, "
        f"display: {array(fonts.stack(side.style.heading_fonts, side.language))}, "
        f"weight: {700 if eastern else 600}, "
        f"indent: {ems(side.style.indent)}, "
        f"justify: {str(side.style.justify).lower()})"
    )


def house_of(book: Book) -> str:
    """What ``house.typ`` says more of a book in two languages; nothing for any other."""
    if not book.sides:
        return ""
    facing = str(book.facing).lower()
    return f"  sides: ({', '.join(map(manner, book.sides))}),\n  facing: {facing},\n"


def draft_mark(book: Book) -> str:
    """The words on every page of a draft, as content: those of each side in its language."""
    if not book.sides:
        return f"[{markup(book.labels.get('draft-mark', ''))}]"
    words = [
        f"#text(lang: {quoted(side.language.partition('-')[0].lower())}, "
        f"font: {array(fonts.stack(side.style.heading_fonts, side.language))})"
        f"[{markup(side.labels.get('draft-mark', ''))}]"
        for side in book.sides
    ]
    return f"[{'#h(1.5em)'.join(words)}]"


@dataclass(frozen=True)
class Sides:
    """Sets rows: a setter a side, each counting its own figures; ids are those of the book."""

    setters: tuple[Setter, ...]

    @classmethod
    def of(cls, book: Book, shared: Shared) -> Sides:
        """The sides of a book, whose own words are set with ``shared``."""
        found = []
        for side in book.sides:
            own = Shared(shared.targets, shared.pictures, side.labels)
            own.used, own.languages = shared.used, shared.languages
            found.append(Setter(own, side.language))
            shared.languages.add(side.language)
        return cls(tuple(found))

    def opened(self, level: int, colour: str) -> Sides:
        """The sides for a chapter of that level and colour."""
        for setter in self.setters:
            setter.shared.level = level
        return replace(self, setters=tuple(replace(s, colour=colour) for s in self.setters))

    # -- rows -------------------------------------------------------------------------------------

    def content(self, content: Sequence[Content]) -> Iterable[str]:
        """The rows of a chapter, and what stands across both sides."""
        for item, following in zip_longest(content, content[1:]):
            match item:
                case SideBySide():
                    yield self._row(item, following)
                case SharedFigure():
                    yield self._figure(item)
                case Passage() | Notice():
                    yield self._across(item)

    def _row(self, row: SideBySide, following: Content | None) -> str:
        setters, cells = self.cells(row, WHOLE_MM if row.across else COLUMN_MM)
        bodies = self._with_notes(setters, cells)
        parts = [f"({quoted(s.language)}, [\n{body}\n])"
                 for s, body in zip(setters, bodies, strict=True)]  # fmt: skip
        heads, leads = together.begins_with_heading(row), together.leads(row, following)
        said = options(row, heads, leads)
        if row.across:
            said.append("over: true")
        elif _whole(row):
            said.append("whole: true")
        return f"#row({', '.join([*said, *parts])})"

    def cells(self, row: SideBySide, width: float) -> tuple[list[Setter], list[str]]:
        """The words of each cell, its footnotes with its setter and a sign in their places."""
        setters = [replace(setter, notes=[], width=width) for setter in self.setters]
        cells = [
            "\n\n".join(self._item(setter, item) for item in cell)
            for setter, cell in zip(setters, row.cells, strict=True)
        ]
        return setters, cells

    def _item(self, setter: Setter, item: Head | Passage | Notice) -> str:
        match item:
            case Head():
                return f"#{head_of(setter, item)}"
            case Notice():
                return f"#notice({setter.content(item.words)})"
            case Passage():
                words = setter.blocks(item.blocks)
                return f"#pending[\n{words}\n]" if item.mark else words

    def _with_notes(self, setters: Sequence[Setter], cells: Sequence[str]) -> list[str]:
        """The cells with their footnotes: those with one number stand beside each other."""
        said = [setter.notes or [] for setter in setters]
        bodies = list(cells)
        if not any(said):
            return bodies
        shared = setters[0].shared
        for number, words in enumerate(zip_longest(*said)):
            holder = next(place for place, body in enumerate(words) if body is not None)
            parts = ", ".join(
                "none" if body is None else f"({quoted(setter.language)}, [{body}])"
                for setter, body in zip(setters, words, strict=True)
            )
            shared.counts["note"] = shared.counts.get("note", 0) + 1
            name = f"note-{shared.counts['note']}"
            for place, body in enumerate(words):
                call = f"#footnote(both-notes({parts}))<{name}>"
                if place != holder:
                    call = f"#footnote(<{name}>)"
                if body is not None:
                    bodies[place] = bodies[place].replace(NOTE.format(number), call)
        return bodies

    # -- across -----------------------------------------------------------------------------------

    def _across(self, item: Passage | Notice) -> str:
        """What is the same on all sides, or said by the edition itself, over the whole width."""
        setter = replace(self.setters[0], width=WHOLE_MM)
        words = self._item(setter, item)
        return f"#across-both({quoted(setter.language)})[\n{words}\n]"

    def _figure(self, item: SharedFigure) -> str:
        """One picture with the captions of all sides."""
        found = [drawn(replace(setter, width=WHOLE_MM), figure["c"])
                 for setter, figure in zip(self.setters, item.figures, strict=True)]  # fmt: skip
        there = [one for one in found if one is not None]
        if len(there) < len(found):  # said in words, which every side has its own of
            cells = tuple((Passage("original", "", (figure,)),) for figure in item.figures)
            return self._row(SideBySide(cells, item.marks), None)
        captions, places = [], []
        for setter, one in zip(self.setters, there, strict=True):
            prefix = setter.next_number("figure") if one.caption else "none"
            captions.append(f"({quoted(setter.language)}, {prefix}, {setter.content(one.caption)})")
            places += [setter.anchor(identifier) for identifier in one.ids]
        alternative = " / ".join(dict.fromkeys(one.alternative for one in there))
        return (
            f"{''.join(places)}#shared-picture({quoted(there[0].file)}, "
            f"width: {there[0].width:.1f}mm, alt: {quoted(alternative)}, {', '.join(captions)})"
        )


def options(row: SideBySide, heads: bool, leads: bool) -> list[str]:
    """What a row says of itself: its states, and whether it begins with or leads to something."""
    marks = array(f"[{markup(mark)}]" if mark else "none" for mark in row.marks)
    said = [f"marks: {marks}"] if any(row.marks) else []
    return [*said, *(["heads: true"] if heads else []), *(["leads: true"] if leads else [])]


def _whole(row: SideBySide) -> bool:
    """Whether a row holds what is not cut where a page ends."""
    blocks: Blocks = tuple(block for cell in row.cells for block in together.blocks_of(cell))
    return any(node["t"] in _WHOLE for node in blocks)
