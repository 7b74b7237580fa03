"""Numbers of a text by value: what is counted, in what unit, how exactly.

A number keeps every value it may be read to have (``1,234``; ``7割`` is also 0.7); two numbers
agree when they share one, or when their units make them equal (``1,5 km``, ``1500 m``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction

from pipeline.checks.figures import LONGEST
from pipeline.checks.knowledge import BOUNDS, Knowledge, Unit, matches
from pipeline.checks.numerals import readings
from pipeline.checks.plain import folded

Measure = tuple[str, Fraction]
"""A dimension and so much of its base: an hour is ``("minute", 60)``."""
CURRENCIES = frozenset({"EUR", "JPY", "USD", "GBP", "CHF", "XOF"})
SHARES = frozenset({"%", "pt"})
SAID_SHARE = "share"
"""The dimension of a share that is said without a percent sign."""
_PER = "/"
_MILLION = 10**6
_SIGN = 8  # characters of a sign before a number
_WINDOW = 60  # characters looked at before and after a number
_GAP = re.compile(r"\s*(?:d[e']\s*)?")
_HALF = re.compile(r"\s+et\s+demie?s?(?!\w)|半(?![分数額])")
_QUARTERS = re.compile(r"\s+(?:et\s+)?(?:(trois\s+quarts)|(?:un\s+)?quart)(?!\w)")
_RANGE = re.compile(r"\s*(?:~|–|-|à|au|から|ないし|et|ou|または|又は)\s*(?:l'an\s+)?")
_WRITTEN = re.compile(r"[0-9]+(?:[.,][0-9]+)?\s*")
_BARE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_PLAIN = re.compile(rf"([0-9]{{1,{LONGEST}}}(?:[.,][0-9]{{1,{LONGEST}}})?)(?![ .,']?[0-9])")
_NEAR = re.compile(r"[^.;:!?。！？\n]{0,60}")
_SMALLEST_SCALE = 1000
_FAR = 1000  # ends of a range are seldom further apart
_EITHER = ("ou", "または", "又は")
_OPENS = re.compile(r"(?:\bde|\bentre|\bdu|\bd')\s*\Z")


def per_one(dimension: str, counted: str) -> str:
    """The dimension of so much by one of something."""
    return f"{dimension}{_PER}{counted}"


class Strength(IntEnum):
    """How surely a word is a number: a cover may answer one, and asks for none."""

    COVER = 0
    MEDIUM = 1
    STRONG = 2


@dataclass(frozen=True)
class Quantity:
    """A number where it stands; ``base`` its worth in the base of its unit, by dimension.

    ``by`` is what it is counted by, and ``counted_by`` the words for it (« par an »).
    """

    start: int
    end: int
    shown: str
    values: frozenset[Fraction]
    base: frozenset[Measure] = frozenset()
    bound: str = ""
    strength: Strength = Strength.STRONG
    ranged: bool = False
    by: frozenset[Measure] = frozenset()
    counted_by: tuple[str, ...] = ()

    @property
    def dimensions(self) -> frozenset[str]:
        """What it measures; empty where it only counts."""
        return frozenset(dimension for dimension, _value in self.base)

    def at_one_rate(self, other: Quantity) -> bool:
        """Whether both are worth the same by one of what they are counted by."""
        return any(_PER in dimension for dimension, _worth in self.base & other.base)

    def equals(self, other: Quantity) -> bool:
        """Whether they share a value, plain or in the base of their units."""
        return bool(self.values & other.values or self.base & other.base)


@dataclass(frozen=True)
class Figure:
    """A number as it is written, before its unit and its words are read."""

    start: int
    end: int
    values: frozenset[Fraction]
    strength: Strength
    bound: str = ""


def quantities(text: str, known: Knowledge) -> list[Quantity]:
    """Every number of ``text``, in order; places that are taken already are blank in it.

    Words that may stand for a number are no numbers: see `covers`.
    """
    found = [
        _read(text, Figure(s, e, v, Strength(w), b), known)
        for s, e, v, w, b in readings(text, known)
    ]
    found = [*_ranges(text, [*_outside_units(found)], known)]
    found = [*_carried(text, found)]
    return sorted(found, key=lambda quantity: quantity.start)


def covers(text: str, numbers: Sequence[Quantity], known: Knowledge) -> list[Quantity]:
    """The words of ``text`` that may stand for a number (« hebdomadaire »), beside its numbers."""
    return [c for c in _covers(text, known) if not any(_within(c, q) for q in numbers)]


def _within(cover: Quantity, read: Quantity) -> bool:
    """Whether a word is part of a number already read: « deux tiers » is no third."""
    return read.start <= cover.start and cover.end <= read.end


def _outside_units(found: Iterable[Quantity]) -> Iterator[Quantity]:
    """Without what stands in the unit before it: « pour cent » holds no hundred."""
    end = 0
    for quantity in found:
        if quantity.start >= end:
            yield quantity
        end = max(end, quantity.end)


def _read(text: str, figure: Figure, known: Knowledge) -> Quantity:
    end, values, base = figure.end, figure.values, frozenset[Measure]()
    gap = _GAP.match(text, end)
    after = gap.end() if gap else end
    measured = known.words("units").match(text, after) is not None
    for unit in known.units if measured else ():
        match = unit.pattern.match(text, after)
        if match:
            end, more = _and_a_part(text, match.end())
            values = frozenset(v + more for v in values)
            base = frozenset((unit.dimension, v * unit.factor) for v in values)
            if unit.dimension in CURRENCIES:  # 12 M€ is not worth 12
                values = frozenset(value for _dimension, value in base)
            if unit.dimension == "%":  # 7割, 70 %, sept sur dix
                values |= {v * unit.factor for v in values} | {
                    v * unit.factor / 100 for v in values
                }
            break
    else:
        sign = _sign_before(text, figure.start, known)
        if sign:  # ¥500
            base = frozenset((sign.dimension, v * sign.factor) for v in values)
        elif share := next((v for v in values if 0 < v < 1 and v * 100 in values), None):
            base = frozenset({("%", share * 100), (SAID_SHARE, share)})  # 3分の2, 8 sur 10
        half = _HALF.match(text, end)
        if half and max(values) >= _MILLION:  # deux millions et demi
            values = frozenset(v + Fraction(_MILLION, 2) for v in values)
            end = half.end()
    bound = figure.bound or bound_of(text, figure.start, end, known)
    shown = " ".join(text[figure.start : end].split())
    base |= known.rounded.get(shown.lower(), frozenset())
    return Quantity(figure.start, end, shown, values, base, bound, figure.strength)


def _sign_before(text: str, end: int, known: Knowledge) -> Unit | None:
    before = text[max(0, end - _SIGN) : end]
    if not known.words("signs").search(before):
        return None
    return next((unit for unit in known.signs if unit.pattern.search(before)), None)


def _and_a_part(text: str, at: int) -> tuple[int, Fraction]:
    """« et demie », « trois quarts » after a unit: where it ends, and how much it is."""
    if half := _HALF.match(text, at):
        return half.end(), Fraction(1, 2)
    if quarters := _QUARTERS.match(text, at):
        return quarters.end(), Fraction(3 if quarters[1] else 1, 4)
    return at, Fraction(0)


def bound_of(text: str, start: int, end: int, known: Knowledge) -> str:
    """How exactly the number at ``start`` is said: ``about``, ``nearly``, ``over``, ``under``…"""
    before, after = folded(text[max(0, start - _WINDOW) : start]), folded(text[end : end + _WINDOW])
    if not known.hints("before").search(before) and not known.hints("after").match(after):
        return ""
    for name in BOUNDS:
        bound = known.bounds[name]
        if bound.before.search(before) or bound.after.match(after):
            return name
    return ""


def _ranges(text: str, found: Iterable[Quantity], known: Knowledge) -> Iterator[Quantity]:
    """Ends of ranges are marked, and take each other's unit (« de 15 à 20 ans »)."""
    items = list(found)
    for index in range(len(items) - 1):
        one, two = items[index], items[index + 1]
        between = text[one.end : two.start]
        match = _RANGE.fullmatch(between)
        if not match or len(between) > 12:  # noqa: PLR2004 - « à l'an » and spaces
            continue
        word = between.strip()
        opened = _OPENS.search(text[max(0, one.start - 8) : one.start]) is not None
        if word == "et" and not opened:
            continue
        items[index] = one = _scaled(text, one, two, known)
        if word in _EITHER:
            continue
        if two.base and not one.base:
            one = _like(one, two)
        items[index] = replace(one, ranged=True, bound=one.bound or two.bound)
        items[index + 1] = replace(two, ranged=True, bound=two.bound or one.bound)
    yield from items


def _scaled(text: str, one: Quantity, two: Quantity, known: Knowledge) -> Quantity:
    """« de 3,2 à 4,1 millions », « de 12 à 15 M€ », 2～3万人: the scale is said once, for both."""
    factor = max(Fraction(_factor(text, two.start, known)), _scale(text, two))
    if factor <= 1 or one.end != one.start + len(one.shown) or not _BARE.fullmatch(one.shown):
        return one
    if max(one.values) >= factor or max(one.values) * factor > max(two.values) * _FAR:
        return one
    return replace(one, values=frozenset(value * factor for value in one.values))


def _carried(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """« 5,2 M€, contre 4,9 »: the scale of the first may be that of a bare figure after it."""
    said, scale = 0, Fraction(1)
    for quantity in found:
        near = _NEAR.fullmatch(text, said, quantity.start) is not None
        if scale > 1 and near and not quantity.base and _BARE.fullmatch(quantity.shown):
            small = {v * scale for v in quantity.values if v < _SMALLEST_SCALE}  # no year
            yield replace(quantity, values=quantity.values | small)
            continue
        yield quantity
        said, scale = quantity.end, _scale(text, quantity)


def _scale(text: str, quantity: Quantity) -> Fraction:
    """How many times its figure a number is worth: a million for « 5,2 M€ »; 1 if none is seen."""
    figure = _PLAIN.match(text, quantity.start)
    written = Fraction(figure[1].replace(",", ".")) if figure else Fraction(0)
    scale = max(quantity.values, default=Fraction(0)) / written if written else Fraction(1)
    return scale if scale >= _SMALLEST_SCALE else Fraction(1)


def _factor(text: str, start: int, known: Knowledge) -> int:
    """What the words of scale after the figures at ``start`` multiply by: 3千万, « 4 millions »."""
    scales: Mapping[str, int] = known.raw.get("scales", {})
    longest = sorted(scales, key=len, reverse=True)
    figures = _WRITTEN.match(text, start)
    at, factor = figures.end() if figures else len(text), 1
    while word := next((word for word in longest if text.startswith(word, at)), ""):
        at, factor = at + len(word), factor * scales[word]
    return factor


def _like(one: Quantity, two: Quantity) -> Quantity:
    """``one`` in the unit of ``two``."""
    dimension, worth = min(two.base)
    plain = [v for v in two.values if v]
    if not plain:
        return one
    factor = worth / max(plain) if dimension != "%" else Fraction(1)
    return replace(one, base=frozenset((dimension, v * factor) for v in one.values))


def _covers(text: str, known: Knowledge) -> Iterable[Quantity]:
    patterns = [pattern for pattern, _values in known.covers]
    for number, match in matches(patterns, known.hints("covers"), text, folded(text)):
        values = known.covers[number][1]
        yield Quantity(match.start(), match.end(), match[0], values, strength=Strength.COVER)
