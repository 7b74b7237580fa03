"""Whether the parties sign side by side or one below the other, decided once for PDF and Word."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import columns
from pipeline.proceedings.parallel import ParallelBook
from pipeline.texts import ast

LARGE = 1.6
"""How much larger what is read out is than other texts."""
_WIDTH_MM, _GUTTER_MM = 163.7, 9.0
_PLACES_PER_MM = 0.5  # of names in the type of both formats


def is_abreast(book: ParallelBook) -> bool:
    """Whether there is a column for each party in which every name stands on one line."""
    count = len(book.parties)
    if count < 2:  # noqa: PLR2004 - a party has nobody beside it
        return False
    column = (_WIDTH_MM - (count - 1) * _GUTTER_MM) / count
    places = column * _PLACES_PER_MM / (LARGE if book.large else 1)
    return all(columns.width(name) <= places for name in _names(book))


def _names(book: ParallelBook) -> Iterator[str]:
    """The names of parties and of those who sign."""
    for party in book.parties:
        yield from map(ast.plain_text, party.names)
        for person in party.signatories:
            lines = [line for lines in person.lines for line in lines]
            strong = (node for line in lines for node in ast.walk(line) if node["t"] == "Strong")
            yield from (ast.plain_text(node["c"]) for node in strong)
