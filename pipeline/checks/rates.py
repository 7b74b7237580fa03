"""What a number is counted by: so much « par an et par habitant », 1平方メートル当たり, km/h."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pipeline.checks.knowledge import Knowledge, Unit, knowledge
from pipeline.checks.plain import folded
from pipeline.checks.quantities import Measure, Quantity, Strength, per_one

_FAR = 40  # characters between a number and what it is counted by
_COMMA = 12  # and a comma between them counts for so many
_COMMAS = re.compile("[,、]")
_STOP = re.compile(r"[!?;:。！？\n]|\.(?=\s)")
_DAY = Fraction(24 * 60)
_UNIT = "{unit}"
_ONE = frozenset({Fraction(1)})  # « une fois par an », « une visite mensuelle »: one is counted too
_SIDES = {"before": (True, False), "after": (False, True), "beside": (True, True)}
"""Where a rate stands by its table: before its number, after it."""
_Said = tuple[int, Measure]
"""Where the words of a unit end, and what they say."""


@dataclass(frozen=True)
class Rate:
    """« par an » where it stands: ``before`` its number, ``after`` it, or either."""

    start: int
    end: int
    by: Measure
    before: bool
    after: bool


@dataclass(frozen=True)
class _Form:
    """How a language says a rate: words around a unit, or words that hold it (時速).

    Those are all in one ``head``, a group each, with what each says in ``by``.
    """

    head: re.Pattern[str]
    tail: re.Pattern[str]
    by: tuple[Measure, ...]
    before: bool
    after: bool


def rated(text: str, found: Sequence[Quantity], known: Knowledge) -> list[Quantity]:
    """``found`` in ``text``, each with what it is counted by; nothing else of them changes."""
    counted = [q for q in found if q.strength > Strength.COVER or q.values == _ONE]
    if not counted:
        return list(found)
    rates = list(rates_in(text, known))
    counted = [q for q in counted if not _within(q, rates)]
    by: defaultdict[int, list[Rate]] = defaultdict(list)
    for rate in rates:
        number = _number_of(text, rate, counted)
        if number is not None:
            by[id(number)].append(rate)
    return _shared([_with(text, q, by[id(q)]) if id(q) in by else q for q in found])


def _shared(found: list[Quantity]) -> list[Quantity]:
    """« de 30 à 50 cm par an »: both ends of a range are counted by the same."""
    for index, (one, two) in enumerate(pairwise(found)):
        if one.ranged and two.ranged and bool(one.by) != bool(two.by):
            said = one if one.by else two
            found[index : index + 2] = [
                replace(end, by=said.by, counted_by=said.counted_by) for end in (one, two)
            ]
    return found


def _within(quantity: Quantity, rates: Sequence[Rate]) -> bool:
    """Whether a number belongs to the words of a rate: the one of 1日当たり."""
    before = bisect_right(rates, quantity.start, key=lambda rate: rate.start)
    return before > 0 and quantity.end <= rates[before - 1].end


def _number_of(text: str, rate: Rate, counted: Sequence[Quantity]) -> Quantity | None:
    """The number nearest to ``rate`` on a side where its number may stand, in the same sentence."""
    place = bisect_left(counted, rate.start, key=lambda quantity: quantity.start)
    left = counted[max(0, place - 1) : place] if rate.after else ()
    right = counted[place : place + 1] if rate.before else ()
    near = [(_distance(text, q.end, rate.start), q) for q in left]
    near += [(_distance(text, rate.end, q.start), q) for q in right]
    distance, number = min(near, key=lambda pair: pair[0], default=(_FAR, None))
    return number if distance < _FAR else None


def _distance(text: str, start: int, end: int) -> int:
    """How far two places are from each other; ``_FAR`` where a sentence ends between them."""
    between = text[start : min(end, start + _FAR)]
    if end < start or _STOP.search(between):
        return _FAR
    return end - start + _COMMA * len(_COMMAS.findall(between))


def _with(text: str, quantity: Quantity, rates: Sequence[Rate]) -> Quantity:
    words = tuple(" ".join(text[rate.start : rate.end].split()) for rate in rates)
    by = frozenset(rate.by for rate in rates)
    return replace(quantity, by=by, counted_by=words, base=quantity.base | _worth(quantity, by))


def _worth(quantity: Quantity, by: frozenset[Measure]) -> frozenset[Measure]:
    """What it is worth by one of what it is counted by: 144 km/h are 40 m/s, in `per_one`."""
    if len(by) != 1:
        return frozenset()
    ((counted, factor),) = by
    return frozenset(
        (per_one(dimension, counted), worth / factor) for dimension, worth in quantity.base
    )


def rates_in(text: str, known: Knowledge) -> Iterator[Rate]:
    """The rates of ``text``, in order.

    >>> from pipeline.checks.knowledge import knowledge
    >>> [str(rate.by[1]) for rate in rates_in("45 € par m2 et par an", knowledge("fr"))]
    ['1', '12']
    """
    low = folded(text)
    found = (rate for form in _forms(known.language) for rate in _of_form(text, low, form, known))
    yield from sorted(found, key=lambda rate: rate.start)


def _of_form(text: str, low: str, form: _Form, known: Knowledge) -> Iterator[Rate]:
    for match in form.head.finditer(low):
        if match.lastindex:
            said: _Said | None = (match.end(), form.by[match.lastindex - 1])
        else:
            said = _unit_at(text, low, match.end(), known)
        if said and form.tail.match(low, said[0]):
            yield Rate(match.start(), said[0], _timed(said[1]), form.before, form.after)


def _unit_at(text: str, low: str, at: int, known: Knowledge) -> _Said | None:
    measured = known.words("units").match(text, at) is not None
    for units, words in ((_each(known.language), low), (known.units if measured else (), text)):
        for unit in units:
            match = unit.pattern.match(words, at)
            if match:
                return match.end(), (unit.dimension, unit.factor)
    return None


def _timed(by: Measure) -> Measure:
    """Days as minutes: 24 hours are a day, while no month is a number of days."""
    return ("minute", by[1] * _DAY) if by[0] == "day" else by


@lru_cache(maxsize=16)
def _forms(language: str) -> tuple[_Form, ...]:
    rates: Mapping[str, Any] = knowledge(language).raw.get("rates", {})
    found: list[_Form] = []
    for side, sides in _SIDES.items():
        for words in rates.get(side, ()):
            head, _unit, tail = (_pattern(part) for part in words.partition(_UNIT))
            found.append(_Form(head, tail, (), *sides))
        holding: Mapping[str, str] = rates.get(f"words-{side}", {})
        if holding:
            head = _pattern("|".join(f"({words})" for words in holding))
            found.append(_Form(head, _pattern(""), tuple(map(_measure, holding.values())), *sides))
    return tuple(found)


@lru_cache(maxsize=16)
def _each(language: str) -> tuple[Unit, ...]:
    """What is counted one by one and is no unit of measure: persons, households, nights."""
    rates: Mapping[str, Any] = knowledge(language).raw.get("rates", {})
    return tuple(
        Unit(_pattern(words), *_measure(measure))
        for words, measure in rates.get("each", {}).items()
    )


def _measure(words: str) -> Measure:
    dimension, factor = words.split()
    return dimension, Fraction(factor)


def _pattern(words: str) -> re.Pattern[str]:
    """Words of the table, to be looked for in small letters."""
    return re.compile(words.replace("~", r"\s+"))
