"""A row of an exchange file, on its way out and on its way back, whatever the format.

A format is a pair of functions between rows and bytes. It knows nothing of files, of the workspace,
or of what becomes of a row: `incoming` decides that for all formats alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.errors import Place, Problem
from pipeline.review.items import Seen
from pipeline.translation.marker import State
from pipeline.wording import INTERFACE_LANGUAGES, interface_language, say


class Standing(StrEnum):
    """How far a translation is, in the words that all tools have in some form."""

    NEW = "new"
    DRAFT = "draft"
    DONE = "done"
    APPROVED = "approved"


STANDINGS: Mapping[State, Standing] = {
    State.MISSING: Standing.NEW,
    State.MACHINE: Standing.DRAFT,
    State.STALE: Standing.DRAFT,
    State.EDITED: Standing.DONE,
    State.REVIEWED: Standing.APPROVED,
}

_RECORD = re.compile(r"actes:1((?: [0-9a-f]{8}| -){4}) (new|draft|done|approved)")


@dataclass(frozen=True)
class Row:
    """An item as an exchange file shows it.

    ``key`` names it (``PATH#3``), ``place`` is where its source stands. ``proposal`` and
    ``remarks`` are for the translator to read; tools do not give them back.
    """

    key: str
    place: Place
    source: str
    text: str
    seen: Seen
    state: State
    source_then: str = ""
    proposal: str = ""
    note: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def standing(self) -> Standing:
        """How far it is."""
        return STANDINGS[self.state]

    @property
    def changed(self) -> bool:
        """Whether its source is no longer the one that its translation answers to."""
        return self.state is State.STALE and bool(self.source_then)

    @property
    def record(self) -> str:
        """What was seen, in one line that tools carry along: what comes back is judged by it.

        Written in the file itself: no list of what was sent is kept anywhere, so that a file
        answers to the workspace it came from wherever that was copied (laws 2 and 3).
        """
        seen = (self.seen.source, self.seen.text, self.seen.proposal, self.seen.note)
        return f"actes:1 {' '.join(mark or '-' for mark in seen)} {self.standing}"


@dataclass(frozen=True)
class Bundle:
    """The rows of one file: all from ``source`` into ``target``, as language tags."""

    rows: tuple[Row, ...]
    source: str
    target: str
    title: str

    @property
    def language(self) -> str:
        """The language in which the file speaks to the translator: theirs, where Actes knows it."""
        return self.target if self.target in INTERFACE_LANGUAGES else interface_language()

    def say(self, key: str) -> str:
        """A sentence for the translator."""
        return say(key, self.language)


@dataclass(frozen=True)
class Returned:
    """A row that came back: what was seen when it left, and what it says now.

    ``text`` is None where the tool gave nothing that could be read (``problem`` says why), ``note``
    None where a format or a tool carries none, ``source`` the original as the file shows it, None
    where that is not looked at. ``place`` is where in the returned file it stands.
    """

    key: str
    seen: Seen
    sent: Standing
    text: str | None
    standing: Standing
    place: Place
    note: str | None = None
    problem: Problem | None = None
    source: str | None = None


@dataclass(frozen=True)
class Returns:
    """What a returned file holds.

    ``count`` is how many rows it had when it left, None where it does not say; ``absent`` the
    numbers of those that are not there, where a format numbers them. ``problems`` are rows that
    could not be read at all, ``remarks`` what was done to rows and asks for nothing.
    """

    rows: tuple[Returned, ...]
    count: int | None
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    absent: tuple[int, ...] = ()


def parse_record(text: str) -> tuple[Seen, Standing] | None:
    """What `Row.record` says, wherever it stands in ``text``; None where it is not there.

    >>> parse_record("actes:1 0a1b2c3d - - - new")
    (Seen(source='0a1b2c3d', text='', proposal='', note=''), <Standing.NEW: 'new'>)
    """
    match = _RECORD.search(text)
    if match is None:
        return None
    marks = ["" if mark == "-" else mark for mark in match[1].split()]
    return Seen(*marks), Standing(match[2])
