"""Dates, eras, weekdays and ranges of dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from pipeline.checks.days import Day, weekdays
from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.reading import Reading, reading

_NEAR = 16  # characters beside a date that say whether it is included
_SOME_YEAR = 2023
_FIRST = 1


def dates(pair: Pair) -> Iterator[Finding]:
    """Every date of each side stands in the other, weekday and both ends of a range included."""
    one, other = (reading(side.text, side.language) for side in pair.sides)
    figures = [side.known.figures_only for side in pair.sides]
    lost = [day for day in one.days if not _there(day, other, figures[1])]
    gone = [day for day in other.days if not _there(day, one, figures[0])]
    for day in list(lost):
        twin = _nearest(day, gone)
        if twin is not None:
            gone.remove(twin)
            lost.remove(day)
            if not {"era", "date"} & {day.wrong, twin.wrong} and not _next_to(pair, day, twin):
                yield _finding("check-date", pair, day, twin)
    for day in lost:
        yield _finding("check-range" if day.ranged else "check-date-absent", pair, day, None)
    for day in gone:
        yield _finding("check-range" if day.ranged else "check-date-absent", pair, None, day)
    yield from _weekdays(pair, one, other)
    yield from _recurring(pair, one, other)


def _there(day: Day, other: Reading, figures: bool) -> bool:
    """Whether a date stands on the other side; the month may be a word that nobody knows there."""
    if any(day.agrees(candidate) for candidate in other.days):
        return True
    parts = (day.year, day.day) if figures else (day.year, day.month, day.day)
    said = {value for value in parts if value is not None}
    if not figures and len(said) != 1:
        return False
    counted = {int(v) for q in other.quantities for v in q.values if v.denominator == 1}
    counted |= {v for d in other.days for v in (d.year, d.month, d.day) if v is not None}
    # A month or a day by itself may be a number there; a whole date is one only as a date.
    return said <= counted


def _next_to(pair: Pair, one: Day, other: Day) -> bool:
    """« après le 31 mars » and 4月1日以降: the last day of a month, and the first of the next.

    Within a month « avant le 31 » is said for 31日まで as well: there another day is another.
    """
    if _FIRST not in (one.day, other.day):
        return False
    both = (one, pair.one, other), (other, pair.other, one)
    return any(_beyond(day, side) == (twin.month, twin.day) for day, side, twin in both)


def _beyond(day: Day, side: Side) -> tuple[int, int] | None:
    """The first day after « après le », the last before より前; None without such words."""
    before, after = side.text[max(0, day.start - _NEAR) : day.start], side.text[day.end :][:_NEAR]
    words = f"{before}\u2060{after}"
    for name, step in (("days.after", 1), ("days.before", -1)):
        if day.month and day.day and side.known.words(name).search(words):
            date = replace(day, year=day.year or _SOME_YEAR).date
            beyond = date + timedelta(step) if date else None
            return (beyond.month, beyond.day) if beyond else None
    return None


def _nearest(day: Day, others: list[Day]) -> Day | None:
    """The date that most likely stands for ``day``: the one that has most in common."""

    def common(other: Day) -> int:
        mine, theirs = (day.year, day.month, day.day), (other.year, other.month, other.day)
        return sum(a is not None and a == b for a, b in zip(mine, theirs, strict=True))

    return max(others, key=common) if others else None


def _weekdays(pair: Pair, one: Reading, other: Reading) -> Iterator[Finding]:
    seen: set[int] = set()
    for day in one.days:
        twins = [d for d in other.days if day.agrees(d) and d.day == day.day]
        said = [d for d in twins if d.weekday is not None]
        if day.weekday is not None and said and all(d.weekday != day.weekday for d in said):
            seen |= {id(day), *(id(d) for d in said)}
            yield _finding("check-weekday", pair, day, said[0])
    for day in one.days:
        if day.wrong == "weekday" and id(day) not in seen:
            yield _finding("check-weekday", pair, day, None)
    for day in other.days:
        if day.wrong == "weekday" and id(day) not in seen:
            yield _finding("check-weekday", pair, None, day)


def _recurring(pair: Pair, one: Reading, other: Reading) -> Iterator[Finding]:
    """« tous les jeudis » and 毎週火曜日: a weekday without a date, another on the other side."""
    dated = [{day.weekday for day in read.days} for read in (one, other)]
    said = [
        dict(weekdays(read.rest, side.known))
        for read, side in zip((one, other), pair.sides, strict=True)
    ]
    lost = [day for day in said[0] if day not in said[1] and day not in dated[1]]
    gone = [day for day in said[1] if day not in said[0] and day not in dated[0]]
    for mine, theirs in zip(lost, gone, strict=False):
        (at, word), (place, instead) = said[0][mine], said[1][theirs]
        lines = pair.one.line(at), pair.other.line(place)
        yield Finding("check-weekday", word, instead, lines)


def eras(pair: Pair) -> Iterator[Finding]:
    """Each date is one: an era had that day, and both years of 令和6年(2024年) are the same."""
    for index, side in enumerate(pair.sides):
        read = reading(side.text, side.language)
        for day in read.days:
            if day.wrong in ("era", "date"):
                rule = "check-era" if day.wrong == "era" else "check-date-impossible"
                yield _on(rule, index, day.shown, side.line(day.start))
        for quantity in read.numbers:
            if quantity.bound == "wrong-era":
                yield _on("check-era", index, quantity.shown, side.line(quantity.start))


def _on(rule: str, index: int, shown: str, line: int) -> Finding:
    if index:
        return Finding(rule, "", shown, (0, line))
    return Finding(rule, shown, "", (line, 0))


def _finding(rule: str, pair: Pair, one: Day | None, other: Day | None) -> Finding:
    return Finding(
        rule, one.shown if one else "", other.shown if other else "",
        (pair.one.line(one.start) if one else 0, pair.other.line(other.start) if other else 0),
    )  # fmt: skip
