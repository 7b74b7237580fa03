"""Emphasis: which runs of ``*``, ``_``, ``~`` and ``^`` open and close what (CommonMark 6.2).

Beside East Asian text a run of ``*`` opens and closes as `pipeline.texts.emphasis` makes pandoc
read it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.columns import is_wide
from pipeline.translation.markup.pieces import Piece, Role, What

_THREE = 3
_LONGEST = 2


@dataclass
class Run:
    """A run of one delimiter, and what it turns out to be."""

    character: str
    length: int
    opens: bool
    closes: bool
    left: int = 0
    closers: list[Piece] = field(default_factory=list)
    openers: list[Piece] = field(default_factory=list)

    def pieces(self) -> list[Piece]:
        """What stands in the run's place: ends of emphasis, characters left over, beginnings."""
        rest = self.character * self.left
        words = [Piece(What.WORDS, Role.WORDS, rest, words=rest)] if rest else []
        return [*self.closers, *words, *reversed(self.openers)]


def run_at(text: str, start: int, end: int) -> Run:
    """The run of delimiters ``text[start:end]``, and what it may do by what stands beside it."""
    character = text[start]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if character == "*":
        before, after = _beside_east_asian(before, after)
    left = not after.isspace() and (not _sign(after) or before.isspace() or _sign(before))
    right = not before.isspace() and (not _sign(before) or after.isspace() or _sign(after))
    length = end - start
    if character == "_":
        opens, closes = left and (not right or _sign(before)), right and (not left or _sign(after))
    else:
        opens, closes = left, right
    return Run(character, length, opens, closes, length)


def _beside_east_asian(before: str, after: str) -> tuple[str, str]:
    if before.isspace() or after.isspace() or not (is_wide(before) or is_wide(after)):
        return before, after
    if _sign(after) and not _sign(before):
        return ";", after
    if _sign(before) and not _sign(after):
        return before, "&"
    return before, after


def _sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def resolve(runs: Sequence[Run]) -> None:
    """Pair the runs, in order: each end with the nearest beginning that fits."""
    waiting: list[Run] = []
    floor: dict[tuple[str, bool, int], Run] = {}
    for run in runs:
        if run.closes:
            _close(run, waiting, floor)
        if run.opens and run.left:
            waiting.append(run)


def _close(run: Run, waiting: list[Run], floor: dict[tuple[str, bool, int], Run]) -> None:
    while run.left:
        key = (run.character, run.opens, run.length % _THREE)
        index = _opener(run, waiting, floor.get(key))
        if index is None:
            if waiting:
                floor[key] = waiting[-1]
            return
        opener = waiting[index]
        del waiting[index + 1 :]
        used = min(opener.left, run.left, _LONGEST if run.character != "^" else 1)
        signs = run.character * used
        first = Piece(What.EMPHASIS, Role.OPEN, signs, value=signs)
        last = Piece(What.EMPHASIS, Role.CLOSE, signs, value=signs, mate=first)
        first.mate = last
        opener.openers.append(first)
        run.closers.append(last)
        opener.left -= used
        run.left -= used
        if not opener.left:
            waiting.pop()


def _opener(run: Run, waiting: Sequence[Run], floor: Run | None) -> int | None:
    for index in range(len(waiting) - 1, -1, -1):
        opener = waiting[index]
        if opener is floor:
            return None
        if opener.character == run.character and _fit(opener, run):
            return index
    return None


def _fit(opener: Run, closer: Run) -> bool:
    if opener.character in "~^":
        return opener.left == closer.left <= _LONGEST
    both = opener.closes or closer.opens
    threes = (opener.length + closer.length) % _THREE == 0
    return not (both and threes and (opener.length % _THREE or closer.length % _THREE))
