"""Pipe tables: which lines are one, and where their cells are."""

from __future__ import annotations

import re

_DELIMITER = re.compile(r"[ \t]*:?-+:?[ \t]*")
_BAR = re.compile(r"\\.|\|")


def cells(line: str) -> list[tuple[str, bool]]:
    """The parts of a row in order: a cell's text, or a bar or what stands outside the first one.

    A bar in code divides cells too, as pandoc reads it; only an escaped one does not.

    >>> cells("| a | b\\\\|c |")
    [('|', False), (' a ', True), ('|', False), (' b\\\\|c ', True), ('|', False)]
    """
    bars = [match.start() for match in _BAR.finditer(line) if match[0] == "|"]
    parts: list[tuple[str, bool]] = []
    last = 0
    for bar in bars:
        if line[last:bar].strip() or last:
            parts.append((line[last:bar], True))
        else:
            parts.append((line[last:bar], False))
        parts.append(("|", False))
        last = bar + 1
    outside = line[last:]
    parts.append((outside, bool(outside.strip())))
    return [part for part in parts if part[0]]


def is_table(head: str, delimiters: str) -> bool:
    """Whether two lines are the head of a table and the row of dashes below it."""
    if "|" not in head or "|" not in delimiters:
        return False
    below = [text for text, cell in cells(delimiters) if cell]
    return len(below) == sum(cell for _, cell in cells(head)) and all(
        _DELIMITER.fullmatch(text) for text in below
    )
