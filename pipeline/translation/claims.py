"""What a passage says it answers to, linked to the very texts that say so.

The first step of `align`, and alone in the second of two updates: the first leaves every passage
with a readable comment naming its text exactly, so such claims come before all others (law 4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import ORPHAN
from pipeline.translation.passages import Passage

Links = dict[int, int]
"""Positions in the source by passage."""


def link_claims(marks: Sequence[str], there: Sequence[Passage], links: Links) -> None:
    """Link each passage that names one of the texts with these fingerprints.

    Readable comments first, then what can be made out of damaged ones, then orphans, whose text
    came back.
    """
    for claim in (_now, _source, _hint, _once):
        _link_equal(marks, there, claim, links)


def _now(passage: Passage) -> str | None:
    return passage.marker.now if passage.marker and not is_orphan(passage) else None


def _source(passage: Passage) -> str | None:
    return passage.marker.source if passage.marker and not is_orphan(passage) else None


def _hint(passage: Passage) -> str | None:
    return passage.hint


def _once(passage: Passage) -> str | None:
    return passage.answers if is_orphan(passage) else None


def is_orphan(passage: Passage) -> bool:
    return passage.marker is not None and passage.marker.word == ORPHAN


def _link_equal(
    marks: Sequence[str],
    there: Sequence[Passage],
    claim: Callable[[Passage], str | None],
    links: Links,
) -> None:
    """Link passages to the very text they name; among equal texts, to that in the same order."""
    places: dict[str, list[int]] = {}
    for position in free(len(marks), links):
        places.setdefault(marks[position], []).append(position)
    asking: dict[str, list[int]] = {}
    for index, passage in enumerate(there):
        named = None if index in links else claim(passage)
        if named is not None and (mark := fingerprint(named)) in places:
            asking.setdefault(mark, []).append(index)
    fewer: list[str] = []
    for mark, indices in asking.items():
        if len(indices) < len(places[mark]):
            fewer.append(mark)
            continue
        first = sorted(indices, key=lambda index: weight(there[index]))[: len(places[mark])]
        links.update(zip(sorted(first), places[mark], strict=True))
    before, _after = fences(there, links)
    for mark in fewer:
        wishes = [expected(index, before[index], links) for index in asking[mark]]
        links.update(zip(asking[mark], _nearest(wishes, places[mark]), strict=True))


def weight(passage: Passage) -> tuple[bool, bool, str]:
    """Of passages that name the same text, the one to keep comes first: words before none, a
    person's before a machine's, and else nothing that a place could change."""
    damaged = "" if passage.marker else fingerprint(passage.raw)
    return passage.vacant, passage.machine_own, damaged


def _nearest(wishes: Sequence[int], places: Sequence[int]) -> list[int]:
    """For each of a few, in order, one of more places: the nearest that keeps the order."""
    chosen: list[int] = []
    begin = 0
    for number, wish in enumerate(wishes):
        end = len(places) - (len(wishes) - number) + 1
        best = min(range(begin, end), key=lambda n: (abs(places[n] - wish), n))
        chosen.append(places[best])
        begin = best + 1
    return chosen


# -- where they stand ---------------------------------------------------------------------------


def fences(
    there: Sequence[Passage], links: Mapping[int, int]
) -> tuple[list[int | None], list[int | None]]:
    """For each passage the linked one before and after it; an orphan stands at no place."""
    fixed = [index in links and not is_orphan(passage) for index, passage in enumerate(there)]
    before: list[int | None] = []
    last: int | None = None
    for index, holds in enumerate(fixed):
        before.append(last)
        last = index if holds else last
    after: list[int | None] = []
    last = None
    for index in reversed(range(len(there))):
        after.append(last)
        last = index if fixed[index] else last
    return before, after[::-1]


def expected(index: int, before: int | None, links: Mapping[int, int]) -> int:
    """Where a passage would be answered if it stood as far from its linked neighbour there."""
    return index if before is None else links[before] + index - before


def free(count: int, links: Mapping[int, int]) -> list[int]:
    taken = set(links.values())
    return [position for position in range(count) if position not in taken]
