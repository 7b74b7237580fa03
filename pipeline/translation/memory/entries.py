"""What a memory holds: units with their translation, how far each is vouched for, and from where.

A match is offered; it never makes anything reviewed (law 3). Nothing of a confidential original
is ever an entry (law 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How far an entry may be trusted, best first; ``tmx`` is what another tool said."""

    REVIEWED = "reviewed"
    EDITED = "edited"
    TMX = "tmx"
    MACHINE = "machine"


RANK = {standing.value: place for place, standing in enumerate(Standing)}
"""The place of a state among the others: the lower, the better."""


@dataclass(frozen=True)
class Entry:
    """A unit and its translation.

    ``state`` is a `Standing`; ``where`` a file, with a line or the name of a metadata value;
    ``before`` the fingerprint of the unit before it in its text, empty at the start of a text and
    where it is not known.
    """

    source_language: str
    target_language: str
    source: str
    target: str
    state: str
    where: str
    before: str = ""


@dataclass(frozen=True)
class Input:
    """A file that entries come from: its ``name``, a ``digest`` of all that decides what they are,
    and ``read``, called only when the digest is new; it may raise ActesError."""

    name: str
    digest: str
    read: Callable[[], Iterable[Entry]]
