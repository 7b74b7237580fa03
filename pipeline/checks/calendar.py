"""Dates, weekdays and hours of a text, whatever its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.checks.days import Day, blank
from pipeline.checks.days_myriad import myriad_days, years
from pipeline.checks.days_spaced import spaced_days, spaced_years
from pipeline.checks.figures import has_figures
from pipeline.checks.knowledge import Knowledge
from pipeline.checks.quantities import Quantity, Strength

_NOON = 12
_DAY = 24 * 60
_SPAN = re.compile(r"([0-9]{1,2})時間([0-9]{1,2})分")
_EVENING = re.compile(r"\s+(?:du\s+soir|de\s+l'après-midi)")
_SPACED_HOUR = re.compile(
    r"(?<![\w,.])(?P<hour>[01]?[0-9]|2[0-4])(?:\s?h(?:\s?(?P<minute>[0-5][0-9]))?(?!\w)|:(?P<minute2>[0-5][0-9])(?![0-9:])|\s+heures(?:\s+(?P<minute3>[0-5][0-9]))?)"
)
_MYRIAD_HOUR = re.compile(
    r"(?P<half>午前|午後)?(?P<hour>[0-9]{1,2})(?:時(?!間)(?:(?P<minute>[0-9]{1,2})分|(?P<thirty>半))?|:(?P<minute2>[0-5][0-9])(?![0-9:]))"
)


@dataclass(frozen=True)
class Calendar:
    """The dates and the hours of a text, years by themselves, and the text without all these."""

    days: tuple[Day, ...]
    others: tuple[Quantity, ...]
    rest: str


def calendar(text: str, known: Knowledge) -> Calendar:
    """The dates and hours in ``text``; what they take is blank in the rest."""
    if known.reader == "figures":
        return Calendar((), (), text)
    days = spaced_days(text, known) if known.reader == "spaced" else myriad_days(text, known)
    checked = tuple(_checked(day) for day in _complete(days))
    rest = blank(text, [(day.start, day.end) for day in checked])
    others = tuple(years(rest, known) if known.reader == "myriad" else spaced_years(rest, known))
    others += tuple(_hours(blank(rest, [(q.start, q.end) for q in others]), known))
    return Calendar(checked, others, blank(rest, [(q.start, q.end) for q in others]))


def _complete(days: Iterable[Day]) -> Iterator[Day]:
    """A day that says no year or month has that of the other end of its range."""
    items = sorted(days, key=lambda day: day.start)
    for index, day in enumerate(items):
        for near in (*items[index + 1 : index + 2], *items[max(0, index - 1) : index]):
            if day.ranged and near.ranged and day.year is None:
                day = replace(day, year=near.year, month=day.month or near.month)  # noqa: PLW2901
        yield day


def _checked(day: Day) -> Day:
    if day.wrong:
        return day
    if day.year and day.month and day.day and day.date is None:
        return replace(day, wrong="date")
    date = day.date
    if date and day.weekday is not None and date.weekday() != day.weekday:
        return replace(day, wrong="weekday")
    return day


def _hours(text: str, known: Knowledge) -> Iterable[Quantity]:
    """Clock times in minutes; « 1 h 40 » may also be a length of time."""
    for match in _SPAN.finditer(text) if known.reader == "myriad" else ():
        length = frozenset({("minute", Fraction(int(match[1]) * 60 + int(match[2])))})
        yield Quantity(match.start(), match.end(), match[0], frozenset(), length)
    yield from _noons(text, known)
    pattern = _SPACED_HOUR if known.reader == "spaced" else _MYRIAD_HOUR
    for match in pattern.finditer(text) if has_figures(text) else ():
        groups = match.groupdict()
        minute = next((groups[k] for k in ("minute", "minute2", "minute3") if groups.get(k)), None)
        minutes = 30 if groups.get("thirty") else int(minute or 0)
        hours = set(_readings(int(match["hour"]), groups.get("half"), text[match.end() :]))
        base = {(d, Fraction(h * 60 + minutes)) for h in hours for d in ("clock", "minute")}
        values = frozenset[Fraction]()
        if not minutes and ":" not in match[0]:
            values = frozenset(Fraction(h) for h in hours)
        yield Quantity(
            match.start(), match.end(), " ".join(match[0].split()), values, frozenset(base)
        )


def _noons(text: str, known: Knowledge) -> Iterable[Quantity]:
    """« midi et demi », which may answer 12時半."""
    for word, start in known.raw.get("noon", {}).items():
        if word not in text:
            continue
        for match in re.finditer(rf"(?<!\w){word}(\s+et\s+demie?)?(?!\w)", text):
            starts = {start, start or _DAY}  # midnight ends a day too: 24時
            base = {("clock", Fraction(minute + (30 if match[1] else 0))) for minute in starts}
            yield Quantity(
                match.start(), match.end(), match[0],
                frozenset(Fraction(minute, 60) for minute in starts), frozenset(base),
                strength=Strength.COVER,
            )  # fmt: skip


def _readings(hour: int, half: str | None, after: str) -> Iterator[int]:
    """The hour of the day: 午後6時 is eighteen, « 6 heures du soir » too, 6 may be either."""
    if half != "午後":
        yield hour
    if hour < _NOON and (half == "午後" or (half is None and _EVENING.match(after))):
        yield hour + _NOON
