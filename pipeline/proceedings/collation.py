"""Sorting for an index: É with E (Unicode Collation Algorithm), Japanese by reading in kana rows.

The Unicode order is pyuca's (DUCET). Readings follow JIS X 4061 where it matters to a reader:
hiragana and katakana alike, a long-vowel mark as the vowel it lengthens.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

_ROWS = {
    "あ": "あいうえおぁぃぅぇぉゔ",
    "か": "かきくけこゕゖ",
    "さ": "さしすせそ",
    "た": "たちつてとっ",
    "な": "なにぬねの",
    "は": "はひふへほ",
    "ま": "まみむめも",
    "や": "やゆよゃゅょ",
    "ら": "らりるれろ",
    "わ": "わゐゑをんゎ",
}
_ROW_OF = {kana: row for row, members in _ROWS.items() for kana in members}
_VOWELS = {
    vowel: frozenset(members)
    for vowel, members in {
        "あ": "あかさたなはまやらわぁゃゎ",
        "い": "いきしちにひみりぃゐ",
        "う": "うくすつぬふむゆるぅゅっゔ",
        "え": "えけせてねへめれぇゑ",
        "お": "おこそとのほもよろをぉょ",
    }.items()
}
# What a syllable of hangul begins with, as it is decomposed, and as it is printed by itself.
_CONSONANTS = dict(
    zip(map(chr, range(0x1100, 0x1113)), "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ", strict=True)
)
SortKey = tuple[Any, ...]
# Lines of the table (UTS #10, 9.1): code points, the first of which is looked for; their weights.
_ENTRY = re.compile(r"\n([0-9A-F]+)( .*)")
_RANGE = re.compile(r"\n@implicitweights +([0-9A-F]+)\.\.([0-9A-F]+); *([0-9A-F]+)")


@lru_cache(maxsize=1)
def _collator() -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyuca import Collator
        from pyuca.collator import COLL_ELEMENT_PATTERN

    class Sparing(Collator):  # type: ignore[misc]
        """Takes from the table, of 31,000 entries, those of the letters that it meets."""

        def load(self, filename: str) -> None:
            content = Path(filename).read_text(encoding="utf-8")
            self.entries: defaultdict[str, list[str]] = defaultdict(list)
            for first, rest in _ENTRY.findall(content):
                self.entries[first].append(first + rest)
            for first, last, base in _RANGE.findall(content):
                self.implicit_weights.append([int(part, 16) for part in (first, last, base)])

        def collation_elements(self, normalized_string: str) -> Any:
            for letter in set(normalized_string):
                for entry in self.entries.pop(f"{ord(letter):04X}", ()):
                    points, _, elements = entry.partition("#")[0].partition(";")
                    found = COLL_ELEMENT_PATTERN.findall(elements)
                    weights = [[int(weight, 16) for weight in element] for element in found]
                    self.table.add([int(point, 16) for point in points.split()], weights)
            return super().collation_elements(normalized_string)

    return Sparing()


def prepare() -> None:
    """Read the Unicode order, which every edition sorts by."""
    _collator()


def latin_key(text: str) -> SortKey:
    """A sort key by the Unicode Collation Algorithm; digits and signs before letters."""
    return tuple(_collator().sort_key(text))


def latin_section(text: str) -> str:
    """The letter under which ``text`` stands: É under E, Œ under O; others under an empty string.

    A Korean word stands under its first consonant, a doubled one with the plain one.

    >>> latin_section("École"), latin_section("œuvre"), latin_section("3D"), latin_section("까치")
    ('E', 'O', '', 'ㄱ')
    """
    for character in unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")):
        if character in _CONSONANTS:
            return _CONSONANTS[character]
        if character.isalpha():
            return character.upper()
        if character.isdigit():
            return ""
    return ""


def hiragana(text: str) -> str:
    """Katakana as hiragana, full width; everything else as it is."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in wide)


def kana_key(reading: str) -> SortKey:
    """A sort key for a reading; Latin words come before kana, kanji without reading after."""
    plain: list[str] = []
    for character in hiragana(reading):
        if character == "ー" and plain:
            plain.append(next((v for v, m in _VOWELS.items() if _bare(plain[-1]) in m), "ー"))
        elif character.isalnum():
            plain.append(character)
    return tuple(_collator().sort_key("".join(plain)))


def _bare(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0]


def kana_section(reading: str) -> str:
    """The kana row of a reading, ``A–Z`` for Latin script, empty where it is neither.

    >>> kana_section("がっこう"), kana_section("ヴァル"), kana_section("DX"), kana_section("里山")
    ('か', 'あ', 'A–Z', '')
    """
    for character in hiragana(reading):
        if character in _ROW_OF:
            return _ROW_OF[character]
        if _bare(character) in _ROW_OF:
            return _ROW_OF[_bare(character)]
        if character.isascii() and character.isalnum():
            return "A–Z"
        if character.isalnum():
            return ""
    return ""


_COLLATIONS: dict[str, tuple[Callable[[str], SortKey], Callable[[str], str]]] = {
    "latin": (latin_key, latin_section),
    "kana": (kana_key, kana_section),
}


def collation(name: str) -> tuple[Callable[[str], SortKey], Callable[[str], str]]:
    """The sort key and section functions of a language table's ``collation``."""
    return _COLLATIONS[name]
