"""A pair cut into the sentences, or the items, that answer each other."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.checks.model import Pair, Side
from pipeline.texts.sentences import sentences

_ALIKE = 2.2
_TITLE = 24  # so short a sentence may be any length in another language
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,4}[.)]|\|)", re.MULTILINE)


@lru_cache(maxsize=16)
def parts(pair: Pair) -> tuple[tuple[Pair, tuple[int, int]], ...]:
    """The pair sentence by sentence where both have as many, with their lines; else as it is."""
    ours, theirs = _cut(pair.one), _cut(pair.other)
    if len(ours) != len(theirs) or len(ours) < 2 or not _parallel(pair, ours, theirs):  # noqa: PLR2004
        return ((pair, (0, 0)),)
    return tuple(
        (
            Pair(Side(one, pair.one.language), Side(other, pair.other.language), pair.facts),
            (line, place),
        )
        for (one, line), (other, place) in zip(ours, theirs, strict=True)
    )


def _parallel(pair: Pair, ours: list[tuple[str, int]], theirs: list[tuple[str, int]]) -> bool:
    """Whether sentence answers sentence: each is about as long, language for language."""
    lengths = [float(side.known.raw.get("length", 1)) for side in pair.sides]
    ratios = [
        (len(one) / lengths[0]) / (len(other) / lengths[1])
        for (one, _line), (other, _place) in zip(ours, theirs, strict=True)
        if max(len(one), len(other)) > _TITLE
    ]
    return all(1 / _ALIKE < ratio < _ALIKE for ratio in ratios)


def _cut(side: Side) -> list[tuple[str, int]]:
    if len(_ITEM.findall(side.raw)) > 1:
        return [(line, n) for n, line in enumerate(side.text.split("\n")) if line.strip()]
    found: list[tuple[str, int]] = []
    at = 0
    for paragraph in re.split(r"\n\s*\n", side.text):  # a heading ends in no full stop
        for sentence in sentences(paragraph, side.language.partition("-")[0]):
            words = sentence.strip()
            at = max(side.text.find(words, at), at)
            if words:
                found.append((words, side.line(at)))
                at += len(words)
    return found
