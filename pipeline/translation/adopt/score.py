"""How likely one text is the translation of another, against two texts taken at random.

Scores are logarithms of odds, so that what is known adds up; the measure of lengths is that of
Gale and Church (1993), on the logarithm of the ratio, with a spread that narrows as texts get
longer. The spreads were measured on French articles and their Japanese translations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from statistics import median

from pipeline.texts.segments import SegmentKind
from pipeline.translation.adopt.profile import Profile, Rarity, together

Move = tuple[int, int]
"""How many source segments answer to how many target segments."""
MOVES: dict[Move, float] = {
    (1, 1): log(0.92),
    (1, 0): log(0.015),
    (0, 1): log(0.015),
    (1, 2): log(0.01),
    (2, 1): log(0.01),
    (1, 3): log(0.002),
    (3, 1): log(0.002),
}
"""How often translators do each."""
MOST = 3

_APART = frozenset(
    {SegmentKind.RULE, SegmentKind.CODE, SegmentKind.FOOTNOTE, SegmentKind.REFERENCE}
)
_BECOMES = {
    SegmentKind.HEADING: {SegmentKind.PARAGRAPH},
    SegmentKind.TABLE: {SegmentKind.LIST, SegmentKind.DEFINITIONS, SegmentKind.FIGURE},
}
"""What a translator may make of them, bold words of a heading for one."""
_ALONE = _APART | {SegmentKind.HEADING, SegmentKind.TABLE}  # nobody splits or joins these
_OTHER_KIND, _NEVER = -3.0, -9.0
_KIND_MOST = 3.0
_BELOW, _BELOW_MOST = 0.25, 6.0
_LEVEL, _SAME_LEVEL = -1.5, 0.5
_ITEMS_EQUAL, _ITEMS_LEAST = 1.0, -2.0
_SPREAD, _SPREAD_SHORT = 0.008, 4.0  # variance: the first, and the second over the letters
_ANY_SPREAD = 1.0  # variance between texts taken at random
_GUESSED = 0.06  # variance more where the ratio of two languages is a guess
_SMOOTH = 4  # letters added to both, lest two headings of a word seem far apart
_LENGTH_LEAST = -8.0
_FIRM_MOST, _FIRM_MISSING, _FIRM_LEAST = 12.0, -2.5, -7.0
_NUMBER_MISSING, _NUMBERS_LEAST = -0.6, -2.4
_WORDS_MOST = 8.0
_ENOUGH = 5  # pairs that a ratio can be measured on


class Scores:
    """The scores of every way to pair segments in a row."""

    def __init__(
        self, source: Sequence[Profile], target: Sequence[Profile], ratio: float | None
    ) -> None:
        self.rarity = Rarity(source, target)
        self._sides = [_rows(source), _rows(target)]
        self._kinds = _kind_scores(source, target)
        self._ratio = ratio or _width(source) / _width(target)
        self._extra = 0.0 if ratio else _GUESSED

    def of(self, at: int, to: int, move: Move) -> float | None:
        """The score of a move from source ``at`` and target ``to``; None where it is none."""
        if 0 in move:
            return MOVES[move]
        one, other = self._sides[0][move[0]][at], self._sides[1][move[1]][to]
        if one is None or other is None:
            return None
        below = self._below(at + 1, to + 1) if one.level and other.level else 0.0
        return MOVES[move] + self.alike(one, other) + below

    def _below(self, at: int, to: int) -> float:
        """What the texts below two headings say of them: a word or two by itself says little."""
        ones, others = self._sides[0][1][at : at + 1], self._sides[1][1][to : to + 1]
        if not ones or not others or ones[0] is None or others[0] is None:
            return 0.0
        return _BELOW * max(-_BELOW_MOST, min(_BELOW_MOST, self.alike(ones[0], others[0])))

    def alike(self, one: Profile, other: Profile) -> float:
        """The odds that ``other`` translates ``one``."""
        kind = self._kind(one, other)
        if kind == _NEVER:
            return kind
        return kind + self._length(one, other) + self._shared(one, other)

    def _kind(self, one: Profile, other: Profile) -> float:
        kinds = set(one.kinds), set(other.kinds)
        if not kinds[0] & kinds[1]:
            return _NEVER if _apart(kinds[0] | kinds[1]) else _OTHER_KIND
        score = self._kinds[one.kinds[0]] if kinds[0] == kinds[1] else _OTHER_KIND / 2
        if one.level and other.level:
            apart = abs(one.level - other.level)
            score += _LEVEL * apart if apart else _SAME_LEVEL
        if one.items and other.items:
            apart = abs(one.items - other.items)
            score += max(_ITEMS_LEAST, -apart / 2) if apart else _ITEMS_EQUAL
        return score

    def _length(self, one: Profile, other: Profile) -> float:
        if not one.length and not other.length:
            return 0.0
        lengths = one.length * self._ratio + _SMOOTH, other.length + _SMOOTH
        letters = (lengths[0] + lengths[1]) / 2 * max(1.0, 1 / self._ratio)
        variance = min(_SPREAD + self._extra + _SPREAD_SHORT / letters, _ANY_SPREAD)
        square = log(lengths[1] / lengths[0]) ** 2
        odds = log(_ANY_SPREAD / variance) - square / variance + square / _ANY_SPREAD
        return max(_LENGTH_LEAST, odds / 2)

    def _shared(self, one: Profile, other: Profile) -> float:
        if one.plain and other.plain and one.words.isdisjoint(other.words):
            return 0.0
        of = self.rarity.of
        firm = sum(map(of, one.firm & other.firm))
        missing = len(one.firm ^ other.firm) * _FIRM_MISSING
        numbers = sum(map(of, one.numbers & other.numbers))
        unequal = len(one.numbers ^ other.numbers) * _NUMBER_MISSING
        words = sum(map(of, one.words & other.words))
        return (
            min(firm, _FIRM_MOST)
            + max(missing, _FIRM_LEAST)
            + min(words + numbers, _WORDS_MOST)
            + max(unequal, _NUMBERS_LEAST)
        )

    def kept(self, one: Profile, other: Profile) -> float:
        """What the marks alone say: the sign of a text that moved."""
        return self._shared(one, other)


def _apart(kinds: set[SegmentKind]) -> bool:
    """Whether no translator makes the one of the other."""
    changed = (kind in kinds and not kinds & _BECOMES[kind] for kind in _BECOMES)
    return bool(kinds & _APART) or any(changed)


def _rows(profiles: Sequence[Profile]) -> dict[int, list[Profile | None]]:
    """By number of segments, those that begin at each place; None where they don't go together."""
    return {
        count: [_joined(profiles[at : at + count], count) for at in range(len(profiles))]
        for count in range(1, MOST + 1)
    }


def _joined(group: Sequence[Profile], count: int) -> Profile | None:
    if count == 1:
        return group[0]
    alone = len(group) < count or any(one.kinds[0] in _ALONE for one in group)
    return None if alone else together(group)


def _kind_scores(source: Sequence[Profile], target: Sequence[Profile]) -> dict[SegmentKind, float]:
    """What it says that two texts are of the same kind: much where the kind is rare."""
    counts = [Counter(one.kinds[0] for one in side) for side in (source, target)]
    most = max(len(source), len(target), 1)
    return {
        kind: min(_KIND_MOST, log(most / max(1, counts[0][kind], counts[1][kind])))
        for kind in SegmentKind
    }


def _width(side: Sequence[Profile]) -> float:
    """Columns of a letter: texts of any two languages take about as many columns."""
    return max(1, sum(one.columns for one in side)) / max(1, sum(one.length for one in side))


def measured_ratio(pairs: Sequence[tuple[Profile, Profile]]) -> float | None:
    """How many letters of the target stand for one of the source; None of too few pairs."""
    ratios = [other.length / one.length for one, other in pairs if one.length and other.length]
    return median(ratios) if len(ratios) >= _ENOUGH else None
