"""Adopting a translation that a person wrote without any comment: what answers what, and the marks.

Paired by structure and by what translators leave as it is, in any two languages. Everything
adopted is ``edited``: a person wrote it, and nobody said here that they checked it (law 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp

from pipeline.texts.segments import Segment, join
from pipeline.translation.adopt.path import CELLS, Step, path
from pipeline.translation.adopt.profile import Profile, profile
from pipeline.translation.adopt.score import MOVES, Scores, measured_ratio
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import Marker, State, render_marker
from pipeline.translation.passages import translatable

DOUBTFUL = 0.95
"""Below this, a person should look at the pairing first."""
_SURE = 0.95
_AFAR = -5.0  # the odds that a translator moved a text somewhere else
_KEPT_AFAR = 3.0  # what must say that they did, besides order, kind and length
_MOST_TRIES = 400  # texts that moved are looked for among so many pairs of runs


@dataclass(frozen=True)
class Link:
    """Segments of the source, by their indices, and those of the target that answer them.

    One side is empty where nothing answers. ``sure`` goes from 0 to 1.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    sure: float

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it first."""
        return self.sure < DOUBTFUL


def aligned(
    source: Sequence[Segment], target: Sequence[Segment], ratio: float | None = None
) -> tuple[Link, ...]:
    """What answers what, in the order of the target; what nothing answers after its neighbour.

    Every segment of both sides but comments stands in exactly one link. ``ratio`` tells how many
    letters of the target's language stand for one of the source's; where it is not known it is
    guessed from their script, then measured on what is sure. The order of both is kept but for
    texts that moved and show it by what they have in common. The time is bounded
    (`adopt_path.CELLS`).
    """
    places = translatable(source), translatable(target)
    profiles = [profile(source[i]) for i in places[0]], [profile(target[i]) for i in places[1]]
    scores = Scores(*profiles, ratio)
    steps = path(*profiles, scores)
    measured = None if ratio else measured_ratio(_certain(steps, *profiles))
    if measured:
        scores = Scores(*profiles, measured)
        steps = path(*profiles, scores)
    return tuple(
        Link(
            tuple(places[0][step.at : step.at + step.move[0]]),
            tuple(places[1][step.to : step.to + step.move[1]]),
            step.sure,
        )
        for step in _with_moved(steps, *profiles, scores)
    )


def _certain(
    steps: Sequence[Step], source: Sequence[Profile], target: Sequence[Profile]
) -> list[tuple[Profile, Profile]]:
    return [
        (source[step.at], target[step.to])
        for step in steps
        if step.move == (1, 1) and step.sure >= _SURE
    ]


# -- texts that moved ---------------------------------------------------------------------------


def _with_moved(
    steps: Sequence[Step], source: Sequence[Profile], target: Sequence[Profile], scores: Scores
) -> list[Step]:
    """The steps, with runs that nothing answered paired where they moved; the surest first."""
    gone, come = _runs(steps, (1, 0)), _runs(steps, (0, 1))
    if not gone or not come or len(gone) * len(come) > _MOST_TRIES:
        return list(steps)
    found = []
    for one in gone:
        for other in come:
            if (one[1] - one[0]) * (other[1] - other[0]) <= CELLS // _MOST_TRIES:
                moved = _moved(one, other, source, target, scores)
                if moved:
                    found.append((_gain(moved), one, other, moved))
    paired: list[Step] = []
    taken: set[tuple[str, tuple[int, int]]] = set()
    for _total, one, other, moved in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        if not taken & {("gone", one), ("come", other)}:
            taken |= {("gone", one), ("come", other)}
            paired += moved
    return _replaced(steps, paired)


def _runs(steps: Sequence[Step], move: tuple[int, int]) -> list[tuple[int, int]]:
    """Where the texts that nothing answers begin and end, neighbour by neighbour."""
    places = [step.at if move[0] else step.to for step in steps if step.move == move]
    groups = groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])
    runs = [[place for _number, place in group] for _key, group in groups]
    return [(run[0], run[-1] + 1) for run in runs]


def _moved(
    one: tuple[int, int],
    other: tuple[int, int],
    source: Sequence[Profile],
    target: Sequence[Profile],
    scores: Scores,
) -> list[Step]:
    """The steps that pair two runs, none where nothing firm says that one became the other."""
    here, there = slice(*one), slice(*other)
    steps = path(source[here], target[there], _Window(scores, one[0], other[0]))
    paired = [
        Step(step.at + one[0], step.to + other[0], step.move, step.sure, step.score)
        for step in steps
        if 0 not in step.move
    ]
    kept = sum(scores.kept(source[s.at], target[s.to]) for s in paired if s.move == (1, 1))
    odds = _gain(paired) + _AFAR
    if kept < _KEPT_AFAR or odds < 0:
        return []
    sure = 1 / (1 + exp(-odds))
    return [Step(s.at, s.to, s.move, s.sure * sure, s.score) for s in paired]


class _Window:
    """The scores of two runs of the texts that ``scores`` are of."""

    def __init__(self, scores: Scores, at: int, to: int) -> None:
        self.rarity = scores.rarity
        self._whole = scores
        self._at, self._to = at, to

    def of(self, at: int, to: int, move: tuple[int, int]) -> float | None:
        return self._whole.of(at + self._at, to + self._to, move)


def _gain(steps: Sequence[Step]) -> float:
    """The odds that texts answer each other, against that nothing answers either."""
    return sum(step.score - sum(step.move) * MOVES[1, 0] for step in steps)


def _replaced(steps: Sequence[Step], paired: Sequence[Step]) -> list[Step]:
    """Steps in the target's order, ``paired`` in the place of those that had no answer."""
    gone = {place for step in paired for place in range(step.at, step.at + step.move[0])}
    come = {step.to: step for step in paired}
    inside = {place for step in paired for place in range(step.to, step.to + step.move[1])}
    result: list[Step] = []
    for step in steps:
        if step.move == (0, 1) and step.to in inside:
            result += [come[step.to]] if step.to in come else []
        elif step.move != (1, 0) or step.at not in gone:
            result.append(step)
    return result


# -- the counterpart's body ---------------------------------------------------------------------


def adopted(
    source: Sequence[Segment], target: Sequence[Segment], links: Sequence[Link] | None = None
) -> str:
    """The counterpart's body: every segment of ``target`` as it stands, under ``edited`` markers.

    ``links`` are those of `aligned` (by default they are looked for). What answers nothing stays
    below the passage before it, or unmarked at the top. Comments end lines as the target does. A
    blank line is added above a comment where the target has none.
    """
    found = aligned(source, target) if links is None else links
    answers = {link.target[0]: link.source for link in found if link.source and link.target}
    eol = "\r\n" if "\r\n" in join(target) else "\n"
    parts: list[str] = []
    for index, segment in enumerate(target):
        for marker in _markers(source, answers.get(index, ())):
            shown = render_marker(marker).replace("\n", eol)
            parts += [_gap("".join(parts[-2:]), eol), shown, eol]
        parts += [segment.raw, segment.after]
    return "".join(parts)


def _markers(source: Sequence[Segment], places: Sequence[int]) -> Iterable[Marker]:
    """The comments above a segment: that of the last text that it answers, and above it those of
    the texts that the translator joined to it, whose own place is empty on purpose."""
    for place in places[:-1]:
        text = source[place].raw.strip("\r\n")
        yield Marker(State.MISSING, text, text=fingerprint(""))
    for place in places[-1:]:
        yield Marker(State.EDITED, source[place].raw.strip("\r\n"))


def _gap(before: str, eol: str) -> str:
    """The line ends that must follow ``before`` for the next line to stand by itself."""
    if not before:
        return ""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[-1]:
        return eol * 2
    blank = len(lines) > 1 and not lines[-2].strip()
    return "" if blank else eol
