"""Kana in Latin letters, and a reading laid over the characters it is of.

Letters are those of modified Hepburn, with marks of length (Kōchi, Kyūshū), ``n’`` before a vowel,
``tch`` in まっちゃ. That a vowel is long is taken from the kana; where two that look so belong to
two words (いのうえ is Inoue), an apostrophe in the reading parts them (``いの'うえ``), as a space
parts names (``いの'うえ けんじ``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

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
_GLIDES = {"い": "y", "う": "w", "く": "kw", "ぐ": "gw"}  # before a small vowel: ウィ, クォ
_SYLLABLE = re.compile("([っ]?)([ぁ-ゔ])([ゃゅょぁぃぅぇぉ]?)")
_SYLLABIC_N = re.compile("ん(?=[|]?[あいうえおやゆよゐゑを])")
_LONG = re.compile("aa|uu|ee|oo|ou|([aiueo])ー+")
_MACRON = dict(zip("aiueo", "āīūēō", strict=True))
_READING = re.compile("[ぁ-ゔー]+(?:['’][ぁ-ゔー]+)*")
_BOUNDARY = re.compile("['’]")
_LONGEST_NAME = 60  # in kana, of an authority: what comes after it is « prefecture », « city »
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

    >>> latin("おおさか"), latin("きゅうしゅう"), latin("じゅんいち"), latin("いの'うえ")
    ('ōsaka', 'kyūshū', 'jun’ichi', 'inoue')
    """
    return _READING.sub(lambda kana: _lengthened(_sounds(kana[0])).replace("|", ""), _kana(reading))


def latin_name(reading: str, known: str = "") -> str:
    """A reading as a name in Latin letters, a capital to each word.

    ``known`` words may hold the name as somebody writes it: that is how it is written here too, and
    what the reading says after it follows behind a hyphen.

    >>> latin_name("こうちけん"), latin_name("こうちけん", "Préfecture de Kochi")
    ('Kōchiken', 'Kochi-ken')
    """
    written = {_plain(word): word for word in re.findall(r"[\w-]+", known) if word[0].isupper()}
    for end in range(min(len(reading), _LONGEST_NAME), 0, -1):
        for spelt in (latin(reading[:end]), _sounds(_kana(reading[:end]))):
            if word := written.get(_plain(spelt)):
                return "-".join(filter(None, [word, latin(reading[end:]).strip("'’ ")]))
    return " ".join(word[:1].upper() + word[1:] for word in latin(reading).split())


def _kana(reading: str) -> str:
    return hiragana(unicodedata.normalize("NFC", reading))


def _sounds(kana: str) -> str:
    """The sounds of kana one by one, with a stroke where words are parted."""
    kana = _SYLLABIC_N.sub("n’", _BOUNDARY.sub("|", kana))
    return _SYLLABLE.sub(_syllable, kana)


def _lengthened(sounds: str) -> str:
    return _LONG.sub(lambda long: _MACRON[long[0][0]], sounds)


def _plain(letters: str) -> str:
    """Letters as they are compared: small, without marks."""
    return "".join(c for c in unicodedata.normalize("NFD", letters.casefold()) if c.isalnum())


def _syllable(match: re.Match[str]) -> str:
    doubled, kana, small = match.groups()
    sound = _SOUNDS.get(kana, _SMALL.get(kana, kana))
    if small in ("ゃ", "ゅ", "ょ"):
        glide = "" if sound[:-1] in ("sh", "ch", "j") else "y"
        sound = sound[:-1] + glide + _SMALL[small]
    elif small:
        sound = _GLIDES.get(kana, sound[:-1]) + _SMALL[small]
    if doubled:
        sound = ("t" if sound.startswith("ch") else sound[:1]) + sound
    return sound


def over(name: str, reading: str) -> tuple[tuple[str, str], ...]:
    """The parts of ``name``, each with what of ``reading`` stands over it: nothing over kana.

    Where the reading does not follow the name's own kana, it stands over the whole. Where both are
    parted alike (沢渡 健司, さわたり けんじ), part stands over part.

    >>> over("青い森県", "あおいもりけん"), over("川辺市", "かわべし")
    ((('青', 'あお'), ('い', ''), ('森県', 'もりけん')), (('川辺市', 'かわべし'),))
    """
    parts, said = re.split(f"({_SILENT.pattern})", name), _SILENT.split(reading)
    if len(parts[::2]) != len(said) or len(said) == 1:
        return _over(name, "".join(said))
    pairs = zip(parts[::2], said, ["", *parts[1::2]], strict=True)
    return tuple(
        one
        for part, words, between in pairs
        for one in (*([(between, "")] if between else []), *_over(part, words))
    )


def _over(name: str, reading: str) -> tuple[tuple[str, str], ...]:
    parts = [part for part in re.split(f"({_KANA.pattern}|{_SILENT.pattern})", name) if part]
    found = _shared_out(hiragana(reading), parts)
    if found is None:
        return ((name, reading),)
    return tuple(
        (part, "" if _KANA.fullmatch(part) else said)
        for part, said in zip(parts, found, strict=True)
    )


def _shared_out(reading: str, parts: Sequence[str]) -> list[str] | None:
    """What of a reading each part of a name is: kana themselves, the rest as little as may be.

    None where it cannot be shared out. Places are looked for from the end, part by part, so that no
    name costs more than its length times that of its reading.
    """
    ends = [{len(reading)}]  # where each part may end, the last first
    for part in reversed(parts):
        ends.append(set(_begins(part, reading, ends[-1])))
    place, found = 0, []
    if place not in ends.pop():
        return None
    for part, possible in zip(parts, reversed(ends), strict=True):
        sounded = _sounded(part)
        least = 1 if sounded is None else len(sounded)
        end = min(p for p in possible if p >= place + least)
        found.append(reading[place:end])
        place = end
    return found


def _begins(part: str, reading: str, ends: Collection[int]) -> Iterable[int]:
    """Where a part may begin that ends in one of these places."""
    sounded = _sounded(part)
    if sounded is None:
        return range(max(ends, default=0))
    starts = (end - len(sounded) for end in ends)
    return (start for start in starts if start >= 0 and reading.startswith(sounded, start))


def _sounded(part: str) -> str | None:
    """What a part of a name sounds like by itself; None where only a reading says."""
    if _SILENT.fullmatch(part):
        return ""
    return hiragana(part) if _KANA.fullmatch(part) else None
