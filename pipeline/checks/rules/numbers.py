"""Numbers, magnitudes, units, currencies, percent and points, ranges, exact and approximate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from pipeline.checks.model import Finding, Pair, turned
from pipeline.checks.quantities import CURRENCIES, SAID_SHARE, SHARES, Measure, Quantity, Strength
from pipeline.checks.reading import Reading, reading
from pipeline.checks.rules.exactness import exactness

_LARGE = 1_000  # with a comma or point in it: what these separate are thousands
_SCALES = frozenset(10**n for n in (3, 4, 5, 6, 7, 8, 9, 12))
_TIMES = frozenset({"month", "day", "minute", "clock"})  # 5年生, « cinquième année »
_KINDS = {"month": "time", "minute": "time", "person": "who", "household": "who"}
"""What numbers may be counted by, of one kind: what is paid by the month is not by the year."""


def numbers(pair: Pair) -> Iterator[Finding]:
    """Every number of each side stands in the other, in the same unit, as exactly."""
    one, other = (reading(side.text, side.language) for side in pair.sides)
    if any(side.known.figures_only for side in pair.sides):
        yield from _figures(pair, one, other)
        return
    ours, theirs = one.counted, other.counted
    lost, gone = _unmatched(ours, other), _unmatched(theirs, one)
    if not lost and not gone:
        lost, gone = _uneven(ours, theirs)
    taken = {id(q) for q in (*lost, *gone)}
    yield from _pairs(pair, lost, gone)
    yield from _compared(pair, [q for q in ours if id(q) not in taken], other, False)
    yield from _compared(pair.swapped, [q for q in theirs if id(q) not in taken], one, True)


def _figures(pair: Pair, one: Reading, other: Reading) -> Iterator[Finding]:
    """Figures alone, where the words of a side are not known: 150万, « 1,5 Millionen ».

    Those that may be the same said otherwise (3,5 and 350만, 9.30 and 9시 30분) are asked about.
    """
    lost = [q for q in _unmatched(one.counted, other) if _alone(q, other)]
    gone = [q for q in _unmatched(other.counted, one) if _alone(q, one)]
    for index in range(max(len(lost), len(gone))):
        here = lost[index] if index < len(lost) else None
        there = gone[index] if index < len(gone) else None
        if here and there and _surely(here, there):
            yield _finding("check-number", pair, here, there)
            continue
        if here:
            yield _finding("check-figure", pair, here, None)
        if there:
            yield _finding("check-figure", pair, None, there)


def _surely(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are read aright and differ, for all that the words beside them say."""
    plain = (q.shown.isdecimal() or max(q.values, default=0) >= _LARGE for q in (one, other))
    return all(plain) and not _power_of_ten(one, other)


def _alone(q: Quantity, other: Reading) -> bool:
    """Whether a number is written in figures, and no other is the same in thousands, millions…"""
    said = any(character.isdigit() for character in q.shown)
    return said and not any(
        _scaled(a, b) for a in q.values for c in other.quantities for b in c.values
    )


def _scaled(one: Fraction, other: Fraction) -> bool:
    ratio = max(one, other) / min(one, other) if one and other else Fraction(0)
    return ratio in _SCALES


def _unmatched(ours: Sequence[Quantity], other: Reading) -> list[Quantity]:
    if not ours:
        return []
    there = _in_dates(other) | {Fraction(m.number) for m in other.editions}
    there |= {Fraction(m.number) for m in other.goals if m.number.isdigit()}
    there |= {Fraction(m.number.split(".")[0]) for m in other.references}
    return [
        q for q in ours
        if q.bound != "wrong-era" and (q.base or not q.values & there)  # « 3 ans » is no 3rd
        and not other.numbers_equal_to(q) and not other.equal_to(q)
    ]  # fmt: skip


def _in_dates(read: Reading) -> set[Fraction]:
    return {
        Fraction(value)
        for day in read.days
        for value in (day.year, day.month, day.day)
        if value is not None
    }


def _uneven(
    ours: Sequence[Quantity], theirs: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """Where each side has as many numbers, the same one may not stand for two."""
    strong = [q for q in ours if q.strength is Strength.STRONG]
    others = [q for q in theirs if q.strength is Strength.STRONG]
    if len(strong) != len(others) or len(ours) != len(strong) or len(theirs) != len(others):
        return [], []
    partner: dict[int, int] = {}

    def settle(index: int, seen: set[int]) -> bool:
        for place, candidate in enumerate(others):
            if place not in seen and _fits(strong[index], candidate):
                seen.add(place)
                if place not in partner or settle(partner[place], seen):
                    partner[place] = index
                    return True
        return False

    if len(strong) > 40:  # noqa: PLR2004 - a long table: the time is bounded
        return [], []
    alone = [strong[index] for index in range(len(strong)) if not settle(index, set())]
    return alone, [q for place, q in enumerate(others) if place not in partner]


def _pairs(pair: Pair, lost: list[Quantity], gone: list[Quantity]) -> Iterator[Finding]:
    """Unmatched numbers beside what stands in their place; small words alone ask for nothing."""
    lost, gone = list(lost), list(gone)
    for q in list(lost):
        twin = next((g for g in gone if q.equals(g) and _conflict(q, g)), None)
        if twin is not None:
            lost.remove(q)
            gone.remove(twin)
            yield _finding(_unit_rule(q, twin), pair, q, twin)
    for q in list(lost):
        twin = next((g for g in gone if _power_of_ten(q, g)), None)
        if twin is not None:
            lost.remove(q)
            gone.remove(twin)
            yield _finding("check-magnitude", pair, q, twin)
    for q in list(lost):
        kin = [g for g in gone if g.dimensions == q.dimensions and g.ranged == q.ranged]
        twin = next(iter(kin or gone), None)
        if twin is not None:
            lost.remove(q)
            gone.remove(twin)
            both = q.ranged and twin.ranged
            yield _finding("check-range" if both else "check-number", pair, q, twin)
    for q in lost:
        if _asks(q):
            rule = "check-range" if q.ranged else "check-number-absent"
            yield _finding(rule, pair, q, None)
    for q in gone:
        if _asks(q):
            rule = "check-range" if q.ranged else "check-number-absent"
            yield _finding(rule, pair, None, q)


def _asks(q: Quantity) -> bool:
    """Whether it may not be left out: « deux villes » may, « deux jours » may not."""
    return q.strength is Strength.STRONG or (bool(q.base) and max(q.values, default=0) > 1)


def _power_of_ten(one: Quantity, other: Quantity) -> bool:
    if one.strength is not Strength.STRONG or other.strength is not Strength.STRONG:
        return False
    for a in one.values or {v for _d, v in one.base}:
        for b in other.values or {v for _d, v in other.base}:
            ratio = max(a, b) / min(a, b) if a and b else Fraction(1)
            if ratio in (10, 100, 1000, 10**4, 10**5, 10**6, 10**8):
                return True
    return False


def _compared(
    pair: Pair, ours: Iterable[Quantity], other: Reading, swapped: bool
) -> Iterator[Finding]:
    """Matched numbers: the unit, then whether both are exact or neither."""
    for q in ours:
        there = _answers(q, other)
        plain = [c for c in there if not _conflict(q, c)]
        if not q.dimensions & _TIMES and any(c.strength is Strength.STRONG for c in there):
            # a cover answers no other unit
            plain = [c for c in plain if c.strength is not Strength.COVER]
        if q.by and any(c.by for c in there):  # nor does one that is counted by nothing
            plain = [c for c in plain if c.by or c.strength is not Strength.COVER]
        if q.dimensions & _TIMES and any(c.dimensions & _TIMES for c in there):
            plain = [c for c in plain if c.base or c.strength is not Strength.COVER]
        if there and not plain:
            clash = max(there, key=lambda c: c.strength)
            if not swapped or clash.strength is Strength.COVER:
                yield from _turn([_finding(_unit_rule(q, clash), pair, q, clash)], swapped)
            continue
        yield from _turn(_unit_lost(pair, q, plain, other), swapped)
        if not swapped:
            yield from exactness(pair, q, plain)


def _answers(q: Quantity, other: Reading) -> list[Quantity]:
    """What may answer a number: where another surely does, no word that stands for one."""
    numbers = other.numbers_equal_to(q)
    if any(c.strength is Strength.STRONG and not _conflict(q, c) for c in numbers):
        return numbers
    return other.equal_to(q)


def _fits(one: Quantity, other: Quantity) -> bool:
    return one.equals(other) and not _conflict(one, other)


def _conflict(one: Quantity, other: Quantity) -> bool:
    return (bool(one.base and other.base) and not one.base & other.base) or bool(_rates(one, other))


def _rates(one: Quantity, other: Quantity) -> frozenset[str]:
    """The kinds of things that both are counted by, and not by the same: a year, a month."""
    if one.at_one_rate(other):
        return frozenset()
    ours, theirs = _by_kind(one), _by_kind(other)
    return frozenset(kind for kind in ours.keys() & theirs.keys() if not ours[kind] & theirs[kind])


def _by_kind(quantity: Quantity) -> dict[str, set[Measure]]:
    found: dict[str, set[Measure]] = {}
    for measure in quantity.by:
        found.setdefault(_KINDS.get(measure[0], measure[0]), set()).add(measure)
    return found


def _unit_rule(one: Quantity, other: Quantity) -> str:
    if _rates(one, other):
        return "check-unit"
    dimensions = one.dimensions | other.dimensions
    if one.dimensions & other.dimensions:
        return "check-magnitude"
    if dimensions & CURRENCIES:
        return "check-currency"
    return "check-percent" if dimensions & SHARES else "check-unit"


def _unit_lost(
    pair: Pair, q: Quantity, there: Sequence[Quantity], other: Reading
) -> Iterator[Finding]:
    """A currency or a percent sign that stands nowhere on the other side."""
    wanted = q.dimensions & (CURRENCIES | {"%"})  # « trois points » may be of an agenda
    counted = [c for c in there if c.strength is Strength.STRONG]
    if not wanted or not counted or any(c.base for c in counted) or SAID_SHARE in q.dimensions:
        return
    if any(c.dimensions & wanted for c in other.numbers):
        return
    if any(0 < v < 1 for c in counted for v in c.values):  # trois quarts, 75 %
        return
    rule = "check-currency" if wanted & CURRENCIES else "check-percent"
    yield _finding(rule, pair, q, counted[0])


def _turn(found: Iterable[Finding], swapped: bool) -> Iterator[Finding]:
    yield from map(turned, found) if swapped else found


def _finding(rule: str, pair: Pair, one: Quantity | None, other: Quantity | None) -> Finding:
    rates = bool(one and other and _rates(one, other))
    return Finding(
        rule, _shown(one, rates), _shown(other, rates),
        (pair.one.line(one.start) if one else 0, pair.other.line(other.start) if other else 0),
    )  # fmt: skip


def _shown(quantity: Quantity | None, rates: bool) -> str:
    """The number as it stands, with what it is counted by where that is what differs."""
    if quantity is None:
        return ""
    return " · ".join((quantity.shown, *quantity.counted_by)) if rates else quantity.shown
