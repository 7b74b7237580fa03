"""A page as it was read from a file, and what of it is compared: letters, digits and signs.

White space, line ends, hyphens within words and the forms of characters (full width, ligatures,
superscripts: Unicode's NFKC) depend on layout and fonts: they say nothing, and are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from pipeline.columns import is_wide
from pipeline.workspace.characters import ACCENTS, visible

MOST_LETTERS = 400_000
"""Of a file: many times what any declaration has."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-"})
_LEFT_OUT = ("Z", "C")  # separators; marks of direction, soft hyphens, joiners


@dataclass(frozen=True)
class Page:
    """``raw`` is what was read, a line a line; ``plain`` what of it is compared."""

    raw: str
    _found: tuple[tuple[str, int], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the page once."""
        composed = unicodedata.normalize("NFC", ACCENTS.sub("", visible(self.raw)))
        object.__setattr__(self, "raw", composed)
        object.__setattr__(self, "_found", tuple(_without_hyphens(list(_letters(self.raw)))))

    @cached_property
    def plain(self) -> str:
        """What is compared."""
        return "".join(letter for letter, _at in self._found)

    @cached_property
    def line_ends(self) -> tuple[int, ...]:
        """Where, in ``plain``, a line begins or ends."""
        return self._ends("\n")

    @cached_property
    def word_ends(self) -> tuple[int, ...]:
        """Where, in ``plain``, there was white space."""
        return self._ends(" \n\t\u3000")

    def _ends(self, signs: str) -> tuple[int, ...]:
        inside = [
            number
            for number, (one, other) in enumerate(pairwise(self._found), 1)
            if any(sign in signs for sign in self.raw[one[1] : other[1]])
        ]
        return (0, *inside, len(self._found))

    def words(self, begin: int, end: int) -> str:
        """What stands in ``plain[begin:end]`` as a person reads it, on one line."""
        if begin >= end:
            return ""
        return readable(self.raw[self._found[begin][1] : self._found[end - 1][1] + 1])


@lru_cache(maxsize=4096)  # the same words, for every file that is verified
def plain(words: str) -> str:
    """What is compared of some words.

    >>> plain("Les dix-neuf villes : 12 %"), plain("第８回（日仏）")
    ('Lesdixneufvilles:12%', '第8回(日仏)')
    """
    return Page(words).plain


def readable(raw: str) -> str:
    """Lines as one, as their language joins them.

    >>> readable("les collecti-\\nvités\\ndu Japon"), readable("自治\\n体")
    ('les collectivités du Japon', '自治体')
    """
    first, *others = raw.split("\n") if raw else [""]
    whole = first
    for line in others:
        if whole[-1:] == "-" and whole[-2:-1].isalpha() and line[:1].islower():
            whole = whole[:-1] + line
        elif is_wide(whole[-1:]) and is_wide(line[:1]):
            whole += line
        else:
            whole = f"{whole.rstrip()} {line.lstrip()}"
    return _BESIDE_WIDE.sub("", whole.strip())


_BESIDE_WIDE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")
"""A space that a reader of PDF saw where the page has some air between two scripts."""


def _letters(raw: str) -> Iterator[tuple[str, int]]:
    for at, character in enumerate(raw):
        for letter in unicodedata.normalize("NFKC", character).translate(_QUOTES):
            if unicodedata.category(letter)[0] not in _LEFT_OUT:
                yield letter, at


def _without_hyphens(found: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """A hyphen between two letters may be the printer's: it goes, wherever it comes from."""
    last = len(found) - 1
    for number, (letter, at) in enumerate(found):
        between = 0 < number < last
        if not (
            letter == "-"
            and between
            and found[number - 1][0].isalpha()
            and found[number + 1][0].isalpha()
        ):
            yield letter, at
