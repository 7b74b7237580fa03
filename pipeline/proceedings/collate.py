"""Items in the order and under the sections of a language's index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.proceedings.collation import collation
from pipeline.workspace.languages import LanguageTable

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Listed(Generic[Entry]):
    """An entry, the words it is listed under, and their reading (empty where none is needed)."""

    words: str
    reading: str
    entry: Entry


def sections(
    items: Sequence[Listed[Entry]], table: LanguageTable
) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The entries sorted, under the letters or rows of the language; those under none come last."""
    key, section_of = collation(table.collation)
    by_reading = table.collation == "kana"
    groups: dict[str, list[Entry]] = {}
    keyed = [((item.reading if by_reading else "") or item.words, item) for item in items]
    for sorted_by, item in sorted(keyed, key=lambda pair: (key(pair[0]), pair[1].words)):
        groups.setdefault(section_of(sorted_by), []).append(item.entry)
    last = groups.pop("", [])
    found = [(name, tuple(entries)) for name, entries in groups.items()]
    if last:
        found.append((table.labels["index-other"], tuple(last)))
    return tuple(found)
