"""What a segment shows in any language: its kind, its length, and what translators leave as it is.

No dictionary is asked and no language is known here. A translation keeps the targets of links,
paths of images, labels of notes, code, the values of numbers and many proper names; these tie two
texts together more firmly the rarer they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from pipeline.columns import is_wide
from pipeline.texts.segments import Segment, SegmentKind

_CODE = re.compile(r"(`+)(?!`)(?P<code>.+?)(?<!`)\1(?!`)", re.DOTALL)
_ADDRESS = re.compile(
    r"""\]\(\s*<?(?P<target>[^\s)>]+)|(?P<bare>(?:https?://|mailto:)[^\s<>"')\]}]+)"""
)
_NOTE = re.compile(r"\[\^(?P<label>[^\]\s]+)\]")
_DEFINED = re.compile(r" {0,3}\[(?P<label>\^?[^\]\s]+)\]:")
_TAG = re.compile(r"<[^<>]*>|&#?\w+;")
_MARK = re.compile(r"^[ \t>]*(?:#{1,6}(?=\s)|[-+*](?=\s)|\d{1,9}[.)](?=\s))", re.MULTILINE)
_ITEM = re.compile(r"^ {0,3}(?:[-+*]|\d{1,9}[.)])\s", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:[ ,.'’]\d{3}(?!\d))*(?:[.,]\d+)?")
_GROUP = re.compile(r"[ ,.'’](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ATX = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_STEM = 5  # letters by which words of related languages are compared
_SIGNS = ("?", "!", "(", "**", ":")
_RELIED = {"a": 0.85, "d": 0.95, "n": 0.6, "w": 0.4, "i": 0.4, "s": 0.5}
"""How often a mark of a kind that stands in a text stands in its translation too."""
_FEW, _FEW_WORDS = 40, 10
"""Of so many texts at least, one would have the same address, or number or word, by chance."""


@dataclass(frozen=True)
class Profile:
    """One segment, or several in a row: ``kinds`` in order, heading ``level`` (0: none), ``items``
    of its list or rows of its table, ``length`` in letters and in ``columns`` (an East Asian letter
    takes two), and its marks by how firm they are:
    addresses and code, numbers, the rest."""

    kinds: tuple[SegmentKind, ...]
    level: int
    items: int
    length: int
    columns: int
    firm: frozenset[str]
    numbers: frozenset[str]
    words: frozenset[str]

    @property
    def plain(self) -> bool:
        """Whether nothing in it must stand in a translation too."""
        return not self.firm and not self.numbers


def profile(segment: Segment) -> Profile:
    """What ``segment`` shows."""
    text = unicodedata.normalize("NFKC", segment.raw).replace("\r\n", "\n").strip()
    is_list = segment.kind is SegmentKind.LIST
    items = len((_ITEM if is_list else _ROW).findall(text))
    level = _level(text) if segment.kind is SegmentKind.HEADING else 0
    if segment.kind is SegmentKind.CODE:
        return Profile((segment.kind,), 0, 0, len(text), len(text), frozenset({f"a{text}"}), *_NONE)
    firm, words = _addresses(text)
    plain = _TAG.sub(" ", _MARK.sub(" ", words))
    letters = [character for character in plain if character.isalnum()]
    return Profile(
        (segment.kind,),
        level,
        items,
        len(letters),
        len(letters) + sum(map(is_wide, letters)),
        frozenset(firm),
        frozenset(f"n{_value(number)}" for number in _NUMBER.findall(plain)),
        frozenset(_words(plain)),
    )


_NONE: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


def together(profiles: Sequence[Profile]) -> Profile:
    """Several segments in a row as one."""
    return Profile(
        tuple(kind for one in profiles for kind in one.kinds),
        profiles[0].level,
        sum(one.items for one in profiles),
        sum(one.length for one in profiles),
        sum(one.columns for one in profiles),
        frozenset().union(*(one.firm for one in profiles)),
        frozenset().union(*(one.numbers for one in profiles)),
        frozenset().union(*(one.words for one in profiles)),
    )


def _level(text: str) -> int:
    atx = _ATX.match(text)
    return len(atx[1]) if atx else 1 + (text.rstrip()[-1:] == "-")


def _addresses(text: str) -> tuple[list[str], str]:
    """The marks that translators copy, and the text without them."""
    defined = _DEFINED.match(text)
    firm = [f"d{defined['label']}"] if defined else []
    firm += [f"a{match['code']}" for match in _CODE.finditer(text)]
    text = _CODE.sub(" ", text)
    firm += [f"a{match['label']}" for match in _NOTE.finditer(text)]
    text = _NOTE.sub(" ", text)
    firm += [f"a{match['target'] or match['bare']}" for match in _ADDRESS.finditer(text)]
    return firm, _ADDRESS.sub(" ", text)


def _value(number: str) -> str:
    """A number whatever separates its digits: ``1 200,50`` and ``1,200.5`` are 1200.5."""
    whole, _point, part = _GROUP.sub("", number).replace(",", ".").partition(".")
    return f"{whole.lstrip('0') or '0'}.{part.rstrip('0')}".rstrip(".")


def _words(text: str) -> Iterable[str]:
    for word in _WORD.findall(text):
        if is_wide(word[0]):
            yield from (f"i{one}{two}" for one, two in pairwise(word) if _ideograph(one + two))
        else:
            yield f"w{_bare(word)[:_STEM]}"
    yield from (f"s{sign}" for sign in _SIGNS[:-1] if sign in text)
    if text.rstrip().endswith(_SIGNS[-1]):
        yield "s:"


def _bare(word: str) -> str:
    """A word without accents or capitals, as two languages may share it."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _ideograph(characters: str) -> bool:
    return all(unicodedata.name(one, "").startswith("CJK UNIFIED") for one in characters)


class Rarity:
    """How much a mark says that two texts share: the rarer on both sides, the more."""

    def __init__(self, source: Sequence[Profile], target: Sequence[Profile]) -> None:
        self._most = max(len(source), len(target), 1)
        self._least = {"a": _FEW, "d": _FEW, "n": _FEW_WORDS, "w": _FEW_WORDS}
        self._counts = [Counter(_marks(side)) for side in (source, target)]

    def of(self, mark: str) -> float:
        """The logarithm of how likelier a translation has it than any other text."""
        often = max(1, *(counts[mark] for counts in self._counts))
        most = max(self._most, self._least.get(mark[0], 1))
        return max(0.0, log(_RELIED[mark[0]] * most / often))

    def single(self, mark: str) -> bool:
        """Whether exactly one text of each side has it."""
        return all(counts[mark] == 1 for counts in self._counts)


def _marks(profiles: Iterable[Profile]) -> Iterable[str]:
    for one in profiles:
        yield from one.firm
        yield from one.numbers
        yield from one.words
