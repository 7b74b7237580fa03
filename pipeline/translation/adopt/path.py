"""The likeliest way to pair two rows of segments without crossing, and how likely each step is.

A sum over all ways (forward, then backward) gives every step its share of the whole: how sure it
is. The ways are looked for in a band around the marks that stand once on each side, so that the
time is bounded whatever the texts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from typing import Protocol

from pipeline.translation.adopt.profile import Profile, Rarity
from pipeline.translation.adopt.score import MOVES, Move

CELLS = 120_000
"""Pairs of places that are looked at; above, only those in the band."""
_IMPOSSIBLE = float("-inf")
_STEPS: tuple[Move, ...] = tuple(MOVES)
_COUNT = len(_STEPS)


class Odds(Protocol):
    """The scores of moves (see `adopt_score.Scores`)."""

    rarity: Rarity

    def of(self, at: int, to: int, move: Move) -> float | None:
        """The score of a move from a place on both sides; None where it cannot be."""


@dataclass(frozen=True)
class Step:
    """``move`` from the places ``at`` and ``to``, with how sure it is (0 to 1) and its score."""

    at: int
    to: int
    move: Move
    sure: float
    score: float


def path(source: Sequence[Profile], target: Sequence[Profile], scores: Odds) -> list[Step]:
    """The likeliest steps from the beginning of both rows to their end."""
    band = _band(len(source), len(target), _anchors(source, target, scores.rarity))
    grid = _Grid(band, scores)
    grid.forward()
    return grid.steps()


class _Grid:
    """Rows of cells, a cell a place between two segments on either side."""

    def __init__(self, band: Sequence[tuple[int, int]], scores: Odds) -> None:
        self._band = band
        self._scores = scores
        self._sums = [[_IMPOSSIBLE] * (high - low + 1) for low, high in band]
        self._bests = [list(row) for row in self._sums]
        self._moves: list[list[float]] = [[_IMPOSSIBLE] * (len(row) * _COUNT) for row in self._sums]
        self._from: list[list[int]] = [[-1] * len(row) for row in self._sums]

    def _index(self, at: int, to: int) -> int:
        """Where a cell stands in its row; -1 outside the band."""
        if at < 0:
            return -1
        low, high = self._band[at]
        return to - low if low <= to <= high else -1

    def forward(self) -> None:
        """Fill in the scores of all moves, the sums and the best ways up to each cell."""
        self._sums[0][0] = self._bests[0][0] = 0.0
        for at, (low, high) in enumerate(self._band):
            for to in range(low, high + 1):
                if at or to:
                    self._fill(at, to, to - low)

    def _fill(self, at: int, to: int, here: int) -> None:
        reached: list[float] = []
        moves = self._moves[at]
        best, chosen = _IMPOSSIBLE, -1
        for number, (down, right) in enumerate(_STEPS):
            before = self._index(at - down, to - right)
            if before < 0:
                continue
            total = self._sums[at - down][before]
            if total == _IMPOSSIBLE:
                continue
            score = self._scores.of(at - down, to - right, (down, right))
            if score is None:
                continue
            moves[here * _COUNT + number] = score
            reached.append(total + score)
            way = self._bests[at - down][before] + score
            if way > best:
                best, chosen = way, number
        self._sums[at][here] = _sum(reached)
        self._bests[at][here] = best
        self._from[at][here] = chosen

    def _backward(self) -> list[list[float]]:
        """The sums from each cell to the end."""
        after = [[_IMPOSSIBLE] * len(row) for row in self._sums]
        after[-1][-1] = 0.0
        for at in range(len(self._band) - 1, -1, -1):
            low, high = self._band[at]
            for to in range(high, low - 1, -1):
                here = after[at][to - low]
                if here != _IMPOSSIBLE:
                    self._spread(at, to, here, after)
        return after

    def _spread(self, at: int, to: int, here: float, after: list[list[float]]) -> None:
        begin = (to - self._band[at][0]) * _COUNT
        for number, score in enumerate(self._moves[at][begin : begin + _COUNT]):
            if score != _IMPOSSIBLE:
                down, right = _STEPS[number]
                before = self._index(at - down, to - right)
                row = after[at - down]
                row[before] = _sum((row[before], here + score))

    def steps(self) -> list[Step]:
        after = self._backward()
        whole = self._sums[-1][-1]
        found: list[Step] = []
        at, to = len(self._band) - 1, self._band[-1][1]
        while at or to:
            here = self._index(at, to)
            move = _STEPS[self._from[at][here]]
            score = self._moves[at][here * _COUNT + self._from[at][here]]
            rest = after[at][here]
            at, to = at - move[0], to - move[1]
            share = self._sums[at][self._index(at, to)] + score + rest - whole
            found.append(Step(at, to, move, min(1.0, exp(share)), score))
        return found[::-1]


def _sum(logarithms: Sequence[float]) -> float:
    """The logarithm of the sum of what the logarithms stand for."""
    most = max(logarithms, default=_IMPOSSIBLE)
    if most == _IMPOSSIBLE:
        return most
    return most + log(sum(exp(one - most) for one in logarithms))


def _band(rows: int, columns: int, anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each row of cells, its first and last column: around the line through the anchors."""
    corners = [(0, 0), *((at, to) for at, to in anchors if at), (rows, columns)]
    centres: list[float] = [0.0]
    for (low, begin), (high, end) in pairwise(corners):
        slope = (end - begin) / max(1, high - low)
        centres += [begin + slope * step for step in range(1, high - low + 1)]
    width = max(2, (CELLS - 2 * columns) // (2 * (rows + 1)))
    return [
        (
            max(0, int(centres[max(0, at - 1)]) - width) if at else 0,
            min(columns, int(centres[min(rows, at + 1)]) + width) if at < rows else columns,
        )
        for at in range(rows + 1)
    ]


def _anchors(
    source: Sequence[Profile], target: Sequence[Profile], rarity: Rarity
) -> list[tuple[int, int]]:
    """Places of segments that share marks found nowhere else, the heaviest row without crossing."""
    there: dict[str, int] = {}
    for to, one in enumerate(target):
        there |= dict.fromkeys((m for m in one.firm | one.words if rarity.single(m)), to)
    shared: dict[tuple[int, int], float] = {}
    for at, one in enumerate(source):
        for mark in one.firm | one.words:
            if mark in there:
                pair = (at, there[mark])
                shared[pair] = shared.get(pair, 0.0) + rarity.of(mark)
    return _heaviest(shared)


def _heaviest(weights: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The heaviest chain of pairs that rise on both sides.

    Kept are, by rising column, chains each heavier than the one before: a chain that is lighter
    and ends later can be left out.
    """
    columns: list[int] = []
    ends: list[tuple[float, tuple[int, int]]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in sorted(weights, key=lambda pair: (pair[0], -pair[1])):
        place = bisect_right(columns, pair[1] - 1)
        total = weights[pair] + (ends[place - 1][0] if place else 0.0)
        before[pair] = ends[place - 1][1] if place else None
        stop = place
        while stop < len(ends) and ends[stop][0] <= total:
            stop += 1
        if place < stop or place == len(ends) or columns[place] != pair[1]:
            columns[place:stop] = [pair[1]]
            ends[place:stop] = [(total, pair)]
    chain: list[tuple[int, int]] = []
    last = ends[-1][1] if ends else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]
