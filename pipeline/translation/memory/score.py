"""How near a text in the memory is to the one asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.translation.memory.grams import folded
from pipeline.translation.memory.guards import compared, meaning, turned

REUSE = 0.75
"""From this score up a match may be shown to a translator as a first version."""
GUARDED = 0.7
"""The most that a text can score that says something else (another number, a negation)."""
NEARLY = 0.99
"""The most that a text can score that is not the same, letter by letter."""

_LOOKED_AT = 40  # of the nearest; a text that says the same is not further away

Key = TypeVar("Key")


@dataclass(frozen=True)
class Scored(Generic[Key]):
    """A candidate that is near: its score, and the differences in meaning that cap it."""

    key: Key
    score: float
    differs: tuple[str, ...]


def scores(
    text: str, candidates: Mapping[Key, str], language: str, floor: float
) -> list[Scored[Key]]:
    """The candidates that score at least ``floor``, the best first.

    The score is one minus the share of characters to change (Levenshtein), which means the same in
    a language written without spaces.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    near = process.extract(
        folded(text),
        {key: folded(candidate) for key, candidate in candidates.items()},
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=floor,
        limit=_LOOKED_AT,
    )
    meant = meaning(text, language)
    found: list[Scored[Key]] = []
    for _folded, raw, key in near:
        differs = compared(meant, meaning(candidates[key], language))
        if not differs and turned(text, candidates[key]):
            differs = ("sense",)
        score = min(raw, GUARDED if differs else NEARLY)
        if score >= floor:
            found.append(Scored(key, score, differs))
    return sorted(found, key=lambda one: -one.score)  # those that are level stay nearest first
