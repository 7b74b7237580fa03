"""A first version that an engine proposed for a clause: marked as such, never confirmed by it.

Under the heading stands ``<!-- machine 5d20c1aa91be07aa -->``, with the fingerprint of what the
machine wrote. Once a person changes the clause the fingerprint is no longer its own, and the mark
says nothing any more (law 3).
"""

from __future__ import annotations

import re

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
