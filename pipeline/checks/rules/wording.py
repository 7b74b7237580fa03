"""Modality, negation and scope: questions, sentence by sentence where both sides have as many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipeline.checks.knowledge import Markers, matches
from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.rules.parts import parts

_TAKEN_FOR = {
    "commit": (
        "strive",
        "may",
        "must",
        "wish",
        "decide",
        "affirm",
        "plan",
        "encourage",
        "recommend",
        "should",
        "desirable",
    ),
    "strive": (
        "may",
        "must",
        "wish",
        "decide",
        "affirm",
        "plan",
        "should",
    ),
    "must": (
        "may",
        "wish",
        "decide",
        "encourage",
        "recommend",
        "desirable",
    ),
    "should": ("may",),
    "recommend": ("must",),
    "may": ("decide", "wish"),
    "wish": ("decide",),
}
"""Forces that may be taken for one another, to a party's cost."""
_SHIFTS = frozenset(frozenset({one, other}) for one in _TAKEN_FOR for other in _TAKEN_FOR[one])
_BINDING = frozenset({"commit", "strive", "must", "affirm"})
_NEAR: Mapping[str, tuple[str, ...]] = {
    "may": ("might",), "might": ("may",), "must": ("should",), "should": ("must", "desirable"),
    "desirable": ("should", "wish"), "wish": ("desirable",),
}  # fmt: skip
"""Forces that may answer each other: « peut » is 可能性がある too, « doivent » ことが求められる."""
_SHOWN = 40
_TWICE = 2


def modality(pair: Pair) -> Iterator[Finding]:
    """What one side promises the other does not only strive for."""
    for part, lines in parts(pair):
        ours, theirs = _modes(part.one), _modes(part.other)
        lost = [mode for mode in ours if ours[mode] > theirs[mode] and not _nearly(mode, theirs)]
        gone = [mode for mode in theirs if theirs[mode] > ours[mode] and not _nearly(mode, ours)]
        shift = next(((a, b) for a in lost for b in gone if _shifted(a, b, ours, theirs)), None)
        if shift:
            words = _word(part.one, shift[0]), _word(part.other, shift[1])
            yield Finding("check-modality", *words, lines)
        elif not theirs and (mode := _binding(lost, part.other)):
            yield Finding("check-modality", _word(part.one, mode), "", lines)
        elif not ours and (mode := _binding(gone, part.one)):
            yield Finding("check-modality", "", _word(part.other, mode), lines)


def _nearly(mode: str, there: Counter[str]) -> bool:
    return any(there[near] for near in _NEAR.get(mode, ()))


def _shifted(one: str, other: str, ours: Counter[str], theirs: Counter[str]) -> bool:
    """Whether ``other`` stands where ``one`` should: another force, and one that is not there.

    A word that stands on both sides, only more often on one, weighs only where both bind.
    """
    if frozenset({one, other}) not in _SHIFTS:
        return False
    even = ours.total() == theirs.total()  # a word for a word: one of them is another
    return even or (not theirs[one] and not ours[other]) or {one, other} <= _BINDING


def _binding(modes: list[str], beyond: Side) -> str:
    """A promise or an effort that nothing ``beyond`` may render; "" without one."""
    return next((mode for mode in modes if _unanswered(beyond, mode)), "")


def _unanswered(side: Side, mode: str) -> bool:
    """Whether nothing in ``side`` may render ``mode``, of the two that bind."""
    weak = side.known.raw.get("modality-weak", {}).get(mode)
    return bool(weak) and re.search(weak, side.text, re.IGNORECASE) is None


def _modes(side: Side) -> Counter[str]:
    """How often each force is said, in the order of the table."""
    classes, hint = side.known.classes["modality"], side.known.hints("modality")
    if not hint.search(side.low):
        return Counter()
    said = Counter(n for n, _match in matches([*classes.values()], hint, side.text, side.low))
    return Counter({name: said[n] for n, name in enumerate(classes) if said[n]})


def _word(side: Side, mode: str) -> str:
    match = side.known.classes["modality"][mode].search(side.text)
    return match[0] if match else mode


def negation(pair: Pair) -> Iterator[Finding]:
    """What one side denies, the other does not affirm."""
    for part, lines in parts(pair):
        if any(map(_asks, part.sides)):
            yield from _marked("check-negation", "negation", _settled(part), lines, _TWICE)


def _settled(pair: Pair) -> Pair:
    """The pair without words that deny by their meaning on both sides: « sans » and なしに.

    They answer each other, and no other negation of their sentence.
    """
    if not all(side.known.hints("negation-lexical").search(side.low) for side in pair.sides):
        return pair
    if not all("negation" in side.known.markers for side in pair.sides):
        return pair
    idioms = [side.known.markers["negation"].idioms for side in pair.sides]
    texts = [idiom.sub(" ", side.text) for idiom, side in zip(idioms, pair.sides, strict=True)]
    classes = [side.known.classes["negation-lexical"] for side in pair.sides]
    for kind in (kind for kind in classes[0] if kind in classes[1]):  # in one order on any machine
        patterns = [by_kind[kind] for by_kind in classes]
        both = min(len(p.findall(t)) for p, t in zip(patterns, texts, strict=True))
        if both:
            texts = [p.sub(" ", t, both) for p, t in zip(patterns, texts, strict=True)]
    sides = [Side(text, side.language) for text, side in zip(texts, pair.sides, strict=True)]
    return Pair(sides[0], sides[1], pair.facts)


def scope(pair: Pair) -> Iterator[Finding]:
    """« tous », « notamment », « ne… que », « sauf »: neither dropped nor added."""
    for part, lines in parts(pair):
        for name in ("scope-all", "scope-notably", "scope-only", "scope-except"):
            yield from _marked("check-scope", name, part, lines)


def _marked(
    rule: str, name: str, pair: Pair, lines: tuple[int, int], many: int = 0
) -> Iterator[Finding]:
    """Sure markers of one side, and none on the other that may render them.

    With ``many``, nor so many of them for one: one of two negations is missing, while of three one
    may stand for two (« ni lu ni écrit »).
    """
    if not all(name in side.known.markers for side in pair.sides):
        return
    for index, side in enumerate(pair.sides):
        beyond = pair.sides[1 - index]
        mine, theirs = side.known.markers[name], beyond.known.markers[name]
        if not _asks(side) or not mine.asking.search(side.low):
            continue
        found = _found(mine.strong, mine, side)
        answers = max(len(_found(p, theirs, beyond)) for p in (theirs.strong, theirs.weak))
        if found and (not answers or (many and len(found) >= many * answers)):
            shown = " … ".join(found)[:_SHOWN]
            yield Finding(rule, *(("", shown) if index else (shown, "")), lines)


def _found(words: re.Pattern[str], markers: Markers, side: Side) -> list[str]:
    return [match[0] for match in words.finditer(markers.idioms.sub(" ", side.text))]


@lru_cache(maxsize=64)
def _asks(side: Side) -> bool:
    """Whether any negation or scope at all is marked."""
    return side.known.hints("asking").search(side.low) is not None
