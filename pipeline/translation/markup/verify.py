"""What of a segment is not in its translation (law 7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.texts.source import unify_lines
from pipeline.translation.markup.inline import scan as pieces_of
from pipeline.translation.markup.numbers import (
    Values,
    below_zero,
    mentions,
    said,
    says_less,
    written,
)
from pipeline.translation.markup.pieces import Role, What
from pipeline.translation.markup.units import scan

_LANGUAGE = re.compile(r"\.[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*(?=\.md(?:#|$))")
_SIGNS = {
    "bullet": "-", "number": "1.", "quote": ">", "box": ":::", "definition": ":", "rule": "---",
    "row": "|",
}  # fmt: skip
_WORDS = re.compile(  # lines that begin with words, and not as items do: « a) », « iv. », « 1. »
    r"(?>(?:(?![A-Za-z][.)]|[ivxlcdmIVXLCDM]+[.)]|[0-9]+[.)])(?:\*\*)?(?:[^\W_]|[«“「『])[^\\`\[\]{}<&@|\r\n]*+(?:\n|\Z)|\n)*)"
)
_BARE = re.compile("://|www[.]|mailto:", re.IGNORECASE)
_LINKS = frozenset({What.LINK, What.ADDRESS, What.BARE})


_YEARS = frozenset(range(1800, 2200))
"""A year that stands twice may be « the same year » the second time."""


@dataclass(frozen=True)
class Lack:
    """Something the translation lacks.

    ``kind`` is ``link``, ``note``, ``image``, ``code``, ``number`` or ``structure``; ``value`` what
    it is, as it stands in the source. A structure's is its sign, and how many of how many there are
    (``- 2/3``).
    """

    kind: str
    value: str


@dataclass
class _Content:
    links: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    shape: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)


def lacks(source: str, translation: str) -> tuple[Lack, ...]:
    """What stands in ``source`` and not in ``translation``, both the raw Markdown of a segment.

    Numbers are compared by value; a link to a text of the event may lead to its other language.

    >>> lacks("Le [site](https://a.org) : 10 000 pages[^1].", "1万ページの[サイト](https://a.org)。")
    (Lack(kind='note', value='[^1]'),)
    """
    wanted, there = _content(source), _content(translation)
    return (*_marks(wanted, there), *_numbers(wanted, there), *_structure(wanted, there))


def marks_apart(one: str, other: str) -> tuple[tuple[Lack, ...], tuple[Lack, ...]]:
    """What of `lacks` each of two raw texts has and the other has not, numbers aside.

    >>> marks_apart("- Le site[^1]", "- サイト")
    ((Lack(kind='note', value='[^1]'),), ())
    """
    ours, theirs = (_Content() if _only_words(raw) else _content(raw) for raw in (one, other))
    return (
        (*_marks(ours, theirs), *_structure(ours, theirs)),
        (*_marks(theirs, ours), *_structure(theirs, ours)),
    )


def _only_words(raw: str) -> bool:
    """Whether a text is a paragraph in which no character can be a mark but of emphasis, as most
    are."""
    return _WORDS.fullmatch(raw) is not None and _BARE.search(raw) is None


def _content(raw: str) -> _Content:
    template = scan(unify_lines(raw))
    content = _Content()
    for item in template.shape:
        name, _, value = item.partition(" ")
        into = {"image": content.images, "code": content.codes, "target": content.links}.get(name)
        if into is not None:
            into[_address(value) if name == "target" else value] += 1
        elif name != "term":
            content.shape[item] += 1
    for unit in template.units:
        _read(unit.text, content)
    return content


def _read(unit: str, content: _Content) -> None:
    words = ""
    for piece in pieces_of(unit):
        words += piece.words if piece.role is Role.WORDS else ""
        if piece.role is Role.OPEN or piece.role is Role.WORDS:
            continue
        if piece.what in _LINKS:
            content.links[_address(piece.value)] += 1
        elif piece.what is What.NOTE:
            content.notes[f"[^{piece.value}]"] += 1
        elif piece.what is What.IMAGE:
            content.images[piece.value] += 1
        elif piece.what is What.CODE:
            content.codes[piece.value] += 1
        words += "" if piece.what is What.EMPHASIS else "\n"
    content.words.append(words)


def _address(target: str) -> str:
    """A link's target; a text of the event is the same in every language."""
    return _LANGUAGE.sub("", target)


def _missing(kind: str, wanted: Counter[str], there: Counter[str]) -> Iterator[Lack]:
    for value, count in wanted.items():
        if count > there[value]:
            yield Lack(kind, value)


def _marks(wanted: _Content, there: _Content) -> Iterator[Lack]:
    yield from _missing("link", wanted.links, there.links)
    yield from _missing("note", wanted.notes, there.notes)
    yield from _missing("image", wanted.images, there.images)
    yield from _missing("code", wanted.codes, there.codes)


def _numbers(wanted: _Content, there: _Content) -> Iterator[Lack]:
    words = "\n".join(there.words)
    values, places = said(words), mentions(words)
    numbers = [number for part in wanted.words for number in written(part)]
    often = Counter(number.values for number in numbers if _YEARS.isdisjoint(number.values))
    lacking = [
        number.shown
        for number in numbers
        if number.values.isdisjoint(values)
        or often[number.values] > max(1, _times(number.values, places))
    ]
    if not says_less(words):
        lacking += [number for part in wanted.words for number in below_zero(part)]
    yield from (Lack("number", shown) for shown in dict.fromkeys(lacking))


def _times(values: Values, places: Sequence[Values]) -> int:
    """How often a text says a number: at how many places one of its ``values``."""
    return sum(not values.isdisjoint(place) for place in places)


def _structure(wanted: _Content, there: _Content) -> Iterator[Lack]:
    for item in dict.fromkeys([*wanted.shape, *there.shape]):
        ours, theirs = wanted.shape[item], there.shape[item]
        if ours != theirs:
            yield Lack("structure", f"{_sign(item)} {theirs}/{ours}")


def _sign(item: str) -> str:
    name, _, value = item.partition(" ")
    if name == "heading":
        return "#" * int(value)
    if name == "row":
        return f"| × {value}"
    return f"{value}:" if name == "note" else _SIGNS.get(name, item)
