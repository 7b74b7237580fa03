"""Texts in parallel as PDF: the declaration, clause beside clause, with its signature block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.proceedings.book import Book, Inlines, ParallelBook, ParallelRow, Side
from pipeline.publishing import fonts, typst
from pipeline.publishing.typst_book import Composition, targets
from pipeline.publishing.typst_markup import array, quoted
from pipeline.publishing.typst_text import Setter, Shared

_ROWS = {"section": "section-row", "clause": "clause-row"}


def source(book: ParallelBook) -> str:
    """The whole Typst document; it imports the templates beside it."""
    return _compose(book).text


def pdf(book: ParallelBook, work: Path, templates: Path) -> bytes:
    """The parallel edition as PDF; raises as `typst.pdf`."""
    composition = _compose(book)
    volume = _as_book(book)
    fonts.check(volume, composition.text, (book,))
    house = typst.house(volume, composition.languages, _manners(book.sides))
    return typst.set_in_type(volume, composition, house, {}, work, templates)


def _as_book(book: ParallelBook) -> Book:
    """What the page has in common with a volume's: properties, foot, and draft mark."""
    first = book.sides[0]
    fonts_of_all = tuple(
        dict.fromkeys(name for side in book.sides for name in side.style.body_fonts)
    )
    labels = {**first.labels, "draft-mark": "\u2002".join(dict.fromkeys(book.draft_marks))}
    style = replace(first.style, body_fonts=fonts_of_all)
    return Book(
        first.language, book.title, "", book.author, (), book.date, book.draft, style, labels, ()
    )


def _manners(sides: Sequence[Side]) -> str:
    """How each side is set, as an entry of ``house.typ``."""
    entries = []
    for side in sides:
        eastern = fonts.is_eastern(side.language)
        entries.append(
            f"{quoted(side.language)}: (eastern: {str(eastern).lower()}, "
            f"size: {'9.2pt' if eastern else '9.8pt'}, "
            f"leading: {'0.66em' if eastern else '0.34em'}, "
            f"weight: {700 if eastern else 600}, "
            f"indent: {'1em' if side.style.indent == '1em' else '0pt'}, "
            f"justify: {str(side.style.justify).lower()})"
        )
    return f"  sides: ({', '.join(entries)}),\n"


def _compose(book: ParallelBook) -> Composition:
    shared = Shared(targets(book.rows), {}, book.sides[0].labels)
    setters = [Setter(shared, side.language) for side in book.sides]
    shared.languages.update(side.language for side in book.sides)
    parts = ['#import "volume.typ": *\n#import "parallel.typ": *\n#show: volume\n#show: facing\n']
    titles = [side.title for side in book.sides]
    parts.append(f"#titles({_words(setters, book.subtitle)}, {_words(setters, titles)[1:-1]})\n")
    parts += [_row(setters, row) for row in book.rows]
    parts.append(_signatures(setters, book))
    return Composition("\n".join(parts), frozenset(shared.languages), ())


def _words(setters: Sequence[Setter], words: Sequence[Inlines]) -> str:
    """An array of language and content, a pair a side."""
    return array(
        f"({quoted(setter.language)}, [{setter.inlines(side)}])"
        for setter, side in zip(setters, words, strict=True)
    )


def _row(setters: Sequence[Setter], row: ParallelRow) -> str:
    cells = []
    place = setters[0].label(row.id)  # the row's, before a heading on either side takes it
    level = setters[0].shared.level
    for setter, blocks in zip(setters, row.cells, strict=True):
        setter.shared.level = level  # both sides stand at the same depth
        cells.append(f"({quoted(setter.language)}, [\n{setter.blocks(blocks)}\n])")
    return f"#{_ROWS[row.kind]}({', '.join(cells)}){place}\n"


def _signatures(setters: Sequence[Setter], book: ParallelBook) -> str:
    if not book.parties:
        return ""
    parties = ", ".join(
        f"({_words(setters, names)}, "
        + array(
            array(
                f"({quoted(setter.language)}, "
                f"{array(f'[{setter.inlines(line)}]' for line in lines)})"
                for setter, lines in zip(setters, person.lines, strict=True)
            )
            for person in signatories
        )
        + ")"
        for names, signatories in book.parties
    )
    return f"#signatures({_words(setters, book.signatures_title)}, {parties})\n"
