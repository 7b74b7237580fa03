"""The memory as translators meet it: the same unit, the same in the same place, one that is near.

Built from files, kept up by their digests, made again when it is lost, torn or of another version.
A memory belongs to the thread that opened it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pipeline import program
from pipeline.database import torn
from pipeline.errors import ActesError, Problem
from pipeline.translation.fingerprint import normalised
from pipeline.translation.memory.entries import RANK, Entry, Input
from pipeline.translation.memory.score import REUSE, scores
from pipeline.translation.memory.store import Store, database

LONGEST = 10_000
"""Characters of a text that near ones are looked for; a paragraph has a few hundred."""
Answer = TypeVar("Answer")


class Likeness(StrEnum):
    """How a match is like what was asked for."""

    CONTEXT = "context"  # the same unit after the same unit
    EXACT = "exact"
    FUZZY = "fuzzy"


@dataclass(frozen=True)
class Match:
    """An entry that was found, its score (1 when it is the same), and in what it ``differs`` that
    changes the meaning (``numbers``, ``sense``). It is offered, and vouches for nothing."""

    entry: Entry
    score: float
    likeness: Likeness
    differs: tuple[str, ...] = ()

    @property
    def reusable(self) -> bool:
        """Whether it may stand in a counterpart as a first version, for a person to review."""
        return self.score >= REUSE


class Memory:
    """Entries by what they translate; see `open_memory`. ``problems`` are of inputs left out."""

    def __init__(
        self, root: Path, file: Path | None, inputs: Sequence[Input], others: Sequence[Input] = ()
    ) -> None:
        self._root, self._file, self._inputs, self._others = root, file, inputs, others
        self._version = program.code()
        self.problems: tuple[Problem, ...] = ()
        self._store = self._opened()

    def _opened(self) -> Store:
        """The store, from its file; in memory for this command if that fails twice, or if another
        command holds it for too long."""
        for _time in range(2):
            try:
                return self._updated(self._file)
            except (sqlite3.Error, ActesError, ValueError) as error:
                if _held(error):
                    break
                database(self._root, self._file).forget()
        return self._updated(None)

    def _updated(self, file: Path | None) -> Store:
        store = Store(self._root, file, self._version)
        try:
            errors = store.update(self._inputs, self._others)
        except BaseException:
            store.close()
            raise
        self.problems = tuple(problem for error in errors for problem in error.problems)
        return store

    def _asked(self, question: Callable[[Store], Answer]) -> Answer:
        """An answer of the store; of one made anew when its file turns out to be torn."""
        try:
            return question(self._store)
        except (sqlite3.Error, ValueError, TypeError) as error:
            self._store.close()
            if not _held(error):
                database(self._root, self._file).forget()
            self._store = self._opened()
            return question(self._store)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def empty(self) -> bool:
        """Whether nothing can be found in it."""
        return self._asked(lambda store: store.empty())

    def exact(
        self, text: str, source_language: str, target_language: str, before: str | None = ""
    ) -> tuple[Match, ...]:
        """The translations of the same unit, cosmetics aside, each once; the best first.

        ``before`` is the unit's context (see `Entry.before`), None where there is none.
        Reviewed ones come first, then those in context, then those most often given.
        """
        return self._asked(
            lambda store: _exact(store, text, source_language, target_language, before)
        )

    def search(
        self,
        text: str,
        source_language: str,
        target_language: str,
        most: int = 5,
        floor: float = 0.6,
        before: str | None = "",
    ) -> tuple[Match, ...]:
        """The ``most`` best matches that score ``floor`` or more: the same unit, then near ones."""
        same = self.exact(text, source_language, target_language, before)
        if len(same) >= most:
            return same[:most]
        near = self._asked(
            lambda store: _near(store, text, source_language, target_language, floor, most)
        )
        return (*same, *near)[:most]

    def entries(self) -> list[Entry]:
        """Everything in the memory, in an order that depends on nothing else."""
        found = self._asked(lambda store: store.all_entries())
        return sorted(set(found), key=lambda e: (
            e.source_language, e.target_language, e.source, RANK[e.state], e.target, e.where,
            e.before,
        ))  # fmt: skip


def open_memory(
    root: Path, file: Path, inputs: Iterable[Input], others: Iterable[Input] = ()
) -> Memory:
    """The memory of ``inputs``, with its index in ``file`` (below ``build/``).

    Of ``others`` it holds what the index held already: none of them is read. An input with
    something wrong is in the memory's ``problems``, not in the memory.
    """
    return Memory(root, file, tuple(inputs), tuple(others))


def _held(error: Exception) -> bool:
    """Whether the file cannot be used now, and is not damaged: another command holds it, say."""
    return isinstance(error, sqlite3.Error) and not torn(error)


def _exact(
    store: Store, text: str, source_language: str, target_language: str, before: str | None
) -> tuple[Match, ...]:
    number = store.same(source_language, text)
    entries = store.entries(number, target_language) if number is not None else []
    given = Counter(normalised(entry.target) for entry in entries)

    def order(entry: Entry) -> tuple[object, ...]:
        often = -given[normalised(entry.target)]
        return (RANK[entry.state], entry.before != before, often, entry.where, entry.target)

    found: dict[str, Match] = {}
    for entry in sorted(entries, key=order):
        likeness = Likeness.CONTEXT if entry.before == before else Likeness.EXACT
        found.setdefault(normalised(entry.target), Match(entry, 1.0, likeness))
    return tuple(found.values())


def _near(
    store: Store, text: str, source_language: str, target_language: str, floor: float, most: int
) -> tuple[Match, ...]:
    wanted = normalised(text)
    if len(wanted) > LONGEST:
        return ()
    texts = {n: t for n, t in store.near(source_language, wanted).items() if t != wanted}
    matches: list[Match] = []
    for one in scores(wanted, texts, source_language, floor):
        best: dict[str, Match] = {}
        for entry in sorted(store.entries(one.key, target_language), key=_best):
            match = Match(entry, one.score, Likeness.FUZZY, one.differs)
            best.setdefault(normalised(entry.target), match)
        matches += best.values()
        if len(matches) >= most:
            break
    return tuple(matches[:most])


def _best(entry: Entry) -> tuple[int, str, str, str]:
    return (RANK[entry.state], entry.where, entry.source, entry.target)
