"""Rows shared out among openings: two pages that face each other and hold the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.texts.pandoc import Node

_NOTES_ABOVE = 14.0  # points: the line above footnotes, and what is left over it


@dataclass(frozen=True)
class Placed:
    """A row as it stands on both pages: its height, and those of each side's footnotes.

    Its cells begin level, or end so (``ends``).
    """

    cells: tuple[Sequence[Node], ...]
    height: float
    notes: tuple[tuple[float, ...], ...]
    leads: bool = False
    ends: bool = False


def openings(rows: Sequence[Placed], room: float, top: float) -> list[list[Placed]]:
    """Rows shared out among openings, in order, below the title of the first one.

    A row that needs more than a page is alone.
    """
    found: list[list[Placed]] = []
    current: list[Placed] = []
    for row in rows:
        if current and not fit([*current, row], room, 0 if found else top):
            carried: list[Placed] = []
            while len(current) > 1 and current[-1].leads:
                carried.insert(0, current.pop())
            found.append(current)
            current = carried
        current.append(row)
    return [*found, current] if current or not found else found


def fit(rows: Sequence[Placed], room: float, top: float) -> bool:
    """Whether rows have room on a page below what stands on top, with their notes."""
    sides = zip(*(row.notes for row in rows), strict=True) if rows else ()
    notes = max((sum(map(sum, side)) for side in sides), default=0)
    foot = notes + _NOTES_ABOVE if notes else 0
    return top + sum(row.height for row in rows) <= room - foot
