"""Sorting for an index: É with E (Unicode Collation Algorithm), Japanese by reading in kana rows.

The Unicode order is pyuca's (DUCET). Readings follow JIS X 4061 where it matters to a reader:
hiragana and katakana alike, a long-vowel mark as the vowel it lengthens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
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
SortKey = tuple[Any, ...]


@lru_cache(maxsize=1)
def _collator() -> Any:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyuca

        return pyuca.Collator()


def latin_key(text: str) -> SortKey:
    """A sort key by the Unicode Collation Algorithm; digits and signs before letters."""
    return tuple(_collator().sort_key(text))


def latin_section(text: str) -> str:
    """The letter under which ``text`` stands: É under E, Œ under O; others under an empty string.

    >>> latin_section("École"), latin_section("œuvre"), latin_section("3D")
    ('E', 'O', '')
    """
    for character in unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")):
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
