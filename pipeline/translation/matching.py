"""Which thing of a later version was made from which of an earlier one. Pure.

For versions of one file, or of a list of values: git's branches when they are merged, a commit and
now when they are compared. First what says the same, in its order and then wherever it stands, then
what resembles it, then what stands in the same gap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from pipeline.translation.align import alike

T = TypeVar("T")
Key = Callable[[T], Hashable]
"""What a thing says; what is empty says nothing."""

_ALIKE = 0.45  # of two texts in the same gap
_ALIKE_AFAR = 0.75  # of a text that moved and changed at once
_NEAREST = 40  # candidates looked at for a text, the nearest first


def matched(
    old: Sequence[T], new: Sequence[T], keys: Sequence[Key[T]], text: Callable[[T], str]
) -> dict[int, int]:
    """The place in ``old`` by the place in ``new``.

    ``keys`` are tried one after the other; ``text`` is what likeness is judged by.

    >>> matched(["un chat", "deux"], ["trois", "deux", "un chat"], [str], str)
    {1: 1, 2: 0}
    """
    links = same(old, new, keys)
    _link_alike([text(one) for one in old], [text(one) for one in new], links)
    _link_in_gaps(len(old), len(new), links)
    return dict(sorted(links.items()))


def same(old: Sequence[T], new: Sequence[T], keys: Sequence[Key[T]]) -> dict[int, int]:
    """As `matched`, but only for what says the same."""
    links: dict[int, int] = {}
    for key in keys:
        _link_equal([key(one) for one in old], [key(one) for one in new], links)
    return links


def _link_equal(old: Sequence[Hashable], new: Sequence[Hashable], links: dict[int, int]) -> None:
    """What is the same in both, those first that keep their order; twins in their order."""
    from rapidfuzz.distance import Indel

    used = set(links.values())
    here = [place for place in range(len(old)) if old[place] and place not in used]
    there = [place for place in range(len(new)) if new[place] and place not in links]
    for code in Indel.opcodes([old[place] for place in here], [new[place] for place in there]):
        if code.tag == "equal":
            taken = zip(
                there[code.dest_start : code.dest_end],
                here[code.src_start : code.src_end],
                strict=True,
            )
            links.update(taken)
    waiting: dict[Hashable, list[int]] = {}
    used = set(links.values())
    for place in here:
        if place not in used:
            waiting.setdefault(old[place], []).append(place)
    for place in there:
        if place not in links and waiting.get(new[place]):
            links[place] = waiting[new[place]].pop(0)


def _link_alike(old: Sequence[str], new: Sequence[str], links: dict[int, int]) -> None:
    """What was changed a little, the most alike first."""
    used = set(links.values())
    here = [place for place in range(len(old)) if place not in used and old[place].strip()]
    found: list[tuple[float, int, int]] = []
    fences = sorted(links)
    for place in range(len(new)):
        if place in links or not new[place].strip():
            continue
        low, high = _gap(place, len(old), links, fences)
        for other in _nearest(place, here):
            least = _ALIKE if low < other < high else _ALIKE_AFAR
            score = alike(old[other], new[place], least)
            if score >= least:
                found.append((-score, place, other))
    for _score, place, other in sorted(found):
        if place not in links and other not in used:
            links[place] = other
            used.add(other)


def _nearest(place: int, others: Sequence[int]) -> list[int]:
    """Those of ``others``, which rise, that are the nearest to a place, the nearest first."""
    middle = bisect_left(others, place)
    around = others[max(0, middle - _NEAREST) : middle + _NEAREST]
    return sorted(around, key=lambda other: (abs(other - place), other))[:_NEAREST]


def _link_in_gaps(old: int, new: int, links: dict[int, int]) -> None:
    """Where as many are left on both sides between the same neighbours, they were rewritten."""
    groups: dict[tuple[int, int], list[int]] = {}
    fences = sorted(links)
    for place in range(new):
        if place not in links:
            groups.setdefault(_gap(place, old, links, fences), []).append(place)
    used = set(links.values())
    for (low, high), places in groups.items():
        free = [other for other in range(low + 1, high) if other not in used]
        if len(free) == len(places):
            links.update(zip(places, free, strict=True))
            used.update(free)


def _gap(place: int, old: int, links: Mapping[int, int], fences: Sequence[int]) -> tuple[int, int]:
    """The places in the old version between which a place of the new one would stand; ``fences``
    are the linked ones, which rise."""
    at = bisect_left(fences, place)
    before = links[fences[at - 1]] if at else -1
    return before, links[fences[at]] if at < len(fences) else old
