"""Which passage of a counterpart answers which segment of its source, after both were edited.

First what a passage says it answers to, then what resembles it, then what stands in the same gap.
Pure, and the same for every command: what `actes translate` pairs, `actes build` prints.

A second update links as the first did, whatever that one moved (law 4). It leaves every passage
with a readable comment saying exactly which text it answers to, and such claims come before all
others. A comment that cannot be read stays, so what it says is weighed by itself: neither its place
nor that of others decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.claims import (
    Links,
    expected,
    fences,
    free,
    is_orphan,
    link_claims,
    weight,
)
from pipeline.translation.fingerprint import fingerprint, normalised
from pipeline.translation.passages import Passage

_ALIKE = 0.45  # of two texts in the same gap: one was made from the other
_ALIKE_AFAR = 0.75  # of a text that moved and changed at once
_JOINED = 0.85  # of two texts written together, and the one text that they became
_NEAREST = 40  # candidates looked at for a passage, the nearest first
_MOST = 40_000  # pairs of damaged comments and texts compared
_LONGEST = 4_000  # characters compared: two long texts that differ later are alike enough


@dataclass(frozen=True)
class Alignment:
    """``source_of`` tells the position in the source by passage; ``joined`` the passage that
    answers, by passage, where two source segments became one."""

    source_of: Mapping[int, int]
    joined: Mapping[int, int]


def align(sources: Sequence[Segment], there: Sequence[Passage]) -> Alignment:
    """Positions in ``sources`` (the segments to answer) by index in ``there``."""
    links: Links = {}
    marks = [fingerprint(segment.raw) for segment in sources]
    link_claims(marks, there, links)
    _link_alike(sources, there, links)
    _link_damaged(sources, there, links)
    _link_in_gaps(sources, there, links)
    return Alignment(links, _joined(sources, there, links))


def _loose(there: Sequence[Passage], links: Mapping[int, int]) -> list[int]:
    """The passages still to link by likeness or place."""
    return [
        index
        for index, passage in enumerate(there)
        if index not in links and not is_orphan(passage) and passage.hint is None
    ]


# -- what it resembles --------------------------------------------------------------------------


def _link_alike(sources: Sequence[Segment], there: Sequence[Passage], links: Links) -> None:
    """Link what was changed a little, the most alike first."""
    places = free(len(sources), links)
    before, after = fences(there, links)
    found: list[tuple[float, int, int]] = []
    for index in _loose(there, links):
        claim = there[index].latest
        if claim is None or not places:
            continue
        low, high = _gap(before[index], after[index], links, len(sources))
        near = expected(index, before[index], links)
        for position in sorted(places, key=lambda place: (abs(place - near), place))[:_NEAREST]:
            least = _ALIKE if low < position < high else _ALIKE_AFAR
            score = alike(claim, sources[position].raw, least)
            if score >= least:
                found.append((-score, index, position))
    _link_first(sorted(found), links)


def _link_first(found: Iterable[tuple[object, int, int]], links: Links) -> None:
    taken = set(links.values())
    for _first, index, position in found:
        if index not in links and position not in taken:
            links[index] = position
            taken.add(position)


def _link_damaged(sources: Sequence[Segment], there: Sequence[Passage], links: Links) -> None:
    """Link passages below a damaged comment to what resembles the text it names."""
    damaged = [index for index, passage in enumerate(there) if passage.hint is not None]
    if len(damaged) * len(sources) > _MOST:
        return
    found: list[tuple[tuple[object, ...], int, int]] = []
    for index in damaged:
        hint = there[index].hint or ""
        for position in free(len(sources), links) if index not in links else ():
            score = alike(hint, sources[position].raw, _ALIKE_AFAR)
            if score >= _ALIKE_AFAR:
                first = (-score, fingerprint(hint), *weight(there[index]), position)
                found.append((first, index, position))
    _link_first(sorted(found), links)


def alike(one: str, other: str, least: float = 0.0) -> float:
    """How alike two texts are, from 0 to 1; 0 where they are less alike than ``least``."""
    from rapidfuzz import fuzz

    texts = (normalised(text)[:_LONGEST] for text in (one, other))
    return fuzz.ratio(*texts, score_cutoff=100 * least) / 100


# -- what is left -------------------------------------------------------------------------------


def _gap(
    before: int | None, after: int | None, links: Mapping[int, int], count: int
) -> tuple[int, int]:
    """The source positions that the linked passages before and after answer."""
    return -1 if before is None else links[before], count if after is None else links[after]


def _link_in_gaps(sources: Sequence[Segment], there: Sequence[Passage], links: Links) -> None:
    """Link what is left between two neighbours: words without a comment to the next free text; a
    passage to a text of its kind, where as many wait on both sides (it was rewritten)."""
    before, after = fences(there, links)
    for group in _runs(_loose(there, links), before):
        low, high = _gap(before[group[0]], after[group[0]], links, len(sources))
        places = [p for p in free(len(sources), links) if low < p < high]
        as_many = len(group) == len(places)
        for index in group:
            passage = there[index]
            if passage.answers is None and not _has_words(passage):
                continue
            choice = next(
                (p for p in places if passage.answers is None or
                 (as_many and _kind(passage) in (None, sources[p].kind))),
                None,
            )  # fmt: skip
            if choice is not None:
                links[index] = choice
                places = [p for p in places if p > choice]


def _runs(indices: Sequence[int], before: Sequence[int | None]) -> list[list[int]]:
    """Consecutive loose passages, with no linked one between them."""
    return [list(run) for _fence, run in groupby(indices, key=lambda index: before[index])]


def _has_words(passage: Passage) -> bool:
    return any(segment.kind is not SegmentKind.COMMENT for segment in passage.segments)


def _kind(passage: Passage) -> SegmentKind | None:
    words = [segment for segment in passage.segments if segment.kind is not SegmentKind.COMMENT]
    return words[0].kind if words else None


def _joined(
    sources: Sequence[Segment], there: Sequence[Passage], links: Mapping[int, int]
) -> dict[int, int]:
    """Loose passages whose source was written together with their neighbour's into one text."""
    joined: dict[int, int] = {}
    for index in _loose(there, links):
        if there[index].marker is None:
            continue
        claim = there[index].latest or ""
        for neighbour in (joined.get(index - 1, index - 1), index + 1):
            if neighbour not in links or there[neighbour].marker is None:
                continue
            text = sources[links[neighbour]].raw
            of_neighbour = there[neighbour].latest or ""
            both = (of_neighbour, claim) if neighbour < index else (claim, of_neighbour)
            together = alike("\n".join(both), text)
            if together >= _JOINED and together > alike(of_neighbour, text):
                joined[index] = neighbour
                break
    return joined
