"""What a draft of the declaration says of each clause: how far it is agreed (law 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from pipeline.declaration.dossier import Dossier, Standing, standings
from pipeline.declaration.fingerprints import TITLE
from pipeline.proceedings.book import Side
from pipeline.proceedings.parallel import ParallelBook

_BETWEEN = " · "
_FEW = 6  # amendments of a clause, which may be decided in any order
_LONGEST = 40  # characters of what is said on a side
Contradicted = Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]
"""What each clause contradicts, by its id, then by language: what stands there and what beside it
("" where nothing does)."""
_NOTHING: Contradicted = {}
T = TypeVar("T")


def marked(
    book: ParallelBook, dossier: Dossier, contradicted: Contradicted = _NOTHING
) -> ParallelBook:
    """The book as a draft, in which every title and clause that is not settled says so."""
    by_key = {standing.key: standing for standing in standings(dossier)}

    def marks(key: str) -> tuple[str, ...]:
        standing = by_key.get(key)
        if standing is None:
            return ()
        found = tuple(
            _BETWEEN.join((*_words(standing, side), *_against(contradicted, key, side)))
            for side in book.sides
        )
        return found if any(found) else ()

    rows = tuple(replace(row, marks=marks(row.id)) for row in book.rows)
    return replace(book, rows=rows, marks=marks(TITLE))


def _words(standing: Standing, side: Side) -> Iterator[str]:
    if not standing.agreed:
        yield side.labels["clause-awaiting"]
        if side.language in standing.proposed:
            yield side.labels["standing-machine"]
    if standing.open_amendments:
        yield _amended(standing.open_amendments, side)


def _amended(names: Iterable[str], side: Side) -> str:
    return side.labels["clause-amended"].format(names=", ".join(names))


def _against(contradicted: Contradicted, key: str, side: Side) -> Iterator[str]:
    if said := contradicted.get(key, {}).get(side.language):
        yield _opposed(said, side)


def _opposed(said: Iterable[tuple[str, str]], side: Side) -> str:
    values = (" ≠ ".join(map(_short, filter(None, both))) for both in dict.fromkeys(said))
    listed = side.labels["list-separator"].join(values)
    return side.labels["clause-contradicts"].format(values=listed)


def _short(words: str) -> str:
    """One line of what stands in a text, as much of it as a mark has room for."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def possible(
    book: ParallelBook, dossier: Dossier, contradicted: Contradicted = _NOTHING
) -> Iterator[str]:
    """All that a draft of the same texts may have said of a clause, whenever it was made."""
    for side in book.sides:
        yield from (side.labels["clause-awaiting"], side.labels["standing-machine"])
        for key in dossier.keys:
            names = [one.name for one in dossier.amendments if key in (one.clause, one.after)]
            yield from (_amended(some, side) for some in _choices(names))
        for key in contradicted:
            said = list(dict.fromkeys(contradicted[key].get(side.language, ())))
            yield from (_opposed(some, side) for some in _choices(said))


def _choices(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Any of some items, in their order; of many, each by itself, and all."""
    sizes = range(1, len(items) + 1) if len(items) <= _FEW else (1, len(items))
    for size in sizes:
        yield from combinations(items, size)
