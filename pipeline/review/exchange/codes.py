"""Markdown's marks as the inline codes of translation tools, and back letter by letter.

A code is ``(number, mark)``: the same mark has the same number in source and translation, so that a
tool can tell the translator which one is lacking. What comes back must hold the codes that were
sent, each once: a doubled, unknown or lost code is refused with its place, never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.translation.memory.tmx_inline import pieces

Part = str | int
"""Words, or the number of a code."""


@dataclass(frozen=True)
class Coded:
    """A source and its translation with their codes; ``marks`` are the Markdown of each number."""

    source: tuple[Part, ...]
    text: tuple[Part, ...]
    marks: Mapping[int, str]

    @property
    def wanted(self) -> frozenset[int]:
        """The codes that a translation is asked for: those it has, or all where there is none."""
        parts = self.text or self.source
        return frozenset(part for part in parts if isinstance(part, int))


def coded(source: str, text: str) -> Coded:
    """Both texts with their marks as codes.

    >>> coded("Un **mot**", "**語**").text
    (1, '語', 2)
    """
    marks: dict[int, str] = {}
    first = _parts(source, marks, {})
    numbers: dict[str, list[int]] = {}
    for number, mark in marks.items():
        numbers.setdefault(mark, []).append(number)
    second = _parts(text, marks, numbers) if text else ()
    return Coded(first, second, marks)


def _parts(text: str, marks: dict[int, str], known: Mapping[str, list[int]]) -> tuple[Part, ...]:
    """The parts of a text; marks that are not ``known`` get the next numbers."""
    left = {mark: list(numbers) for mark, numbers in known.items()}
    parts: list[Part] = []
    for is_mark, piece in pieces(text):
        if not is_mark:
            parts.append(piece)
            continue
        there = left.get(piece)
        number = there.pop(0) if there else len(marks) + 1
        marks.setdefault(number, piece)
        parts.append(number)
    return tuple(parts)


@dataclass(frozen=True)
class Damage:
    """What is wrong with the codes of a text that came back: the marks concerned."""

    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    unknown: bool = False

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.unknown)


def damage(
    numbers: Iterable[int | None], wanted: Iterable[int], marks: Mapping[int, str]
) -> Damage:
    """What is wrong with the codes ``numbers`` of a text, None for one not ours."""
    found = list(numbers)
    there = Counter(number for number in found if number is not None)
    return Damage(
        tuple(marks.get(number, "?") for number in sorted(wanted) if number not in there),
        tuple(marks.get(number, "?") for number in sorted(there) if there[number] > 1),
        None in found or any(number not in marks for number in there),
    )


def uncoded(parts: Sequence[Part], marks: Mapping[int, str]) -> str:
    """The Markdown of ``parts``, whose codes were looked at by `damage`.

    >>> uncoded((1, "語", 2), {1: "**", 2: "**"})
    '**語**'
    """
    return "".join(part if isinstance(part, str) else marks[part] for part in parts)
