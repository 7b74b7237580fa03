"""Two lists that were made from a third, put side by side in one order. Pure.

What stands in both sides becomes one place, wherever it stands; what stands in one follows there
what it follows on its own side. The order is ours, but theirs where only they changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.translation.matching import Key, matched, same

T = TypeVar("T")


@dataclass(frozen=True)
class Place(Generic[T]):
    """A thing in the version that both began from, in ours and in theirs; None where it is not."""

    base: T | None
    ours: T | None
    theirs: T | None


@dataclass(frozen=True)
class Merged(Generic[T]):
    """The places in their order, and whether that is the order of their side."""

    places: tuple[Place[T], ...]
    as_theirs: bool


def side_by_side(
    base: Sequence[T],
    ours: Sequence[T],
    theirs: Sequence[T],
    keys: Sequence[Key[T]],
    text: Callable[[T], str],
) -> Merged[T]:
    """Every thing of the three lists in one place; ``keys`` and ``text`` as for `matched`.

    >>> found = side_by_side("abc", "abxc", "acb", [str], str)
    >>> [place.ours or place.theirs for place in found.places], found.as_theirs
    (['a', 'c', 'b', 'x'], True)
    """
    mine, other = matched(base, ours, keys, text), matched(base, theirs, keys, text)
    as_theirs = _in_order(mine) and not _in_order(other)
    pairs = _pairs(ours, theirs, mine, other, keys)
    if as_theirs:
        back = {place: own for own, place in pairs.items()}
        order = [(own, place) for place, own in _woven(len(theirs), len(ours), back)]
    else:
        order = _woven(len(ours), len(theirs), pairs)
    found = [_place(base, ours, theirs, mine, other, own, place) for own, place in order]
    gone = set(range(len(base))) - set(mine.values()) - set(other.values())
    places = (*found, *(Place(base[number], None, None) for number in sorted(gone)))
    return Merged(places, as_theirs)


def _in_order(links: Mapping[int, int]) -> bool:
    places = [links[place] for place in sorted(links)]
    return places == sorted(places)


def _pairs(
    ours: Sequence[T],
    theirs: Sequence[T],
    mine: Mapping[int, int],
    other: Mapping[int, int],
    keys: Sequence[Key[T]],
) -> dict[int, int]:
    """The place in theirs by the place in ours; what is new in both may be the same."""
    their_place = {number: place for place, number in other.items()}
    pairs = {own: their_place[number] for own, number in mine.items() if number in their_place}
    new_ours = [place for place in range(len(ours)) if place not in mine]
    new_theirs = [place for place in range(len(theirs)) if place not in other]
    alike = same([theirs[p] for p in new_theirs], [ours[p] for p in new_ours], keys)
    return pairs | {new_ours[own]: new_theirs[place] for own, place in alike.items()}


def _woven(
    first: int, second: int, pairs: Mapping[int, int]
) -> list[tuple[int | None, int | None]]:
    """The places of the first list in its order, those that only the second has between them."""
    first_of = {place: own for own, place in pairs.items()}
    behind = _behind(first, pairs)
    after: dict[int, list[int]] = {}
    last = -1
    for place in range(second):
        if place in first_of:
            last = first_of[place]
        else:
            after.setdefault(behind[last], []).append(place)
    order: list[tuple[int | None, int | None]] = [(None, place) for place in after.get(-1, ())]
    for own in range(first):
        order.append((own, pairs.get(own)))
        order += [(None, place) for place in after.get(own, ())]
    return order


def _behind(count: int, pairs: Mapping[int, int]) -> dict[int, int]:
    """By place (-1: before the first), the last of those behind it that only the first list has."""
    last = count - 1
    found: dict[int, int] = {}
    for place in range(count - 1, -2, -1):
        found[place] = last
        last = place - 1 if place in pairs else last
    return found


def _place(
    base: Sequence[T],
    ours: Sequence[T],
    theirs: Sequence[T],
    mine: Mapping[int, int],
    other: Mapping[int, int],
    own: int | None,
    place: int | None,
) -> Place[T]:
    number = mine.get(own) if own is not None else None
    if number is None and place is not None:
        number = other.get(place)
    return Place(
        None if number is None else base[number],
        None if own is None else ours[own],
        None if place is None else theirs[place],
    )
