"""A difference as spans of text: what every door is given, and renders in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a span of text."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True)
class Span:
    """A run of text and what became of it.

    ``move`` is 0, or the number that a deleted span has in common with the inserted one in which
    the same words stand now: they moved.
    """

    change: Change
    text: str
    move: int = 0


def before(spans: Iterable[Span]) -> str:
    """The old text."""
    return "".join(span.text for span in spans if span.change is not Change.INSERTED)


def after(spans: Iterable[Span]) -> str:
    """The new text."""
    return "".join(span.text for span in spans if span.change is not Change.DELETED)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans without the empty ones, neighbours of one kind as one."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last and (last.change, last.move) == (span.change, span.move) and not span.move:
            found[-1] = Span(span.change, last.text + span.text)
        elif span.text:
            found.append(span)
    return found
