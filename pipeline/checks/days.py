"""A date as a text says it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.checks.knowledge import Knowledge


@dataclass(frozen=True)
class Day:
    """A date as far as it is said: ``year``, ``month``, ``day`` and ``weekday`` (0: Monday).

    ``wrong`` is what makes it impossible in itself: ``era`` or ``weekday``, "" nothing.
    """

    start: int
    end: int
    shown: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    ranged: bool = False
    wrong: str = ""

    def agrees(self, other: Day) -> bool:
        """Whether nothing that both say differs, the weekday aside, and both say something."""
        mine, theirs = (self.year, self.month, self.day), (other.year, other.month, other.day)
        both = [
            (a, b) for a, b in zip(mine, theirs, strict=True) if a is not None and b is not None
        ]
        same_day = (self.day is None) == (other.day is None)
        return bool(both) and all(a == b for a, b in both) and (same_day or len(both) > 1)

    @property
    def date(self) -> datetime.date | None:
        """The date, where it is complete and there is one."""
        if not (self.year and self.month and self.day):
            return None
        try:
            return datetime.date(self.year, self.month, self.day)
        except ValueError:
            return None


def weekdays(text: str, known: Knowledge) -> Iterator[tuple[int, tuple[int, str]]]:
    """The weekdays that ``text`` names (« le jeudi », 月・水曜日): first place and word of each."""
    named: Sequence[str] = known.raw.get("weekdays", ())
    found: dict[int, tuple[int, str]] = {}
    for match in known.words("weekday").finditer(text):
        for day, name in enumerate(named):
            if name in match[0].lower():
                found.setdefault(day, (match.start(), match[0]))
    yield from found.items()


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with ``spans`` made blank, lines and length kept."""
    taken = list(spans)
    if not taken:
        return text
    characters = list(text)
    for start, end in taken:
        for index in range(start, end):
            if characters[index] != "\n":
                characters[index] = "\u2060"  # no word, no space: nothing is read across it
    return "".join(characters)
