"""Texts in parallel as PDF: the declaration, clause beside clause, with its signature block.

The page is `templates/typst/parallel.typ`. Rows are layout, not data: a screen reader reads a row
across, each cell in its own language, then the next row (PDF/UA-1, 7.2 and 7.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.declaration.reading_copy import reading_of
from pipeline.proceedings.book import Blocks, Book, Chapter, Inlines, Passage, Side
from pipeline.proceedings.parallel import ParallelBook, ParallelRow, Signatory
from pipeline.publishing import fonts
from pipeline.publishing.pages.abreast import is_abreast
from pipeline.publishing.typst import pdf as typst
from pipeline.publishing.typst.book import Composition, targets
from pipeline.publishing.typst.markup import array, markup, quoted
from pipeline.publishing.typst.sides import WHOLE_MM, manner
from pipeline.publishing.typst.text import Setter, Shared
from pipeline.texts.ast import plain_text

_OPENING = '#import "volume.typ": *\n#import "parallel.typ": *\n#show: volume\n#show: facing\n'


def source(book: ParallelBook) -> str:
    """The whole Typst document; it imports the templates beside it."""
    return _compose(book).text


def pdf(book: ParallelBook, work: Path, templates: Path) -> bytes:
    """The parallel edition as PDF/UA-1 and PDF/A-2a, made in a fresh folder under ``work``.

    Raises ActesError: ``glyph-missing`` and the rules of `typst_run.run`.
    """
    composition = _compose(book)
    for number, side in enumerate(book.sides):
        fonts.check(_volume(book, side), composition.text, list(_pieces(book, number)))
    house = typst.house(_volume(book, book.sides[0]), composition.languages, _sides(book))
    return typst.set_in_type(_volume(book, book.sides[0]), composition, house, {}, work, templates)


def _volume(book: ParallelBook, side: Side) -> Book:
    """What the page has in common with a volume's: properties, and the fonts of a side."""
    return Book(
        side.language, book.title, "", book.author, (), book.date, book.draft, side.style,
        side.labels, (),
    )  # fmt: skip


# -- what a side prints -------------------------------------------------------------------------


def _pieces(book: ParallelBook, number: int) -> Iterator[Chapter]:
    """The words of a side by the place they stand in, for messages."""
    side = book.sides[number]
    title = plain_text(side.title)
    around = (book.draft_marks, book.marks, book.closing, book.initials)
    yield _piece(title, side.title, book.subtitle[number], book.signatures_title[number],
                 *(words[number : number + 1] for words in around))  # fmt: skip
    for row in book.rows:
        yield _piece(_place(row, number), row.cells[number], *row.marks[number : number + 1])
    for party in book.parties:
        lines = [person.lines[number] for person in party.signatories]
        yield _piece(plain_text(party.names[number]), party.names[number], *lines)


def _place(row: ParallelRow, number: int) -> str:
    heads = [block for block in row.cells[number][:1] if block["t"] == "Header"]
    return plain_text(heads).strip() or row.id


def _piece(place: str, *content: object) -> Chapter:
    words: Any = content  # looked through for letters only
    return Chapter("", 1, (), place, "", None, (Passage("original", "", words),))


# -- how the sides are set ----------------------------------------------------------------------


def _sides(book: ParallelBook) -> str:
    """Entries of ``house.typ``: the manner of each side, and what stands on every page."""
    setters = _setters(book)
    marks = zip(book.sides, book.draft_marks if book.draft else (), strict=False)
    forms = {side.labels.get("page-of", "{page} / {pages}"): side for side in reversed(book.sides)}
    parties = (_words(setters, party.names) for party in book.parties if book.initials)
    return (
        f"  sides: ({', '.join(map(manner, book.sides))}),\n"
        f"  titles: {_words(setters, [_unread(side.title) for side in book.sides])},\n"
        f"  marks: {array(f'({quoted(s.language)}, [{markup(mark)}])' for s, mark in marks)},\n"
        f"  initials: {_words(setters, book.initials) if book.initials else '()'},\n"
        f"  parties: {array(parties)},\n"
        f"  one-page: {str(book.one_page).lower()},\n"
        f"  large: {str(book.large).lower()},\n"
        f"  page-numbers: {array(_page_number(s, form) for form, s in forms.items())},\n"
    )


def _unread(words: Inlines) -> Inlines:
    """Words without the readings over them, for the head of a page."""
    return tuple(one for node in words for one in (node["c"][1] if reading_of(node) else [node]))


def _page_number(side: Side, form: str) -> str:
    before, _, rest = form.partition("{page}")
    between, _, after = rest.partition("{pages}")
    parts = ", ".join(f"[{markup(words)}]" for words in (before, between, after))
    return f"({quoted(side.language)}, {parts})"


# -- the document -------------------------------------------------------------------------------


def _setters(book: ParallelBook) -> list[Setter]:
    """A setter a side: each counts its own figures and headings, ids are those of the whole."""
    found = targets(book.rows)
    shared = [Shared(found, {}, side.labels) for side in book.sides]
    for other in shared[1:]:
        other.used, other.languages = shared[0].used, shared[0].languages
    shared[0].languages.update(side.language for side in book.sides)
    width = WHOLE_MM / len(book.sides)
    return [
        Setter(own, side.language, width=width)
        for own, side in zip(shared, book.sides, strict=True)
    ]


def _compose(book: ParallelBook) -> Composition:
    setters = _setters(book)
    titles = _words(setters, [side.title for side in book.sides])
    marks = array(f"[{markup(mark)}]" for mark in book.marks)
    parts = [
        f"{_OPENING}#titles({titles}, {_words(setters, book.subtitle)}, {marks})\n",
        *(_row(setters, row) for row in book.rows),
        _closing(setters, book.closing),
        _signatures(setters, book),
    ]
    places, line = [], 1
    for part, row in zip(parts, [None, *book.rows, None, None], strict=True):
        places.append((line, _place(row, 0) if row else ""))
        line += part.count("\n") + 1
    languages = frozenset(setters[0].shared.languages)
    return Composition("\n".join(parts), languages, tuple(places))


def _words(setters: Sequence[Setter], words: Iterable[Inlines]) -> str:
    """An array of language and content, a pair a side."""
    return array(
        f"({quoted(setter.language)}, [{setter.inlines(side)}])"
        for setter, side in zip(setters, words, strict=True)
    )


def _row(setters: Sequence[Setter], row: ParallelRow) -> str:
    # The row's id goes before the same id on a heading of either side.
    place = setters[0].anchor(row.id)
    marks = row.marks or [""] * len(setters)
    cells = (_cell(*said) for said in zip(setters, row.cells, marks, strict=True))
    # A section that says something itself may go on on the next page, as a clause may.
    heads = row.kind == "section" and all(len(cell) <= 1 for cell in row.cells)
    return f"#{'section' if heads else 'clause'}-row([{place}], {', '.join(cells)})\n"


def _cell(setter: Setter, cell: Blocks, mark: str) -> str:
    """A language, the head of the cell with its state, and what follows, as an array."""
    heads = [block for block in cell[:1] if block["t"] == "Header"]
    head, body = setter.blocks(heads), setter.blocks(cell[len(heads) :])
    language = quoted(setter.language)
    state = f"#standing({language}, [{markup(mark)}])" if mark else ""
    return f"({language}, [{head}\n\n{state}], [\n{body}\n])"


def _closing(setters: Sequence[Setter], formulas: Sequence[Blocks]) -> str:
    if not formulas:
        return ""
    cells = (
        f"({quoted(setter.language)}, [{setter.blocks(formula)}])"
        for setter, formula in zip(setters, formulas, strict=True)
    )
    return f"#closing({', '.join(cells)})\n"


def _signatures(setters: Sequence[Setter], book: ParallelBook) -> str:
    if not book.parties:
        return ""
    for setter in setters:
        setter.level(1)
    parties = ", ".join(
        f"({_words(setters, party.names)}, "
        f"{array(_signatory(setters, person) for person in party.signatories)})"
        for party in book.parties
    )
    abreast = str(is_abreast(book)).lower()
    return f"#signatures({_words(setters, book.signatures_title)}, abreast: {abreast}, {parties})\n"


def _signatory(setters: Sequence[Setter], person: Signatory) -> str:
    return array(
        f"({quoted(setter.language)}, {array(f'[{setter.inlines(line)}]' for line in lines)})"
        for setter, lines in zip(setters, person.lines, strict=True)
    )
