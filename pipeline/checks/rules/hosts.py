"""The next meeting: who holds it, where and when, on both sides or on neither."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.reading import reading
from pipeline.checks.register import named

_YEARS = range(1990, 2200)


def next_host(pair: Pair) -> Iterator[Finding]:
    """Where a text announces the next edition, place and year stand on both sides."""
    if not all(_announces(side) for side in pair.sides):
        return
    years = [_years(side) for side in pair.sides]
    if bool(years[0]) != bool(years[1]):
        one, other = (", ".join(map(str, sorted(found))) for found in years)
        yield Finding("check-host", one, other, _lines(pair))
    placed = [_places(side, pair) for side in pair.sides]
    if bool(placed[0]) != bool(placed[1]):
        yield Finding("check-host", placed[0], placed[1], _lines(pair))


def _announces(side: Side) -> bool:
    """An edition with words of the future, or « prochaines Rencontres », 次回."""
    numbered = bool(reading(side.text, side.language).editions)
    match = side.known.words("hosts.next").search(side.text)
    return match is not None and (
        numbered or side.known.words("hosts.sure").search(side.text) is not None
    )


def _years(side: Side) -> set[int]:
    read = reading(side.text, side.language)
    years = {int(v) for q in read.quantities for v in q.values if v in _YEARS}
    return years | {day.year for day in read.days if day.year}


def _places(side: Side, pair: Pair) -> str:
    for name in named(pair.facts, (pair.one.language, pair.other.language), side):
        if not name.person:
            return name.core[side.language]
    match = side.known.words("hosts.place").search(side.text)
    return next((g for g in match.groups() if g), "") if match else ""


def _lines(pair: Pair) -> tuple[int, int]:
    return tuple(  # type: ignore[return-value]
        side.line(m.start()) if (m := side.known.words("hosts.next").search(side.text)) else 0
        for side in pair.sides
    )
