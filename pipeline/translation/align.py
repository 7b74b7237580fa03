"""Which passage of a counterpart answers which segment of its source, after both were edited.

First what a passage says it answers to, then what resembles it, then what stands in the same gap.
Pure, and the same for every command: what `actes translate` pairs, `actes build` prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.fingerprint import fingerprint, normalised
from pipeline.translation.marker import ORPHAN
from pipeline.translation.passages import Passage

_ALIKE = 0.45  # of two texts in the same gap: one was made from the other
_ALIKE_AFAR = 0.75  # of a text that moved and changed at once
_JOINED = 0.85  # of two texts written together, and the one text that they became
_NEAREST = 40  # candidates looked at for a passage, the nearest first
_LONGEST = 4_000  # characters compared: two long texts that differ later are alike enough


@dataclass(frozen=True)
class Alignment:
    """``source_of`` tells the position in the source by passage; ``joined`` the passage that
    answers, by passage, where two source segments became one."""

    source_of: Mapping[int, int]
    joined: Mapping[int, int]


def align(sources: Sequence[Segment], there: Sequence[Passage]) -> Alignment:
    """Positions in ``sources`` (the segments to answer) by index in ``there``."""
    links: dict[int, int] = {}
    marks = [fingerprint(segment.raw) for segment in sources]
    for claims in (_now, _answers):
        _link_equal(marks, [claims(passage) for passage in there], links)
    _link_alike(sources, there, links)
    _link_in_gaps(sources, there, links)
    return Alignment(links, _joined(sources, there, links))


def _now(passage: Passage) -> str | None:
    return passage.marker.now if passage.marker else None


def _answers(passage: Passage) -> str | None:
    return passage.answers


def _link_equal(marks: Sequence[str], claims: Sequence[str | None], links: dict[int, int]) -> None:
    """Link passages to the very text they name; among equal texts, to that in the same order."""
    taken = set(links.values())
    places: dict[str, list[int]] = {}
    for position, mark in enumerate(marks):
        if position not in taken:
            places.setdefault(mark, []).append(position)
    asking: dict[str, list[int]] = {}
    for index, claim in enumerate(claims):
        if index not in links and claim is not None and (mark := fingerprint(claim)) in places:
            asking.setdefault(mark, []).append(index)
    doubtful = []
    for mark, indices in asking.items():
        if len(indices) == len(places[mark]):
            links.update(zip(indices, places[mark], strict=True))
        else:
            doubtful += [(index, mark) for index in indices]
    for index, mark in sorted(doubtful):
        if places[mark]:
            expected = _expected(index, links)
            nearest = min(places[mark], key=lambda place: (abs(place - expected), place))
            places[mark].remove(nearest)
            links[index] = nearest


def _expected(index: int, links: Mapping[int, int]) -> int:
    """Where a passage would be answered if it stood as far from its linked neighbour there."""
    before = max((i for i in links if i < index), default=None)
    return index if before is None else links[before] + index - before


def _free(count: int, links: Mapping[int, int]) -> list[int]:
    taken = set(links.values())
    return [position for position in range(count) if position not in taken]


def _gap(index: int, links: Mapping[int, int], count: int) -> tuple[int, int]:
    """The source positions between the answers of the linked passages before and after."""
    after = max((i for i in links if i < index), default=None)
    before = min((i for i in links if i > index), default=None)
    low = -1 if after is None else links[after]
    high = count if before is None else links[before]
    return low, high


def _loose(there: Sequence[Passage], links: Mapping[int, int]) -> list[int]:
    return [
        index
        for index, passage in enumerate(there)
        if index not in links and not (passage.marker and passage.marker.word == ORPHAN)
    ]


def _link_alike(
    sources: Sequence[Segment], there: Sequence[Passage], links: dict[int, int]
) -> None:
    """Link what was changed a little, the most alike first."""
    free = _free(len(sources), links)
    found: list[tuple[float, int, int]] = []
    for index in _loose(there, links):
        claim = there[index].answers
        if claim is None or not free:
            continue
        low, high = _gap(index, links, len(sources))
        expected = _expected(index, links)
        for position in sorted(free, key=lambda place: (abs(place - expected), place))[:_NEAREST]:
            least = _ALIKE if low < position < high else _ALIKE_AFAR
            score = alike(claim, sources[position].raw, least)
            if score >= least:
                found.append((score, index, position))
    taken: set[int] = set()
    for _score, index, position in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        if index not in links and position not in taken:
            links[index] = position
            taken.add(position)


def alike(one: str, other: str, least: float = 0.0) -> float:
    """How alike two texts are, from 0 to 1; 0 where they are less alike than ``least``."""
    from rapidfuzz import fuzz

    texts = normalised(one)[:_LONGEST], normalised(other)[:_LONGEST]
    return fuzz.ratio(*texts, score_cutoff=100 * least) / 100


def _link_in_gaps(
    sources: Sequence[Segment], there: Sequence[Passage], links: dict[int, int]
) -> None:
    """Link what is left between two neighbours: words without a comment to the next free text; a
    passage to a text of its kind, where as many wait on both sides (it was rewritten)."""
    for group in _runs(_loose(there, links), links):
        low, high = _gap(group[0], links, len(sources))
        places = [p for p in _free(len(sources), links) if low < p < high]
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


def _runs(indices: Sequence[int], links: Mapping[int, int]) -> Iterable[list[int]]:
    """Consecutive loose passages, with no linked one between them."""
    run: list[int] = []
    for index in indices:
        if run and any(between in links for between in range(run[-1] + 1, index)):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


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
        claim = there[index].answers or ""
        for neighbour in (joined.get(index - 1, index - 1), index + 1):
            if neighbour not in links or there[neighbour].marker is None:
                continue
            text = sources[links[neighbour]].raw
            of_neighbour = there[neighbour].answers or ""
            both = (of_neighbour, claim) if neighbour < index else (claim, of_neighbour)
            together = alike("\n".join(both), text)
            if together >= _JOINED and together > alike(of_neighbour, text):
                joined[index] = neighbour
                break
    return joined
