"""A first version that an engine proposed for a clause: marked as such, never confirmed by it.

Under the heading stands ``<!-- machine 5d20c1aa91be07aa -->``, with the fingerprint of what the
machine wrote. Once a person changes the clause the fingerprint is no longer its own, and the mark
says nothing any more (law 3).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from pipeline.proceedings.book import Blocks
from pipeline.proceedings.parallel import ParallelBook
from pipeline.texts import ast
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind

_MARK = re.compile(r"<!-- machine ([0-9a-f]{16}) -->")


def mark(fingerprint: str) -> str:
    """The comment that marks a clause with this fingerprint as a machine's."""
    return f"<!-- machine {fingerprint} -->"


def is_machine(text: Text, fingerprint: str) -> bool:
    """Whether the clause of that fingerprint still has the words that a machine wrote."""
    comments = (s.raw for s in text.body.segments if s.kind is SegmentKind.COMMENT)
    return any(found[1] == fingerprint for raw in comments for found in _MARK.finditer(raw))


def said(book: ParallelBook, proposed: Collection[tuple[str, str]]) -> ParallelBook:
    """A draft in which the clauses ``proposed`` (id and language) are said to be a machine's."""
    rows = (
        replace(
            row,
            cells=tuple(
                _said(cell, side.labels["standing-machine"])
                if (row.id, side.language) in proposed
                else cell
                for side, cell in zip(book.sides, row.cells, strict=True)
            ),
        )
        for row in book.rows
    )
    return replace(book, rows=tuple(rows))


def _said(cell: Blocks, words: str) -> Blocks:
    heads = sum(block["t"] == "Header" for block in cell[:1])
    note = ast.para([{"t": "Emph", "c": ast.text(words)}])
    return (*cell[:heads], note, *cell[heads:])
