"""The type of a style of Word: its size, the pitch of its lines, the space around it.

The pitch is the same whatever font Word takes: lines are at least as far apart as those of the
highest fonts that may stand in for ours. Only so do lines on two pages stay level.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from pipeline import columns
from pipeline.publishing.word import styles as word_styles
from pipeline.publishing.word.measures import TWIPS_PER_POINT
from pipeline.publishing.word.xml import w

_HIGHEST = 1.27  # a line of text, in parts of its size
_SINGLE = 240  # a single line, in the units of `w:line` (ISO/IEC 29500-1, 17.3.1.33)
_HALVES = 2  # in a point
_SIZE = 20  # half-points, where nothing is said (ISO/IEC 29500-1, 17.3.2.38)
# Widths of letters, in parts of their size: about those of Cambria, the widest of our text fonts.
_NARROW = frozenset("ijlftrIJ.,:;!|'’()[]/- \u00a0\u202f")
_NARROW_WIDTH, _WIDTH, _CAPITAL, _BROAD = 0.31, 0.53, 0.66, 0.88
_BROADEST = frozenset("mwMW—%@œæŒÆ")
# Word sets letters and figures a quarter of their size apart from kanji and kana (autoSpaceDE).
_QUARTER = 0.25
_KANJI, _LETTER = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", "[0-9A-Za-zÀ-ɏ]"
_BETWEEN_SCRIPTS = re.compile(f"(?<={_KANJI})(?={_LETTER})|(?<={_LETTER})(?={_KANJI})")
_SPARE = 1.03  # what line ends lose


@dataclass(frozen=True)
class Type:
    """In points: the size of letters, the distance of lines, the space above and below."""

    size: float
    pitch: float
    above: float
    below: float

    def lines(self, words: str, width: float) -> int:
        """How many lines words take at most in a width."""
        return max(1, math.ceil(ems(words) * _SPARE * self.size / max(width, self.size)))

    def height(self, words: str, width: float) -> float:
        """How high a paragraph stands, with the space around it."""
        return self.lines(words, width) * self.pitch + self.above + self.below


def pitch(size: float, line: int) -> float:
    """The distance of lines, in points, of letters whose ``line`` is that many 240ths."""
    return round(size * _HIGHEST * line / _SINGLE * TWIPS_PER_POINT) / TWIPS_PER_POINT


def ems(words: str) -> float:
    """How long words are on one line, in parts of their size.

    >>> ems("経済"), round(ems("un il"), 2)
    (2.0, 1.99)
    """
    letters = sum(_width(letter) * count for letter, count in Counter(words).items())
    return letters + _QUARTER * len(_BETWEEN_SCRIPTS.findall(words))


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    if columns.is_wide(letter):
        return 1.0
    if letter in _NARROW:
        return _NARROW_WIDTH
    if letter in _BROADEST:
        return _BROAD
    return _CAPITAL if letter.isupper() else _WIDTH


@dataclass
class Sheet:
    """The types of a reference document's styles, by their names in lower case."""

    root: etree._Element
    names: Mapping[str, str]
    _known: dict[str, Type] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {found: style for _kind, _name, found, style in word_styles.named(self.root)}

    def type(self, name: str) -> Type:
        """The type of a style."""
        if name not in self._known:
            identifier = self.names[name]
            line, above, below = (
                self._value(identifier, "pPr", "spacing", key, default)
                for key, default in (("line", _SINGLE), ("before", 0), ("after", 0))
            )
            self._known[name] = Type(
                self._size(identifier),
                self.pitch_of(identifier) or line / TWIPS_PER_POINT,
                above / TWIPS_PER_POINT,
                below / TWIPS_PER_POINT,
            )
        return self._known[name]

    def pitch_of(self, identifier: str) -> float | None:
        """The pitch that a style is to have; none where it says a distance of its own."""
        if self._said(identifier, "pPr", "spacing", "lineRule") not in (None, "auto"):
            return None
        line = self._value(identifier, "pPr", "spacing", "line", _SINGLE)
        return pitch(self._size(identifier), line)

    def _size(self, identifier: str) -> float:
        return self._value(identifier, "rPr", "sz", "val", _SIZE) / _HALVES

    def _value(self, identifier: str, container: str, name: str, key: str, default: int) -> int:
        said = self._said(identifier, container, name, key) or ""
        return int(said) if said.isdecimal() else default

    def _said(self, identifier: str, container: str, name: str, key: str) -> str | None:
        elements = self.said(identifier, container, name)
        return next((value for one in elements if (value := one.get(w(key))) is not None), None)

    def said(self, identifier: str, container: str, name: str) -> Iterator[etree._Element]:
        """What a style says of something: itself, those it is based on, the document's defaults."""
        seen: set[str] = set()
        style = self.by_id.get(identifier)
        while style is not None and identifier not in seen:
            seen.add(identifier)
            yield from style.iterfind(f"{w(container)}/{w(name)}")
            parent = style.find(w("basedOn"))
            identifier = parent.get(w("val"), "") if parent is not None else ""
            style = self.by_id.get(identifier)
        defaults = f"{w('docDefaults')}/{w(f'{container}Default')}/{w(container)}/{w(name)}"
        yield from self.root.iterfind(defaults)
