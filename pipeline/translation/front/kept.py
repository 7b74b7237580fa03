"""The last look at a head before it is written: no word of a person may be missing (law 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.errors import Place, stop
from pipeline.texts.metadata import Metadata
from pipeline.translation.fields import marker_of
from pipeline.translation.front.items import items
from pipeline.translation.own_words import squeezed


def expect_all_words(counterpart: Metadata, new: Mapping[str, Any], path: str) -> None:
    """That what a person wrote in ``counterpart`` (as a value, a reading, a note, an orphan, or
    among what Actes shows) is in the document ``new``, whatever the white space.

    Raises ActesError ``translation-would-lose``: a defect of Actes; nothing is then written.
    """
    kept = squeezed("\n".join(_scalars(new)))
    for words in _persons(counterpart):
        if squeezed(words) not in kept:
            raise stop("translation-would-lose", Place(path, 1))


def _persons(counterpart: Metadata) -> Iterator[str]:
    for group in items(counterpart).values():
        for held in (held for item in group for held in item.parts.values()):
            if not held.machine_own:
                yield held.value
            yield held.reading
            yield from _lines(marker_of(held.claim).persons_note if held.claim else None)
    for orphan in counterpart.translation.orphans if counterpart.translation else ():
        yield from (orphan.text, orphan.reading or "")
        yield from _lines(orphan.note)


def _lines(note: str | None) -> list[str]:
    """A note may be joined to others, which are not said twice."""
    return note.split("\n") if note else []


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _scalars(item)
    else:
        for item in value or ():
            yield from _scalars(item)
