"""Figures and numerals: of languages with spaces between words, and of Japanese.

Each reading is ``(start, end, values, strength, bound)``, the strengths those of
`quantities.Strength` (2: surely a number; 1: a small number in a word; 0: may answer one).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

from pipeline.checks.knowledge import Knowledge
from pipeline.translation.markup.numbers import kanji_value

Reading = tuple[int, int, frozenset[Fraction], int, str]
_STRONG, _MEDIUM, _COVER = 2, 1, 0
_LONGEST = 24
_EDGE = r"(?<![A-Za-z0-9.,])(?<![A-Za-zÀ-ÿ]-)"
_PLAIN = re.compile(rf"{_EDGE}[0-9]+(?:[.,][0-9]+)?")
_KANJI = "〇零一二三四五六七八九十百千万億兆"
_FEW = 3  # 3者, 3市: so few parties may be named one by one, or not counted
_SMALL = 16  # up to here a number in a word may be left out or said otherwise in a translation


def readings(text: str, known: Knowledge) -> list[Reading]:
    """The numbers of ``text`` in order, none over another."""
    found = sorted(_READERS[known.reader](text, known), key=lambda r: (r[0], -r[1]))
    kept: list[Reading] = []
    for reading in found:
        if not kept or reading[0] >= kept[-1][1]:
            kept.append(reading)
    return kept


def _figures(text: str, _known: Knowledge) -> Iterable[Reading]:
    """Of a language without a table: a point or comma may group or begin decimals."""
    for match in re.finditer(rf"{_EDGE}[0-9]+(?:[., '][0-9]{{3}})*(?:[.,][0-9]+)?", text):
        digits = match[0][:_LONGEST]
        values = {Fraction(re.sub("[^0-9]", "", digits))}
        decimal = re.fullmatch(r"([0-9\s'.,]*[0-9])[.,]([0-9]+)", digits)
        if decimal:
            values.add(Fraction(re.sub("[^0-9]", "", decimal[1]) + "." + decimal[2]))
        yield match.start(), match.end(), frozenset(values), _STRONG, ""


# -- languages with spaces ----------------------------------------------------------------------


def _spaced(text: str, known: Knowledge) -> Iterable[Reading]:
    yield from _out_of(text, known)
    yield from _spaced_figures(text, known)
    yield from _fractions(text, known)  # « un cinquième de » before « un » and « cinquième »
    yield from _spaced_words(text, known)
    yield from _collectives(text, known)
    yield from _slashed(text)
    yield from _roman(text)


@lru_cache(maxsize=8)
def _spaced_number(language: str, scales: tuple[str, ...]) -> re.Pattern[str]:
    del language
    scale = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    return re.compile(
        rf"{_EDGE}(?P<figures>[0-9]{{1,3}}(?:[ .'][0-9]{{3}})+(?![0-9])(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)"
        rf"(?:\s*(?P<scale>{scale})(?!\w))?(?P<ordinal>(?:er|re|ers|res|e|es|ème|èmes|nd|nde|ᵉ)(?![^\W_]))?"
    )


def _spaced_figures(text: str, known: Knowledge) -> Iterable[Reading]:
    scales: Mapping[str, int] = known.raw["scales"]
    for match in _spaced_number(known.language, tuple(scales)).finditer(text):
        figures, scale = match["figures"][:_LONGEST], scales.get(match["scale"] or "", 1)
        values = {value * scale for value in _spaced_values(figures)}
        weak = values == {Fraction(1)}
        yield match.start(), match.end(), frozenset(values), _MEDIUM if weak else _STRONG, ""


def _spaced_values(figures: str) -> Iterable[Fraction]:
    grouped = re.fullmatch(r"([0-9]{1,3}(?:[ .'][0-9]{3})+)(?:,([0-9]+))?", figures)
    if grouped:
        whole = re.sub("[^0-9]", "", grouped[1])
        yield Fraction(f"{whole}.{grouped[2]}" if grouped[2] else whole)
        if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", figures):
            yield Fraction(figures)
        return
    yield Fraction(figures.replace(",", "."))


@lru_cache(maxsize=8)
def _word_run(words: tuple[str, ...]) -> re.Pattern[str]:
    word = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?<!l')(?<!qu')(?:{word})(?![^\W_])(?:(?:[\s-]|\s+et\s+(?=un|onze)|-et-(?=un|onze)){{1,2}}"
        rf"(?!premi|second)(?:{word})(?![^\W_])){{0,14}}",
        re.IGNORECASE,
    )


def _spaced_words(text: str, known: Knowledge) -> Iterable[Reading]:
    cardinals: Mapping[str, int] = known.raw["numerals"]
    ordinals: Mapping[str, int] = known.raw["ordinals"]
    for match in _word_run((*cardinals, *ordinals)).finditer(text):
        words = [w for w in re.split(r"[\s-]+", match[0].lower()) if w != "et"]
        value = _said(words, cardinals, ordinals)
        if value is None:
            continue
        ordinal = words[-1] in ordinals
        strength = _STRONG if value > _SMALL else _MEDIUM
        if value <= 1 or (ordinal and value <= _SMALL):
            strength = _COVER
        yield match.start(), match.end(), frozenset({Fraction(value)}), strength, ""


def _said(
    words: Iterable[str], cardinals: Mapping[str, int], ordinals: Mapping[str, int]
) -> int | None:
    """The value of a row of words; None where it makes no number.

    >>> _said(["quatre", "vingt", "dix"], {"quatre": 4, "vingt": 20, "dix": 10}, {})
    90
    """
    total = part = 0
    for word in words:
        value = cardinals.get(word, ordinals.get(word))
        if value is None:
            return None
        if value >= 1000:  # noqa: PLR2004 - a scale
            if value > 1000 and total % value and not part:  # noqa: PLR2004 - « deux mille millions »
                total *= value
            else:
                total, part = total + max(part, 1) * value, 0
        elif value == 100:  # noqa: PLR2004
            part = max(part, 1) * value
        elif value == 20 and part % 100 == 4:  # noqa: PLR2004 - quatre-vingts
            part += 76
        else:
            part += value
    return total + part


@lru_cache(maxsize=8)
def _collective(words: tuple[str, ...]) -> re.Pattern[str]:
    word = "|".join(words)
    return re.compile(
        rf"(?<![^\W_])(?:(?P<many>une|un|plusieurs|quelques|des|de|deux|trois|quatre|cinq)\s+)?"
        rf"(?P<word>{word})(?P<s>s?)(?:\s+d(?:e\s+|')(?P<scale>milliers|millions|milliards))?(?![^\W_])",
        re.IGNORECASE,
    )


def _collectives(text: str, known: Knowledge) -> Iterable[Reading]:
    """« une vingtaine », « plusieurs dizaines de milliers »: about so many."""
    words: Mapping[str, int] = known.raw["collectives"]
    cardinals: Mapping[str, int] = known.raw["numerals"]
    for match in _collective(tuple(words)).finditer(text):
        value = words[match["word"].lower()] * known.raw["scales"].get(match["scale"] or "", 1)
        count = cardinals.get((match["many"] or "un").lower(), 0)
        bound = "about"
        if count <= 1 and match["s"]:
            bound = "vague"
        value *= max(count, 1)
        strength = _STRONG if bound == "about" and match["many"] else _MEDIUM
        yield match.start(), match.end(), frozenset({Fraction(value)}), strength, bound


@lru_cache(maxsize=8)
def _fraction(words: tuple[str, ...], counts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?P<above>[0-9]{{1,2}}|{'|'.join(counts)})\s+(?P<below>{'|'.join(words)})(?P<s>s?)"
        rf"(?![^\W_])(?P<of>(?=\s+d(?:e|es|u)\s|\s+d'))?",
        re.IGNORECASE,
    )


def _fractions(text: str, known: Knowledge) -> Iterable[Reading]:
    """« deux tiers »; a single fifth only of something, since it may also be the fifth."""
    words: Mapping[str, int] = known.raw.get("fractions", {})
    cardinals: Mapping[str, int] = known.raw["numerals"]
    counts = tuple(word for word, value in cardinals.items() if 0 < value < 10)  # noqa: PLR2004
    for match in _fraction(tuple(words), counts).finditer(text):
        above, below = match["above"].lower(), words[match["below"].lower()]
        count = int(above) if above.isdecimal() else cardinals[above]
        if count >= below or (count == 1 and match["of"] is None):
            continue
        share = Fraction(count, below)
        strength = _STRONG if count > 1 else _MEDIUM
        yield match.start(), match.end(), frozenset({share, share * 100}), strength, ""


@lru_cache(maxsize=8)
def _so_many_of(counts: tuple[str, ...]) -> re.Pattern[str]:
    number = rf"(?:[0-9]{{1,2}}|{'|'.join(counts)})"
    return re.compile(
        rf"(?<![^\W_])(?<![0-9][.,])(?P<above>{number})(?=\s+(?:[^\W\d_][\w'-]{{0,30}}\s+){{1,2}}sur\s+(?P<below>{number})(?![\w,.]))",
        re.IGNORECASE,
    )


def _out_of(text: str, known: Knowledge) -> Iterable[Reading]:
    """« sept habitants sur dix »: seven, and seven tenths; the ten may be left out."""
    cardinals: Mapping[str, int] = known.raw["numerals"]
    counts = tuple(word for word, value in cardinals.items() if 0 < value <= 10)  # noqa: PLR2004
    for match in _so_many_of(counts).finditer(text):
        above, below = (
            int(words) if words.isdecimal() else cardinals[words.lower()]
            for words in (match["above"], match["below"])
        )
        if 0 < above < below:
            share = Fraction(above, below)
            values = frozenset({Fraction(above), share, share * 100})
            yield match.start(), match.end(), values, _MEDIUM, ""
            yield match.start("below"), match.end("below"), frozenset({Fraction(below)}), _COVER, ""


_SLASH = re.compile(r"(?<![\w/.,])(?:([1-9])[/\u2044]([2-9]|10)|(1)[/\u2044]([0-9]{2,6}))(?![\w/])")


def _slashed(text: str) -> Iterable[Reading]:
    """« 2/3 », ½, « 1/500 »."""
    for match in _SLASH.finditer(text):
        above, below = (int(digits) for digits in match.groups() if digits)
        if above < below:
            share = Fraction(above, below)
            yield match.start(), match.end(), frozenset({share, share * 100}), _STRONG, ""


def _roman(text: str) -> Iterable[Reading]:
    """« XXIe siècle »; other Roman numerals may be names."""
    for match in re.finditer(r"\b([XVI]{1,6})(?:e|er|ᵉ)(?=\s+(?:siècle|s\.))", text):
        yield match.start(), match.end(), frozenset({Fraction(roman(match[1]))}), _STRONG, ""


def roman(numeral: str) -> int:
    """The value of a Roman numeral.

    >>> roman("XXI"), roman("IX")
    (21, 9)
    """
    digits = [{"I": 1, "V": 5, "X": 10}[c] for c in numeral]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


# -- Japanese -----------------------------------------------------------------------------------

_FIG = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_MIXED = re.compile(
    rf"{_EDGE}(?:{_FIG}[十百千]?[万億兆]+|{_FIG}[百千](?=[0-9]))*{_FIG}[百千]?[万億兆]*(?P<more>余り?|数)?"
)
_PART = re.compile(rf"({_FIG})([十百千万億兆]*)")
_COUNT = rf"(?<![0-9{_KANJI}])([0-9]{{1,{_LONGEST}}}|[{_KANJI}]{{1,{_LONGEST}}})"
_SHARE = re.compile(rf"{_COUNT}分の([0-9]+|[{_KANJI}]+)")
_TENTHS = re.compile(rf"{_COUNT}割([0-9]|[{_KANJI[2:11]}])分")
_RUN = re.compile(rf"(?P<vague>数)?(?P<run>[{_KANJI}]+)(?P<more>余り?|数(?=[人名か件]))?")


def _myriad(text: str, known: Knowledge) -> Iterable[Reading]:
    yield from _slashed(text)
    for match in _SHARE.finditer(text):
        below, above = _one(match[1]), _one(match[2])
        if below:
            share = above / below
            yield match.start(), match.end(), frozenset({share, share * 100}), _STRONG, ""
    for match in _TENTHS.finditer(text):
        value = _one(match[1]) * 10 + _one(match[2])
        yield match.start(), match.end(), frozenset({value, value / 100}), _STRONG, ""
    parties = _counters(tuple(known.raw["parties"]))
    for match in _MIXED.finditer(text):
        value = sum((_part(m) for m in _PART.finditer(match[0])), Fraction(0))
        weak = value == 1 or (value <= _FEW and parties.match(text, match.end()) is not None)
        bound = "over" if match["more"] else ""
        yield match.start(), match.end(), frozenset({value}), _MEDIUM if weak else _STRONG, bound
    yield from _kanji(text, known)


def _one(digits: str) -> Fraction:
    return (
        Fraction(digits[:_LONGEST])
        if digits.isdecimal() and digits.isascii()
        else Fraction(kanji_value(digits[:_LONGEST]))
    )


def _part(match: re.Match[str]) -> Fraction:
    value = Fraction(match[1].replace(",", "")[:_LONGEST])
    for scale in match[2][:_LONGEST]:
        value *= kanji_value(scale)
    return value


@lru_cache(maxsize=4)
def _counters(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=4)
def _lexical(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?=({'|'.join(sorted(map(re.escape, words), key=len, reverse=True))}))")


def _kanji(text: str, known: Knowledge) -> Iterable[Reading]:
    lexical = [match.span(1) for match in _lexical(tuple(known.raw["lexical"])).finditer(text)]
    counter = _counters(tuple(known.raw["counters"]))
    for match in _RUN.finditer(text):
        start, end = match.span("run")
        if any(s < end and start < e for s, e in lexical) or text[start - 1 : start].isdigit():
            continue
        value = Fraction(kanji_value(match["run"][:_LONGEST]))
        counted = counter.match(text, end) is not None
        ordinal = text[start - 1 : start] == "第"
        if match["vague"]:
            yield match.start(), end, frozenset({value}), _MEDIUM, "vague"
            continue
        strength = _STRONG if value > _SMALL or (len(match["run"]) > 1 and counted) else _MEDIUM
        if value <= 1 or (ordinal and value <= _SMALL) or (not counted and len(match["run"]) == 1):
            strength = _COVER
        yield start, match.end(), frozenset({value}), strength, "over" if match["more"] else ""


_READERS: Mapping[str, Callable[[str, Knowledge], Iterable[Reading]]] = {
    "figures": _figures,
    "spaced": _spaced,
    "myriad": _myriad,
}
