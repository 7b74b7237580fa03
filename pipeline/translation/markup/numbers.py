"""Numbers as French and Japanese write them, by value: ``10 000``, ``1万``, ``dix mille``.

A number may be read in several ways (``1,234``; ``令和6年`` is also 2024): it keeps all its values,
and two numbers agree when they share one. Numbers in names (COVID-19, CO₂) are no numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

_SCALES = {
    "百": 100, "千": 1_000, "万": 10**4, "億": 10**8, "兆": 10**12,
    "mille": 1_000, "millier": 1_000, "million": 10**6, "milliard": 10**9,
    "k€": 1_000, "M€": 10**6, "Md€": 10**9,
}  # fmt: skip
_FIGURES = r"[0-9]{1,3}(?:[ ,.'][0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?"
_SCALE = r"(?:\s?(?P<scale>[百千万億兆]+|milliers?\b|mille\b|millions?\b|milliards?\b|k€|Md?€))?"
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9])(?<![A-Za-z]-)(?P<era>令和|平成|昭和)?\s?(?P<half>午後)?\s?(?P<figures>{_FIGURES}){_SCALE}(?P<tenths>割)?"
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_KANJI_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KANJI = re.compile("[〇一二三四五六七八九十百千万億兆]+")
_MULTIPLES = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_LEAST_KANJI = 2  # one character alone is often no number: 一方, 千葉, 十分
_LONGEST = 30

_FRENCH = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15,
    "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "soixante": 60, "cent": 100, "cents": 100, "mille": 1_000,
}  # fmt: skip
_FRENCH_ALSO = {
    "premier": 1, "première": 1, "premiers": 1, "premières": 1, "second": 2, "seconde": 2,
    "double": 2,
    "doublé": 2, "doubler": 2, "deuxième": 2, "troisième": 3, "quatrième": 4, "cinquième": 5,
    "sixième": 6, "septième": 7, "huitième": 8, "neuvième": 9, "dixième": 10, "onzième": 11,
    "douzième": 12, "tiers": 3, "triple": 3, "triplé": 3, "quart": 4, "quarts": 4, "dizaine": 10,
    "dizaines": 10,
    "douzaine": 12, "quinzaine": 15, "vingtaine": 20,
    "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
    "centaine": 100, "centaines": 100,
    "millier": 1_000, "milliers": 1_000,
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "mai": 5,
    "juin": 6, "juillet": 7, "août": 8, "septembre": 9, "octobre": 10, "novembre": 11,
    "décembre": 12, "midi": 12, "minuit": 0, "couple": 2, "paire": 2, "deuxièmes": 2,
}  # fmt: skip
_BELOW = re.compile(rf"(?:(?<=[\s(「『«:：、。])-|(?<![0-9A-Za-z)])−)(?:{_FIGURES})")
_LESS = re.compile(
    "マイナス|▲|△|零下|氷点下|減|低下|下落|下が|縮小|下回|割れ"
    "|moins|négati|baiss|recul|dimin|rédu|perte|perd|chut|inférieur|sous zéro|déficit"
)
_HALVES = re.compile(r"moitié|demi|半")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"\b(?=[IVXLC]{2})(X{0,3})(IX|IV|V?I{0,3})(?=\b|e\b|ème\b)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}

Values = frozenset[Fraction]


@dataclass(frozen=True)
class Number:
    """A number as it stands, and what it may be worth."""

    shown: str
    values: Values


def written(text: str) -> list[Number]:
    """The numbers that a translation must have: in figures, or in several Chinese characters.

    >>> [number.shown for number in written("人口3万8,000人、一方で二十三区")]
    ['3万8,000', '二十三']
    """
    plain = _normal(text)
    found = [(start, number) for start, number in _figures(plain)]
    found += [(start, number) for start, number in _kanji(plain, _LEAST_KANJI)]
    return [number for _, number in sorted(found, key=lambda pair: pair[0])]


def said(text: str) -> Values:
    """Every value that a text may be read to say, in words too."""
    halves = {Fraction(1, 2), Fraction(2), Fraction(30)} if _HALVES.search(_normal(text)) else set()
    return frozenset(halves).union(*mentions(text))


def mentions(text: str) -> list[Values]:
    """What a text may be read to say at each place where it says a number, in words too.

    >>> [sorted(map(int, values)) for values in mentions("2 ponts et deux gares")]
    [[2], [2]]
    """
    plain = _normal(text)
    found: dict[int, set[Fraction]] = {}
    for start, number in [*_figures(plain), *_kanji(plain, 1)]:
        found.setdefault(start, set()).update(number.values)
    for match in re.finditer("[0-9]+", plain):
        found.setdefault(match.start(), set()).add(Fraction(int(match[0][:_LONGEST])))
    words = [frozenset({value}) for value in (*_french(plain), *_roman(plain))]
    return [*map(frozenset, found.values()), *words]


def below_zero(text: str) -> list[str]:
    """The numbers with a minus sign before them.

    >>> below_zero("De -5 °C à 12 °C, soit 2019-2023 (−3,5 %)")
    ['-5', '−3,5']
    """
    return [match[0] for match in _BELOW.finditer(_normal(text))]


def says_less(text: str) -> bool:
    """Whether a text has a minus sign before a number, or a word for it."""
    return bool(_BELOW.search(_normal(text)) or _LESS.search(text.lower()))


def _normal(text: str) -> str:
    """Full-width figures and fixed spaces as plain ones."""
    return unicodedata.normalize("NFKC", text)


def _figures(text: str) -> Iterator[tuple[int, Number]]:
    last: tuple[int, int, Number] | None = None
    for match in _NUMBER.finditer(text):
        number = Number(match["figures"] + (match["scale"] or ""), frozenset(_values(match)))
        if last and last[1] == match.start() and not match["era"]:  # 3万8,000
            total = {a + b for a in last[2].values for b in number.values}
            last = (last[0], match.end(), Number(last[2].shown + number.shown, frozenset(total)))
        else:
            if last:
                yield last[0], last[2]
            last = (match.start(), match.end(), number)
        if not match["scale"] or not _KANJI.fullmatch(match["scale"]):
            yield last[0], last[2]
            last = None
    if last:
        yield last[0], last[2]


def _values(match: re.Match[str]) -> Iterator[Fraction]:
    scale = Fraction(1)
    for sign in re.findall(r"[百千万億兆]|[^\W\d_]+€?", match["scale"] or ""):
        scale *= _SCALES.get(sign) or _SCALES.get(sign.rstrip("s"), 1)
    for plain in _readings(match["figures"]):
        value = plain * scale
        yield value
        if match["era"]:
            yield value + _ERAS[match["era"]]
        if match["half"]:
            yield value + 12
        if match["tenths"]:
            yield value * 10


def _readings(figures: str) -> Iterator[Fraction]:
    """A comma or point may group thousands or begin decimals."""
    figures = figures[:_LONGEST]
    grouped = re.fullmatch(
        r"([0-9]{1,3}(?:([ ,.'])[0-9]{3})(?:\2[0-9]{3})*)(?:[.,]([0-9]+))?", figures
    )
    if grouped:
        whole = re.sub("[ ,.']", "", grouped[1])
        yield Fraction(f"{whole}.{grouped[3]}" if grouped[3] else whole)
    decimal = re.fullmatch(r"([0-9]+)[.,]([0-9]+)", figures)
    if decimal:
        yield Fraction(f"{decimal[1]}.{decimal[2]}")
    if not grouped and not decimal:
        yield Fraction(re.sub("[^0-9]", "", figures))


def _kanji(text: str, least: int) -> Iterator[tuple[int, Number]]:
    for match in _KANJI.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if len(match[0]) >= least and not before.isdigit():
            value = Fraction(kanji_value(match[0][:_LONGEST]))
            values = {value, *(value + start for start in _ERAS.values())}
            yield match.start(), Number(match[0], frozenset(values if least == 1 else {value}))


def kanji_value(characters: str) -> int:
    """The value of a number in Chinese characters.

    >>> kanji_value("二千二十四"), kanji_value("二〇二四"), kanji_value("三万八千")
    (2024, 2024, 38000)
    """
    total = section = digits = 0
    for character in characters:
        if character in _KANJI_DIGITS:
            digits = digits * 10 + _KANJI_DIGITS[character]
        elif character in _MULTIPLES:
            section += max(digits, 1) * _MULTIPLES[character]
            digits = 0
        else:
            total += max(section + digits, 1) * _MYRIADS[character]
            section = digits = 0
    return total + section + digits


def _french(text: str) -> Iterator[Fraction]:
    """Numbers in French words: each word's value, and what a row of them adds up to."""
    row: list[int] = []
    for match in _WORD.finditer(text.lower()):
        word = match[0]
        if word in _FRENCH_ALSO:
            yield Fraction(_FRENCH_ALSO[word])
        if word in _FRENCH:
            row.append(_FRENCH[word])
        elif word != "et":
            yield from _row(row)
            row = []
    yield from _row(row)


def _row(row: Sequence[int]) -> Iterator[Fraction]:
    """The values of a row of words, and of the whole where it is more than one."""
    total = part = 0
    for value in row:
        yield Fraction(value)
        if value == _SCALES["mille"]:
            total, part = total + max(part, 1) * value, 0
        elif value == _SCALES["百"] or (value == 20 and part == 4):  # noqa: PLR2004 - quatre-vingts
            part = max(part, 1) * value
        else:
            part += value
    if len(row) > 1:
        yield Fraction(total + part)


def _roman(text: str) -> Iterator[Fraction]:
    for match in _ROMAN.finditer(text):
        if not match[0]:  # « CI », « LC »: letters of Roman numerals that make none
            continue
        values = [_ROMAN_DIGITS[character] for character in match[0]]
        total = 0
        for value, after in zip(values, [*values[1:], 0], strict=True):
            total += -value if value < after else value
        yield Fraction(total)
