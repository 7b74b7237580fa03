"""Figures that any language may write, and what a reading of a number is.

Each reading is ``(start, end, values, strength, bound)``, the strengths those of
`quantities.Strength` (2: surely a number; 1: a small number in a word; 0: may answer one).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from pipeline.checks.knowledge import Knowledge

Reading = tuple[int, int, frozenset[Fraction], int, str]
STRONG, MEDIUM, COVER = 2, 1, 0
LONGEST = 24
_MOST_GROUPS = 5  # hundreds of thousands of billions: no figure of a text has more
EDGE = r"(?<![A-Za-z0-9.,])(?<![A-Za-zÀ-ÿ]-)"
SMALL = 16  # up to here a number in a word may be left out or said otherwise in a translation
_FIGURE = re.compile("[0-9]")
_GROUP = re.compile("[0-9]+(?:[.,][0-9]{1,2}$)?")  # the last one with its decimals
_SLASH = re.compile(r"(?<![\w/.,])(?:([1-9])[/\u2044]([2-9]|10)|(1)[/\u2044]([0-9]{2,6}))(?![\w/])")


def has_figures(text: str) -> bool:
    """Whether any digit is there: without one, most of what is looked for cannot be."""
    return _FIGURE.search(text) is not None


def in_a_row(digits: str) -> Sequence[tuple[int, str]]:
    """The number that groups of three digits make, or each of too many, with its offset.

    >>> list(in_a_row("1 200 000"))
    [(0, '1 200 000')]
    >>> [code for _, code in in_a_row("100 200 300 400 500 600")]
    ['100', '200', '300', '400', '500', '600']
    """
    groups = [(group.start(), group[0]) for group in _GROUP.finditer(digits)]
    return groups if len(groups) > _MOST_GROUPS else [(0, digits)]


def figures(text: str, _known: Knowledge) -> Iterable[Reading]:
    """Of a language without a table: a point or comma may group or begin decimals."""
    for match in re.finditer(rf"{EDGE}[0-9]+(?:[., '][0-9]{{3}})*(?:[.,][0-9]+)?", text):
        for offset, number in in_a_row(match[0]):
            yield _figure(match.start() + offset, number)


def _figure(start: int, number: str) -> Reading:
    digits = number[:LONGEST]
    values = {Fraction(re.sub("[^0-9]", "", digits))}
    decimal = re.fullmatch(r"([0-9\s'.,]*[0-9])[.,]([0-9]+)", digits)
    if decimal:
        values.add(Fraction(re.sub("[^0-9]", "", decimal[1]) + "." + decimal[2]))
    return start, start + len(number), frozenset(values), STRONG, ""


def slashed(text: str) -> Iterable[Reading]:
    """« 2/3 », ½, « 1/500 »."""
    if "/" not in text and "\u2044" not in text:
        return
    for match in _SLASH.finditer(text):
        above, below = (int(digits) for digits in match.groups() if digits)
        if above < below:
            share = Fraction(above, below)
            yield match.start(), match.end(), frozenset({share, share * 100}), STRONG, ""
