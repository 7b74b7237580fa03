"""Lists that pandoc joins across a footnote, taken apart.

A definition list goes on as long as nothing else stands between two terms, and for pandoc the
definition of a footnote, which leaves no block, is nothing. Whoever writes a list, a note and
another list has written two lists. All other lists end at a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.texts.definitions import NOTE


@dataclass(frozen=True)
class Lines:
    """The line on which something begins (1-based), and the last that is surely its own."""

    first: int
    last: int


def apart(
    body: str, node: dict[str, Any], items: Sequence[Lines]
) -> Iterator[tuple[dict[str, Any], Lines]]:
    """The lists that a definition list was written as, given the lines of its ``items``.

    The lines of ``body`` end with ``\\n``. Any other block has one item, and is given back.

    >>> terms = {"t": "DefinitionList", "c": ["A: x", "B: y"]}
    >>> found = apart("A\\n: x\\n\\n[^1]: note\\n\\nB\\n: y\\n", terms, [Lines(1, 2), Lines(6, 7)])
    >>> [(one["c"], lines.first, lines.last) for one, lines in found]
    [(['A: x'], 1, 2), (['B: y'], 6, 7)]
    """
    divisible = node["t"] == "DefinitionList" and len(node["c"]) == len(items) > 1
    lines = body.split("\n") if divisible else []
    ends = [
        number
        for number, (item, following) in enumerate(pairwise(items), 1)
        if any(map(_ends_list, lines[item.last : max(0, following.first - 1)]))
    ]
    for begin, end in pairwise((0, *ends, len(items))):
        part = {**node, "c": node["c"][begin:end]} if ends else node
        yield part, Lines(items[begin].first, items[end - 1].last)


def _ends_list(line: str) -> bool:
    """Whether a note is defined that stands in no item: its words are set in by two or more."""
    return NOTE.match(line) is not None and not line.startswith("  ")
