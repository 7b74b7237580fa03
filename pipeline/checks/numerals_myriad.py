"""Figures and numerals of Japanese: 3万8,000, 二十余り, 3分の2, 7割5分."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from pipeline.checks.figures import (
    COVER,
    EDGE,
    LONGEST,
    MEDIUM,
    SMALL,
    STRONG,
    Reading,
    has_figures,
    slashed,
)
from pipeline.checks.knowledge import Knowledge
from pipeline.translation.markup.numbers import kanji_value

_KANJI = "〇零一二三四五六七八九十百千万億兆"
_FEW = 3  # 3者, 3市: so few parties may be named one by one, or not counted
_FIG = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_MIXED = re.compile(
    rf"{EDGE}(?:{_FIG}[十百千]?[万億兆]+|{_FIG}[百千](?=[0-9]))*{_FIG}[百千]?[万億兆]*(?P<more>余り?|数)?"
)
_PART = re.compile(rf"({_FIG})([十百千万億兆]*)")
_COUNT = rf"(?<![0-9{_KANJI}])([0-9]{{1,{LONGEST}}}|[{_KANJI}]{{1,{LONGEST}}})"
_SHARE = re.compile(rf"{_COUNT}分の([0-9]+|[{_KANJI}]+)")
_OUT_OF = re.compile(
    rf"{_COUNT}(?P<of>(?![年月日時分週])[^\W\d_]{{1,3}}?)に(?P<above>[0-9]{{1,3}}|[{_KANJI[2:12]}])(?P=of)"
)
_TENTHS = re.compile(rf"{_COUNT}割([0-9]|[{_KANJI[2:11]}])分")
_RUN = re.compile(rf"(?P<vague>数)?(?P<run>[{_KANJI}]+)(?P<more>余り?|数(?=[人名か件]))?")


def myriad(text: str, known: Knowledge) -> Iterable[Reading]:
    yield from slashed(text)
    yield from _out_of(text)
    for match in _SHARE.finditer(text) if "分の" in text else ():
        below, above = _one(match[1]), _one(match[2])
        if below:
            share = above / below
            yield match.start(), match.end(), frozenset({share, share * 100}), STRONG, ""
    for match in _TENTHS.finditer(text) if "割" in text else ():
        value = _one(match[1]) * 10 + _one(match[2])
        yield match.start(), match.end(), frozenset({value, value / 100}), STRONG, ""
    parties = _counters(tuple(known.raw["parties"]))
    for match in _MIXED.finditer(text) if has_figures(text) else ():
        value = sum((_part(m) for m in _PART.finditer(match[0])), Fraction(0))
        weak = value == 1 or (value <= _FEW and parties.match(text, match.end()) is not None)
        bound = "over" if match["more"] else ""
        yield match.start(), match.end(), frozenset({value}), MEDIUM if weak else STRONG, bound
    yield from _kanji(text, known)


def _out_of(text: str) -> Iterable[Reading]:
    """3人に2人, as one: two, and two thirds; the three may be left out."""
    for match in _OUT_OF.finditer(text) if "に" in text else ():
        below, above = _one(match[1]), _one(match["above"])
        if 0 < above < below:
            values = frozenset({above, above / below, above / below * 100})
            yield match.start(1), match.end("above"), values, MEDIUM, ""


def _one(digits: str) -> Fraction:
    return (
        Fraction(digits[:LONGEST])
        if digits.isdecimal() and digits.isascii()
        else Fraction(kanji_value(digits[:LONGEST]))
    )


def _part(match: re.Match[str]) -> Fraction:
    value = Fraction(match[1].replace(",", "")[:LONGEST])
    for scale in match[2][:LONGEST]:
        value *= kanji_value(scale)
    return value


@lru_cache(maxsize=4)
def _counters(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=4)
def _lexicon(words: tuple[str, ...]) -> tuple[re.Pattern[str], int]:
    """Words that hold numerals and count nothing (一方, 統一), and how long they may be."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), max(map(len, words))


def _lexical(text: str, start: int, end: int, known: Knowledge) -> bool:
    """Whether the characters from ``start`` to ``end`` are part of such a word."""
    pattern, longest = _lexicon(tuple(known.raw["lexical"]))
    for at in range(max(0, start - longest + 1), end):
        match = pattern.match(text, at)
        if match and match.end() > start:
            return True
    return False


def _kanji(text: str, known: Knowledge) -> Iterable[Reading]:
    counter = _counters(tuple(known.raw["counters"]))
    for match in _RUN.finditer(text):
        start, end = match.span("run")
        if text[start - 1 : start].isdigit() or _lexical(text, start, end, known):
            continue
        value = Fraction(kanji_value(match["run"][:LONGEST]))
        counted = counter.match(text, end) is not None
        ordinal = text[start - 1 : start] == "第"
        if match["vague"]:
            yield match.start(), end, frozenset({value}), MEDIUM, "vague"
            continue
        strength = STRONG if value > SMALL or (len(match["run"]) > 1 and counted) else MEDIUM
        if value <= 1 or (ordinal and value <= SMALL) or (not counted and len(match["run"]) == 1):
            strength = COVER
        yield start, match.end(), frozenset({value}), strength, "over" if match["more"] else ""
