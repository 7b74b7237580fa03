"""Passages whose comment a translator deleted by mistake, found again by what the one before says.

A comment vouches for a translation by its fingerprint. Where the first blocks below it are that
very translation, and the next text of the source has none, what follows answers that text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.texts.segments import Segment, SegmentKind, join
from pipeline.translation.align import Alignment, align
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.passages import Passage


def aligned(
    sources: Sequence[Segment], there: Sequence[Passage]
) -> tuple[list[Passage], Alignment]:
    """The passages, with those recovered that lost their comment, and their alignment."""
    found = align(sources, there)
    taken = set(found.source_of.values())
    parts: list[Passage] = []
    for index, passage in enumerate(there):
        position = found.source_of.get(index)
        free = 0
        while position is not None and position + free + 1 < len(sources):
            if position + free + 1 in taken:
                break
            free += 1
        parts += _parts(passage, free)
    if len(parts) == len(there):
        return list(there), found
    again = align(sources, parts)
    own = {passage.indices for passage in there}
    lost = [n for n, p in enumerate(parts) if p.comment is None and p.indices not in own]
    if any(number not in again.source_of for number in lost):
        return list(there), found  # what follows answers nothing: it was written below
    return parts, again


def _parts(passage: Passage, free: int) -> list[Passage]:
    """The passage, and at most ``free`` more that its segments hold without a comment."""
    words = [n for n, s in enumerate(passage.segments) if s.kind is not SegmentKind.COMMENT]
    if not passage.marker or not free or len(words) < 2:  # noqa: PLR2004 - nothing to part
        return [passage]
    own = next(
        (n for n in words[:-1]
         if fingerprint(_words(passage.segments[: n + 1])) == passage.marker.text),
        None,
    )  # fmt: skip
    if own is None:
        return [passage]
    rest = words[words.index(own) + 1 :]
    cuts = [own + 1, *rest[1:free], len(passage.segments)]
    first = _slice(passage, 0, own + 1)
    more = [_slice(passage, a, b) for a, b in pairwise(cuts)]
    return [first, *(replace(part, marker=None, comment=None) for part in more)]


def _words(segments: Sequence[Segment]) -> str:
    return join([s for s in segments if s.kind is not SegmentKind.COMMENT])


def _slice(passage: Passage, start: int, end: int) -> Passage:
    return replace(
        passage, segments=passage.segments[start:end], indices=passage.indices[start:end]
    )
