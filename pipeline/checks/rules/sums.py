"""Sums that a text states: « 19 + 35 = 54 », « soit cinquante-quatre au total »."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, pairwise

from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.quantities import Quantity, Strength
from pipeline.checks.reading import reading

_STOP = re.compile(r"[.!?。！？]\s|[。\n]")
_PLUS, _EQUALS = re.compile(r"\s*[+]\s*"), re.compile(r"\s*=\s*")
_NEAR = Fraction(3, 10)
_MOST = 12  # terms of a sum
_REACH = 40  # characters between a total and the word that says it is one


def sums(pair: Pair) -> Iterator[Finding]:
    """On either side: what is added up gives the total that is named."""
    for index, side in enumerate(pair.sides):
        for shown, right, start in _wrong(side):
            line = side.line(start)
            words = f"{shown} ≠ {_figure(right)}"
            yield Finding(
                "check-sum",
                *(("", words) if index else (words, "")),
                (0, line) if index else (line, 0),
            )


def _figure(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))


def _wrong(side: Side) -> Iterator[tuple[str, Fraction, int]]:
    numbers = [q for q in reading(side.text, side.language).counted if len(_worth(q)) == 1]
    if len(numbers) < 2:  # noqa: PLR2004 - no sum without terms
        return
    yield from _written(side.text, numbers)
    total = side.known.words("sums.total")
    for sentence in _sentences(side.text):
        inside = [q for q in numbers if sentence[0] <= q.start < sentence[1]]
        starts = [q.start for q in inside]
        for word in islice(total.finditer(side.text, *sentence), _MOST):
            at = bisect(starts, word.start())
            yield from _stated(inside[max(0, at - 2 * _MOST) : at + _MOST], word)


def _worth(q: Quantity) -> frozenset[Fraction]:
    return frozenset(v for _d, v in q.base) or q.values


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _STOP.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _written(text: str, numbers: Sequence[Quantity]) -> Iterator[tuple[str, Fraction, int]]:
    """Terms joined by plus signs, and what stands after the equals sign."""
    row: list[Quantity] = []
    for one, two in pairwise(numbers):
        between = text[one.end : two.start]
        if _PLUS.fullmatch(between):
            row = [*(row or [one]), two]
        elif row and _EQUALS.fullmatch(between):
            right = _value(row)
            if right != next(iter(_worth(two))):
                yield text[row[0].start : two.end], right, row[0].start
            row = []
        else:
            row = []


def _value(row: Sequence[Quantity]) -> Fraction:
    return sum((next(iter(_worth(q))) for q in row), Fraction(0))


def _stated(inside: Sequence[Quantity], word: re.Match[str]) -> Iterator[tuple[str, Fraction, int]]:
    """The number beside a word of totals, against the numbers of its kind before it.

    Said only where the difference is small: numbers that were not meant to be added are far off.
    """
    near = [q for q in inside if abs(q.start - word.end()) <= _REACH]
    after = [q for q in near if q.start >= word.end()]
    before = [q for q in near if q.end <= word.start()]
    for total in (*after[:1], *before[-1:]):
        terms = [
            q for q in inside
            if q.end <= total.start and q.dimensions == total.dimensions and not q.bound
            and q.strength >= Strength.MEDIUM
        ]  # fmt: skip
        terms = terms[-_MOST:]
        worth = next(iter(_worth(total)))
        if len(terms) < 2 or not worth or total.bound:  # noqa: PLR2004 - one number is no sum
            continue
        values = [next(iter(_worth(q))) for q in terms]
        runs = {
            sum(values[i:j], Fraction(0))
            for i in range(len(values))
            for j in range(i + 2, len(values) + 1)
        }
        if worth in runs:
            return
        whole = sum(values, Fraction(0))
        if abs(whole - worth) / worth <= _NEAR and max(values) < worth:
            yield " + ".join(q.shown for q in terms) + f" = {total.shown}", whole, total.start
            return
