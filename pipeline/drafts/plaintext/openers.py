"""How a line opens a new block: a bullet, a number, capitals, a Markdown heading.

Input of every function: the text of a line without outer white space, and the language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.drafts.plaintext.lines import is_wide
from pipeline.drafts.plaintext.tables import (
    DASH_BULLETS,
    DIVISION_WORDS,
    LETTER_BULLETS,
    SMALL_WORDS,
    SURE_BULLETS,
    look_up,
)
from pipeline.texts.sentences import base

_PRIVATE = "\ue000-\uf8ff"
# 〇 is a circle, and a nought in 〇歳.
NOUGHT = "〇(?![〇一二三四五六七八九十百千万歳才年月日時分点円人回度個件割％%・．.])"
_SURE = re.compile(
    rf"(?:[{SURE_BULLETS}]|{NOUGHT}|[{_PRIVATE}](?=[ \t\u3000\u00a0])){{1,2}}\s*(?=\S)"
)
# « + 12 degrés » is no item.
_DASH = re.compile(rf"(?![+−]\s+\d)[{re.escape(DASH_BULLETS)}][ \t\u3000\u00a0]+(?=\S)")
_LETTER = re.compile(r"[^\W\d_][ \t\u00a0]+(?=[^\s'’])")
_SPEECH = re.compile(r"[○〇◯]\s*\S{1,12}[\u3000 ].*。\Z")  # ○岸本課長　承知した。
_HASH = re.compile(r"#{1,6}[ \t]+(?=\S)")

_D = r"[0-9０-９]{1,2}"
_KANJI = "一二三四五六七八九"
_KANA = "アイウエオカキクケコ"
# Style, pattern (its first group is the number), language or "" for all.
_NUMBERS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (style, re.compile(pattern), language)
    for style, pattern, language in (
        ("multi", r"(\d{1,2}(?:\.\d{1,2}){1,4})\.?[ \t\u3000\u00a0]+(?=\S)", ""),
        ("dot", rf"({_D})[.．](?:[ \t\u3000\u00a0]+(?=\S)|(?=[^\W\d_]))", ""),
        ("comma", rf"({_D})[、，]\s*(?=\S)", "ja"),
        ("spaced", rf"({_D})\u3000+(?=\S)", "ja"),
        ("paren", rf"({_D})[)）]\s*(?=\S)", ""),
        ("parens", rf"[(（]({_D})[)）]\s*(?=\S)", ""),
        ("alpha", r"([a-z])[)）][ \t\u3000\u00a0]+(?=\S)", ""),
        ("alphas", r"[(（]([a-z])[)）]\s*(?=\S)", ""),
        ("upper", r"([A-H])[.．)][ \t\u3000\u00a0]+(?=\S)", ""),
        ("roman", r"([IVX]{1,5})(?:[.．)]|[ \u00a0][-–—])[ \t\u3000\u00a0]+(?=\S)", ""),
        ("roman", r"([Ⅰ-Ⅻ])[.．、)）\u3000 ]\s*(?=\S)", ""),
        ("degree", rf"({_D})[°º][ \t\u3000\u00a0]+(?=\S)", ""),
        ("slash", rf"({_D})/[ \t\u3000\u00a0]+(?=\S)", ""),
        ("alphaslash", r"([a-z])/[ \t\u3000\u00a0]+(?=\S)", ""),
        ("kanji", r"([一二三四五六七八九十]{1,3})[\u3000、．.]\s*(?=\S)", "ja"),
        ("circled", r"([①-⑳])\s*(?=\S)", ""),
        ("kana", rf"([{_KANA}])[)）．.、\u3000]\s*(?=\S)", "ja"),
        ("kanas", rf"[(（]([{_KANA}])[)）]\s*(?=\S)", "ja"),
        (
            "division",
            r"第([0-9０-９一二三四五六七八九十]{1,3})(?:[章節部編](?=\s|\Z)|(?=\u3000))\s*",
            "ja",
        ),
    )
)
LISTED = ("dot", "comma", "spaced", "paren", "parens", "alpha", "alphas", "upper", "circled",
          "kana", "kanas", "degree", "slash", "alphaslash")  # fmt: skip
"""Styles of numbers that items of a list have."""
_INITIAL = re.compile(r"[A-H]\.[ \t\u00a0]+([A-ZÀ-ÖØ-Þ][\w’'-]*)(?:\s+([\w’']+))?")
ENOUGH = 2  # lines that a letter heads before it is believed a bullet
SHORTEST, LONGEST = 4, 120  # letters, signs of a line in capitals: less is an acronym
_ORDINAL = re.compile(r"\b(?:\d+|[IVX]+)(?:e|er|ère|es|ème|nd|nde)\b")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens a block: its kind, its style, its number (0 if none), the length of its label."""

    kind: str  # bullet, number, caps, hash
    style: str
    value: int
    length: int
    sure: bool  # no sentence can wrap so that its next line begins like this


def letter_bullets(texts: Iterable[str], language: str) -> frozenset[str]:
    """Return the letters that stand for bullets: alone at the head of two lines at least."""
    allowed = look_up(LETTER_BULLETS, language)
    heads = Counter(
        text[0] for text in texts if text and text[0] in allowed and _LETTER.match(text)
    )
    return frozenset(letter for letter, count in heads.items() if count >= ENOUGH)


def opener(text: str, language: str, letters: frozenset[str]) -> Opener | None:
    """Return what opens a block at the head of a line, or None for a plain line."""
    return _sign(text, letters) or _number(text, language) or _words(text, language)


def _sign(text: str, letters: frozenset[str]) -> Opener | None:
    if _SPEECH.match(text):
        return None
    if found := _SURE.match(text):
        sign = "○" if text[0] in "〇◯" else unicodedata.normalize("NFKC", text[0])
        return Opener("bullet", sign, 0, found.end(), True)
    if found := _DASH.match(text):
        return Opener("bullet", text[0], 0, found.end(), False)
    if text[:1] in letters and (found := _LETTER.match(text)):
        return Opener("bullet", text[0], 0, found.end(), True)
    if found := _HASH.match(text):
        return Opener("hash", "hash", text[: found.end()].count("#"), found.end(), True)
    return None


def _number(text: str, language: str) -> Opener | None:
    for style, pattern, only in _NUMBERS:
        if only in ("", base(language)) and (found := pattern.match(text)):
            following = text[found.end() : found.end() + 1]
            if style == "multi" and not (following.isupper() or is_wide(following)):
                continue  # « 1.5 million »
            return Opener("number", style, _value(style, found.group(1)), found.end(), False)
    return None


def _words(text: str, language: str) -> Opener | None:
    if number := _division(text, language):
        return Opener("number", "division", number, 0, False)
    if is_capitals(text):
        return Opener("caps", "caps", 0, 0, False)
    return None


def _division(text: str, language: str) -> int:
    words = look_up(DIVISION_WORDS, language)
    word, _, rest = text.partition(" ")
    if word.casefold() not in words or not word[:1].isupper():
        return 0
    found = re.match(r"(\d{1,3}|[IVX]{1,5})(?!\w)", rest)
    return _value("roman", found.group(1)) if found else 0


def _value(style: str, typed: str) -> int:
    """Return what a label counts: 3 for « 3 », « c », « III », « ③ », « ウ »."""
    text = unicodedata.normalize("NFKC", typed)
    if style == "multi":
        return int(text.rstrip(".").rsplit(".", 1)[-1])
    if text.isdigit() and text.isascii():
        return int(text)
    if style in ("kana", "kanas"):
        return _KANA.index(text) + 1
    if style in ("alpha", "alphas", "alphaslash", "upper"):
        return ord(text.lower()) - ord("a") + 1
    if style == "roman":
        numbers = [_ROMAN[letter] for letter in text]
        following = [*numbers[1:], 0]
        return sum(-n if n < m else n for n, m in zip(numbers, following, strict=True))
    tens, ten, ones = text.rpartition("十")
    return 10 * (_KANJI.find(tens) + 1 if tens else bool(ten)) + (
        _KANJI.find(ones) + 1 if ones else 0
    )


def are_lettered(texts: Sequence[str], first: int) -> bool:
    """Whether lines that letters open, counting on from ``first``, are the items of a list.

    A list begins at A. Two such lines may be two persons with their initials, which are theirs:
    « A. Dupont parle », « B. Durand répond », but neither « A. Les halles »
    nor « A. Ouvrir la rue ».

    >>> are_lettered(["A. Dupont parle.", "B. Durand répond."], 1)
    False
    >>> are_lettered(["A. Ouvrir la rue.", "B. Durand répond."], 1)
    True
    """
    names = sum(_is_name(text) for text in texts)
    return first == 1 and (len(texts) > ENOUGH or names < len(texts))


def _is_name(text: str) -> bool:
    found = _INITIAL.match(text)
    if found is None:
        return False
    words = [re.sub(r"(?<=[’']).+", "", word.casefold()) for word in found.groups("")]
    return SMALL_WORDS.isdisjoint(words)


def is_capitals(text: str) -> bool:
    """Whether a line is set in capitals, as titles are: « 8e RENCONTRES » counts."""
    bare = _ORDINAL.sub("", text)
    letters = [char for char in bare if char.isalpha()]
    cased = [char for char in letters if char.isupper() or char.islower()]
    if len(cased) < SHORTEST or len(cased) < len(letters) or len(text) > LONGEST:
        return False
    return all(char.isupper() for char in cased) and not text.endswith((".", ",", ";", ":"))
