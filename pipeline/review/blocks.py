"""Two texts as what stayed and what changed, by turns, and where such a block best begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w")
_STOPS = "。！？.!?…"
_MOST_STEPS = 200

Pieces = tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Pieces of the old text and what stands for them; ``same`` where they are the same."""

    same: bool
    old: Pieces
    new: Pieces

    @property
    def words(self) -> int:
        """How many words of the longer side."""
        return max(sum(bool(_WORD.search(p)) for p in side) for side in (self.old, self.new))


def together(same: bool, parts: Sequence[Block]) -> Block:
    """Neighbours as one block."""
    if len(parts) == 1 and parts[0].same is same:
        return parts[0]
    return Block(
        same,
        tuple(piece for part in parts for piece in part.old),
        tuple(piece for part in parts for piece in part.new),
    )


def slid(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with what was only deleted, or only inserted, moved to where a reader sees it.

    « A. B. » may have lost « . B » or « B. »: a whole line is seen first, then a whole sentence.
    """
    found = list(blocks)
    for n in range(1, len(found) - 1):
        block = found[n]
        if block.same or (block.old and block.new):
            continue
        change = block.old or block.new
        left, right = found[n - 1].new, found[n + 1].new
        whole = (*left, *change, *right)
        begin, size = len(left), len(change)
        steps = range(-_back(left, change), _on(change, right) + 1)
        step = max(steps, key=lambda step: (_score(whole, begin + step, size), -abs(step)))
        if step:
            begin += step
            moved = whole[begin : begin + size]
            found[n - 1] = Block(True, whole[:begin], whole[:begin])
            found[n] = Block(False, moved if block.old else (), moved if block.new else ())
            found[n + 1] = Block(True, whole[begin + size :], whole[begin + size :])
    return [block for block in found if block.old or block.new]


def _back(left: Pieces, change: Pieces) -> int:
    """By how many pieces a change may begin earlier and say the same."""
    most = min(len(left), len(change), _MOST_STEPS)
    return next((n for n in range(most) if left[-1 - n] != change[-1 - n]), most)


def _on(change: Pieces, right: Pieces) -> int:
    """By how many pieces it may begin later."""
    most = min(len(right), len(change), _MOST_STEPS)
    return next((n for n in range(most) if right[n] != change[n]), most)


def _score(whole: Pieces, begin: int, size: int) -> int:
    """How plainly a change stands out that begins there."""
    return _edge(whole[begin - 1] if begin else "\n") + _edge(whole[begin + size - 1])


def _edge(piece: str) -> int:
    if piece.endswith("\n"):
        return 3
    return 2 if piece[-1:] in _STOPS else int(piece.isspace())
