"""Texts that stand in columns, row beside row, ready to be set: a book of a kind of its own.

Like a `Book`, it holds final words; the writers of `publishing/` decide what they look like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.proceedings.book import Blocks, Inlines, Side


@dataclass(frozen=True)
class ParallelRow:
    """What stands side by side: one cell a side, in the order of the sides.

    ``section`` rows are headings (each cell one Header of level 1), ``clause`` rows begin with a
    Header of level 2 where the clause has a printed head. ``id`` is the section's or clause's.
    ``formula`` is said of what opens or closes a declaration. ``marks`` are what a draft says of
    the state of each cell; there are none where nothing is to be said.
    """

    kind: Literal["section", "clause"]
    id: str
    cells: tuple[Blocks, ...]
    formula: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signatory:
    """Who signs: for each side, the lines to print, in its own order; the name is strong."""

    lines: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True)
class Party:
    """Who signs together: a name a side, the signatories in the order of protocol.

    ``language`` is the language of the event that is theirs; empty where none is.
    """

    language: str
    names: tuple[Inlines, ...]
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True)
class ParallelBook:
    """Texts in columns, row beside row, with a signature block; none of them is first by rank.

    ``subtitle`` (place and dates), ``closing`` (the formula before the signatures) and
    ``signatures_title`` have one item a side, or none. ``initials`` are the words, a side, beside
    the places for initials on every page; there are none where nobody signs, and then no lines to
    sign on either. What is to fit ``one_page`` is made smaller for it, as far as it stays readable;
    what is to be read out is ``large``, with room for readings over the lines. ``marks`` are what a
    draft says of the state of the titles.
    """

    sides: tuple[Side, ...]
    subtitle: tuple[Inlines, ...]
    rows: tuple[ParallelRow, ...]
    signatures_title: tuple[Inlines, ...]
    parties: tuple[Party, ...]
    title: str
    author: str
    date: str
    draft: bool
    draft_marks: tuple[str, ...]
    closing: tuple[Blocks, ...] = ()
    initials: tuple[Inlines, ...] = ()
    one_page: bool = False
    large: bool = False
    marks: tuple[str, ...] = ()
