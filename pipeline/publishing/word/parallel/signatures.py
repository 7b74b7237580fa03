"""Who signs, as tables for pandoc: the parties side by side, or one below the other.

Side by side a column is a party's, and a row those who stand at the same place of each: it is never
parted. One below the other, a column is a language's and the last one is to sign in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from pipeline.proceedings.book import Inlines
from pipeline.proceedings.parallel import ParallelBook, Party, Signatory
from pipeline.publishing.pages.abreast import is_abreast
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.rows import SIDE, Row, said_by, table
from pipeline.publishing.word.text import Setter
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

# In twips: between columns of parties and of names; the width and height of a signature, the height
# of a name where nobody signs.
_GUTTER, _NAMES_GUTTER, _TO_SIGN, _ROOM, _ROOM_FOR_NAMES = 520, 240, 2400, 1134, 850


def signatures(book: ParallelBook, setters: Sequence[Setter], width: int) -> Iterator[Node]:
    """The tables of all parties, ``width`` twips wide, each after a paragraph that holds it."""
    style = setters[0].styles["actes head"]
    between = x.quoted(setters[0].styles["actes section end"])
    signed = bool(book.initials)
    if is_abreast(book):
        tables = [list(_abreast(book.parties, setters, signed))]
        widths, gutter = [width // len(book.parties)] * len(book.parties), _GUTTER
    else:
        tables = [list(_alone(party, setters, signed)) for party in book.parties]
        to_sign = [_TO_SIGN] if signed else []
        each = (width - sum(to_sign)) // len(setters)
        widths, gutter = [each] * len(setters) + to_sign, _NAMES_GUTTER
    # In the first table, so that no program parts it from the names (LibreOffice would).
    heads = _each_language("Section", [[title] for title in book.signatures_title], setters)
    for number, rows in enumerate(tables):
        yield x.block(f'<w:p><w:pPr><w:pStyle w:val="{between}"/><w:keepNext/></w:pPr></w:p>')
        title = [] if number else [Row([heads], head=True, ruled=True)]
        yield from table([*title, *rows], widths, gutter, style)


def _abreast(parties: Sequence[Party], setters: Sequence[Setter], signed: bool) -> Iterator[Row]:
    heads = [_each_language("Party", [[name] for name in p.names], setters) for p in parties]
    yield Row(heads, head=True)
    to_sign = x.quoted(setters[0].styles["actes parallel to sign"])
    line = [x.block(f'<w:p><w:pPr><w:pStyle w:val="{to_sign}"/></w:pPr></w:p>')] if signed else []
    for people in zip_longest(*(party.signatories for party in parties)):
        cells = [
            [*line, *_each_language("Signatory", person.lines, setters)] if person else []
            for person in people
        ]
        yield Row(cells, room=0 if signed else _ROOM_FOR_NAMES)


def _each_language(
    role: str, said: Sequence[Sequence[Inlines]], setters: Sequence[Setter]
) -> list[Node]:
    """The lines of all languages in one cell, each in a paragraph of its own side."""
    return [
        ast.styled(
            f"Actes Parallel {role}{' Next' if number and not place else ''}",
            [x.inline(f"<?{SIDE} {number}?>"), *setter.inlines(line)],
        )
        for number, (setter, lines) in enumerate(zip(setters, said, strict=True))
        for place, line in enumerate(lines)
    ]


def _alone(party: Party, setters: Sequence[Setter], signed: bool) -> Iterator[Row]:
    names = Signatory(tuple((name,) for name in party.names))
    yield Row(_by_side("Party", names, setters, signed), head=True)
    for person in party.signatories:
        cells = _by_side("Signatory", person, setters, signed)
        yield Row(cells, room=_ROOM if signed else _ROOM_FOR_NAMES, line=signed)


def _by_side(
    role: str, said: Signatory, setters: Sequence[Setter], signed: bool
) -> list[Sequence[Node]]:
    cells: list[Sequence[Node]] = [
        said_by(
            number,
            [ast.styled(f"Actes Parallel {role}", setter.inlines(line)) for line in lines],
        )
        for number, (setter, lines) in enumerate(zip(setters, said.lines, strict=True))
    ]
    return [*cells, []] if signed else cells
