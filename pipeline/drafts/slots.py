"""The next free session of an event: a proposal, which the organiser checks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.workspace.event import Event

TIMES = ("09:30-11:00", "11:15-12:45", "14:00-15:30", "15:45-17:15")
"""Proposed until the sessions of an event show its own timetable."""


@dataclass(frozen=True, order=True)
class Slot:
    """A session's date, time (``HH:MM-HH:MM``) and room (None: not known)."""

    date: datetime.date
    time: str
    room: str | None


def overlap(one: str, other: str) -> bool:
    """Whether two times of one day overlap.

    >>> overlap("09:30-11:00", "10:30-12:00"), overlap("09:30-11:00", "11:00-12:00")
    (True, False)
    """
    (start, end), (begin, finish) = one.split("-"), other.split("-")
    return start < finish and begin < end


def free_slot(
    event: Event,
    taken: Iterable[Slot],
    date: datetime.date | None = None,
    time: str | None = None,
    room: str | None = None,
) -> Slot:
    """The first slot that no session has; what is given (``date``, ``time``, ``room``) stands.

    When nothing is free, the last slot without a room: two sessions at once need two rooms.
    """
    known = list(taken)
    dates = [date] if date else _days(event)
    times = [time] if time else _times(known)
    rooms: list[str | None] = [room] if room else [*event.rooms] or [None]
    candidates = [Slot(d, t, r) for d in dates for t in times for r in rooms]
    for slot in candidates:
        if not any(_clash(slot, other) for other in known):
            return slot
    return candidates[-1] if room else Slot(dates[-1], times[-1], None)


def _times(known: Iterable[Slot]) -> list[str]:
    """The times of the event's sessions, when there are enough to make out its timetable."""
    own = {slot.time for slot in known}
    return sorted(own if len(own) >= len(TIMES) else own | set(TIMES))


def _clash(slot: Slot, other: Slot) -> bool:
    return slot.date == other.date and slot.room == other.room and overlap(slot.time, other.time)


def _days(event: Event) -> list[datetime.date]:
    """The days of the event, at most a month of them."""
    count = min((event.dates.end - event.dates.start).days, 30)
    return [event.dates.start + datetime.timedelta(n) for n in range(count + 1)]
