"""Kana in Latin letters, and a reading laid over the characters it is of.

Letters follow the kana one by one in Hepburn's spelling, without marks of length: a reading says
how each sign sounds, and where a word ends and a vowel is long no sign says (いのうえ is Inoue).
"""

from __future__ import annotations

import re
import unicodedata

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "y": "や ゆ よ", "r": "らりるれろ", "w": "わゐ ゑを",
    "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_SOUNDS = {
    kana: initial + vowel
    for initial, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
    if kana.strip()
} | {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu",
     "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n", "ゔ": "vu"}  # fmt: skip
_SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_SYLLABLE = re.compile("([っ]?)([ぁ-ゔ])([ゃゅょぁぃぅぇぉ]?)(ー*)")
_KANA = re.compile("[ぁ-ゖァ-ヺー]+")
_SILENT = re.compile(r"[^\w]+")  # between the parts of a foreign name: ＝ ・
_FIRST_KATAKANA, _LAST_KATAKANA, _APART = 0x30A1, 0x30F6, 0x60


def hiragana(words: str) -> str:
    """Katakana as hiragana, everything else as it is."""
    return "".join(
        chr(ord(c) - _APART) if _FIRST_KATAKANA <= ord(c) <= _LAST_KATAKANA else c for c in words
    )


def latin(reading: str) -> str:
    """Kana in Latin letters; what is none stays as it is.

    >>> latin("みのさとし"), latin("さっぽろ"), latin("きょうと"), latin("シルヴァーニュ")
    ('minosatoshi', 'sapporo', 'kyouto', 'shiruvaanyu')
    """
    return _SYLLABLE.sub(_syllable, hiragana(unicodedata.normalize("NFC", reading)))


def _syllable(match: re.Match[str]) -> str:
    doubled, kana, small, long = match.groups()
    sound = _SOUNDS.get(kana, _SMALL.get(kana, kana))
    if small in ("ゃ", "ゅ", "ょ"):
        glide = "" if sound[:-1] in ("sh", "ch", "j") else "y"
        sound = sound[:-1] + glide + _SMALL[small]
    elif small:
        sound = sound[:-1] + _SMALL[small]
    if doubled:
        sound = ("t" if sound.startswith("ch") else sound[:1]) + sound
    return sound + sound[-1:] * len(long)


def over(name: str, reading: str) -> tuple[tuple[str, str], ...]:
    """The parts of ``name``, each with what of ``reading`` stands over it: nothing over kana.

    Where the reading does not follow the name's own kana, it stands over the whole.

    >>> over("青い森県", "あおいもりけん"), over("川辺市", "かわべし")
    ((('青', 'あお'), ('い', ''), ('森県', 'もりけん')), (('川辺市', 'かわべし'),))
    """
    parts = [part for part in re.split(f"({_KANA.pattern}|{_SILENT.pattern})", name) if part]
    match = re.fullmatch("".join(map(_said, parts)), hiragana(reading))
    if match is None:
        return ((name, reading),)
    return tuple(
        (part, "" if _KANA.fullmatch(part) else said)
        for part, said in zip(parts, match.groups(), strict=True)
    )


def _said(part: str) -> str:
    """What of a reading a part of a name may be."""
    if _SILENT.fullmatch(part):
        return "()"
    return f"({re.escape(hiragana(part))})" if _KANA.fullmatch(part) else "(.+?)"
