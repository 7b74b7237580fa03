"""Which texts may be near another: those that share its rarest groups of three characters.

Three characters, ends included, say as much in Japanese as in French, and a text of one or two
characters has such groups too.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_BEGIN, _END = "\x02\x02", "\x03\x03"  # no text has them: they are refused in sources and TMX
_NUMBER = array("I").itemsize
_MOST_PLACES = 12_000
_FEWEST_GRAMS = 6
MOST_CANDIDATES = 150


def folded(text: str) -> str:
    """``text`` for comparing: neither case nor width nor the form of an apostrophe count."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").casefold()


def grams(text: str) -> set[str]:
    """The groups of three characters of ``text``.

    >>> len(grams("市"))
    3
    """
    padded = f"{_BEGIN}{folded(text)}{_END}"
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def postings(texts: Iterable[tuple[int, str]]) -> dict[str, bytes]:
    """For each group, the numbers of the texts it is in, packed; the inverse of `numbers`."""
    found: dict[str, array[int]] = {}
    for number, text in texts:
        for gram in grams(text):
            there = found.get(gram)
            if there is None:
                there = found[gram] = array("I")
            there.append(number)
    return {gram: there.tobytes() for gram, there in found.items()}


def numbers(packed: bytes) -> Sequence[int]:
    """What `postings` packed. Raises ValueError when it is no such thing."""
    there = array("I")
    there.frombytes(packed)
    return there


def telling(sizes: Mapping[str, int]) -> list[str]:
    """The rarest of the groups, given the bytes of their places; as many as are looked at fast."""
    chosen: list[str] = []
    places = 0
    for gram, size in sorted(sizes.items(), key=lambda item: (item[1], item[0])):
        places += size // _NUMBER
        if places > _MOST_PLACES and len(chosen) >= _FEWEST_GRAMS:
            break
        chosen.append(gram)
    return chosen


def candidates(lists: Iterable[bytes]) -> list[int]:
    """The texts that are in most of the packed ``lists``."""
    shared: Counter[int] = Counter()
    for packed in lists:
        shared.update(numbers(packed))
    if len(shared) <= MOST_CANDIDATES:
        return list(shared)
    least = sorted(shared.values(), reverse=True)[MOST_CANDIDATES - 1]
    above = [number for number, count in shared.items() if count > least]
    level = sorted(number for number, count in shared.items() if count == least)
    return [*above, *level[: MOST_CANDIDATES - len(above)]]
