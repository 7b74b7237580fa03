"""Structure: items, cells, links, notes and images on both sides; words left out; values moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.reading import reading
from pipeline.texts.sentences import sentences
from pipeline.translation.markup.verify import marks_apart

_LEAST = 160  # letters below which length says nothing
_LEAST_CUT = 60  # the same where sentences are fewer too, or far more letters than by chance
_APART = 42  # square of Gale and Church's measure (1993), beyond what right pairs reach (30)
_SHORT, _SHORTER = Fraction(45, 100), Fraction(65, 100)
_ITEM = re.compile(r"^(?:[-*+]|\d{1,4}[.)]|\|)", re.MULTILINE)


def structure(pair: Pair) -> Iterator[Finding]:
    """What stands in one raw text and not in the other (law 7), numbers aside."""
    found, back = (
        {(lack.kind, lack.value) for lack in lacking}
        for lacking in marks_apart(pair.one.raw, pair.other.raw)
    )
    same = {_leads_to(v) for k, v in found if k == "link"} & {
        _leads_to(v) for k, v in back if k == "link"
    }
    for kind, value in sorted(found):
        if kind != "link" or _leads_to(value) not in same:
            yield Finding("check-structure", value, "", (_where(pair.one, value), 0))
    for kind, value in sorted(back):
        # a shape was said already, from the other side
        if kind != "structure" and (kind != "link" or _leads_to(value) not in same):
            yield Finding("check-structure", "", value, (0, _where(pair.other, value)))


def _leads_to(link: str) -> str:
    """The page a link leads to: its headings have other anchors in another language.

    An anchor of the text itself stays: it is a clause or a note that both sides have.
    """
    page = re.sub(r"^http:", "https:", link)
    return (page.partition("#")[0] or page).rstrip("/")


def _where(side: Side, value: str) -> int:
    return side.raw.count("\n", 0, max(side.raw.find(value), 0))


def length(pair: Pair) -> Iterator[Finding]:
    """One side is so short that a sentence may be missing."""
    sizes = [_size(side) for side in pair.sides]
    if min(sizes) == 0 or max(sizes) < _LEAST_CUT or len(_ITEM.findall(pair.one.raw)) > 1:
        return
    ratio = min(sizes) / max(sizes)
    if ratio >= _SHORTER:
        return
    counts = [len(sentences(side.text, side.language.partition("-")[0])) for side in pair.sides]
    fewer = counts[0] != counts[1] and (counts[0] < counts[1]) == (sizes[0] < sizes[1])
    long = max(sizes) >= _LEAST
    apart = (sizes[0] - sizes[1]) ** 2 > _APART * sum(sizes) / 2
    if (long or fewer or apart) and ratio < (_SHORTER if long and fewer else _SHORT):
        yield Finding("check-length", str(counts[0]), str(counts[1]))


def _size(side: Side) -> Fraction:
    """Letters, as many as the same text has in the language that is the measure."""
    letters = sum(map(str.isalnum, side.text))
    return letters / Fraction(str(side.known.raw.get("length", 1)))


def order(pair: Pair) -> Iterator[Finding]:
    """Items and rows, as many on both sides, hold the same numbers one by one."""
    ours, theirs = _items(pair.one), _items(pair.other)
    if len(ours) != len(theirs) or len(ours) < 2:  # noqa: PLR2004
        return
    values = [[_values(item, side.language) for item in items]
              for items, side in zip((ours, theirs), pair.sides, strict=True)]  # fmt: skip
    for index, (one, other) in enumerate(zip(*values, strict=True)):
        moved = [v for v in one if v not in other and any(v in item for item in values[1])]
        back = [v for v in other if v not in one and any(v in item for item in values[0])]
        if moved and back:
            lines = tuple(_line(side.raw, index) for side in pair.sides)
            yield Finding("check-order", one[moved[0]], other[back[0]], (lines[0], lines[1]))


def _items(side: Side) -> list[str]:
    starts = [match.start() for match in _ITEM.finditer(side.raw)]
    return [side.raw[a:b] for a, b in pairwise([*starts, len(side.raw)])]


def _values(item: str, language: str) -> Mapping[Fraction, str]:
    """The numbers of an item, by value, and how each is written; an hour in minutes."""
    found = reading(Side(item, language).text, language)
    worth = {q: min(q.values or {v for _d, v in q.base}, default=None) for q in found.counted}
    return {value: q.shown for q, value in worth.items() if value is not None}


def _line(raw: str, index: int) -> int:
    return raw.count("\n", 0, [m.start() for m in _ITEM.finditer(raw)][index])
