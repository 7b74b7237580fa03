"""What was made of a document's words by a guess, to be said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """What was made of words: a rule of the catalogue and the words."""

    rule: str
    words: str
