"""What was translated before and is like what is on the page; offered, never believed."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ActesError
from pipeline.review.items import Item
from pipeline.translation.fingerprint import normalised
from pipeline.translation.markup.units import scan

if TYPE_CHECKING:
    from pipeline.translation.memory.index import Match, Memory

_MOST = 3
_MOST_UNITS = 6
_FLOOR = 0.6


@dataclass(frozen=True)
class Remembered:
    """A unit like one of the item's, how like in percent, its translation, in what it ``differs``
    (`Match.differs`), and where it stands."""

    percent: int
    source: str
    target: str
    differs: tuple[str, ...]
    where: str


class Recollection:
    """The memory of a workspace, as it is when it is first asked. A memory belongs to one thread:
    this has it, so that nobody waits while it is opened."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="memory")
        self._opened: Future[Memory | None] | None = None

    def matches(self, item: Item) -> tuple[Remembered, ...] | None:
        """What is remembered of the item's units, the nearest first; None: not yet."""
        if self._opened is None:
            self._opened = self._thread.submit(_open, self._root)
        if not self._opened.done():
            return None
        memory = self._opened.result()
        return self._thread.submit(_found, memory, item).result() if memory else ()


def _open(root: Path) -> Memory | None:
    from pipeline.translation.memory.desk import open_desk

    try:
        return open_desk(root).memory
    except ActesError:
        return None


def _found(memory: Memory, item: Item) -> tuple[Remembered, ...]:
    own = normalised(item.text)
    found: dict[tuple[str, str], Match] = {}
    for unit in _units(item):
        for match in memory.search(unit, *item.languages, most=_MOST, floor=_FLOOR):
            target = normalised(match.entry.target)
            if target and target not in own and not _itself(match, item):
                found.setdefault((match.entry.source, target), match)
    best = sorted(found.values(), key=lambda match: -match.score)[:_MOST]
    return tuple(map(_remembered, best))


def _itself(match: Match, item: Item) -> bool:
    """Whether it is what stood in the item's own place when the memory was opened."""
    return match.score >= 1 and match.entry.where.startswith((f"{item.path}:", f"{item.path}#"))


def _units(item: Item) -> Iterable[str]:
    if item.block is None:
        return [item.source]
    return [unit.text for unit in scan(item.source, item.block).units][:_MOST_UNITS]


def _remembered(match: Match) -> Remembered:
    entry = match.entry
    return Remembered(
        int(100 * match.score), entry.source, entry.target, match.differs, entry.where
    )
