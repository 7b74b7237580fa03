"""Figures and numerals of languages with spaces between words: « 1,5 million », « une vingtaine »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
    in_a_row,
    slashed,
)
from pipeline.checks.knowledge import Knowledge
from pipeline.checks.plain import folded

_MILLION = Fraction(10**6)
_THOUSAND = 1_000  # « 2 millions 5 ans plus tôt » are two numbers


def spaced(text: str, known: Knowledge) -> Iterable[Reading]:
    """The numbers of ``text``; words are looked for in small letters (``low``)."""
    low = folded(text)
    yield from _out_of(low, known)
    yield from _spaced_figures(text, known)
    yield from _fractions(low, known)  # « un cinquième de » before « un » and « cinquième »
    yield from _spaced_words(low, known)
    yield from _collectives(low, known)
    yield from slashed(text)
    yield from _roman(text)


@lru_cache(maxsize=8)
def _spaced_number(language: str, scales: tuple[str, ...]) -> re.Pattern[str]:
    del language
    scale = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    return re.compile(
        rf"{EDGE}(?P<figures>[0-9]{{1,3}}(?:[ .'][0-9]{{3}})+(?![0-9])(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)"
        rf"(?:\s*(?P<scale>{scale})(?!\w))?(?P<ordinal>(?:er|re|ers|res|e|es|ème|èmes|nd|nde|ᵉ)(?![^\W_]))?"
    )


def _spaced_figures(text: str, known: Knowledge) -> Iterable[Reading]:
    scales: Mapping[str, int] = known.raw["scales"]
    if not has_figures(text):
        return
    start, end, total, last = 0, -1, Fraction(0), Fraction(0)
    for match in _spaced_number(known.language, tuple(scales)).finditer(text):
        *codes, (offset, figures) = in_a_row(match["figures"])
        for before, code in codes:
            at = match.start() + before
            yield at, at + len(code), frozenset({Fraction(code)}), STRONG, ""
        scale = scales.get(match["scale"] or "", 1)
        values = {value * scale for value in _spaced_values(figures)}
        # « 3 milliards 250 millions » is one number; on two lines they may be items of a list
        between = text[end : match.start()]
        follows = not codes and between.isspace() and "\n" not in between
        more = follows and last >= _MILLION and last > max(values) >= _THOUSAND
        if more:
            values = {value + total for value in values}
        start, end = start if more else match.start() + offset, match.end()
        total, last = max(values), Fraction(scale)
        weak = values == {Fraction(1)}
        yield start, end, frozenset(values), MEDIUM if weak else STRONG, ""


def _spaced_values(figures: str) -> Iterable[Fraction]:
    grouped = re.fullmatch(r"([0-9]{1,3}(?:[ .'][0-9]{3})+)(?:,([0-9]+))?", figures)
    if grouped:
        whole, decimals = re.sub("[^0-9]", "", grouped[1])[:LONGEST], (grouped[2] or "")[:LONGEST]
        yield Fraction(f"{whole}.{decimals}" if decimals else whole)
        if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", figures):
            yield Fraction(figures)
        return
    yield Fraction(figures[:LONGEST].replace(",", "."))


@lru_cache(maxsize=8)
def _word_run(words: tuple[str, ...]) -> re.Pattern[str]:
    """Words of numbers in a row; « l'un » and « qu'un » count nothing, « qu'une fois » does."""
    word = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?<!l')(?:(?<!qu')|(?=une\s+fois\b))(?:{word})(?![^\W_])(?:(?:[\s-]|\s+et\s+(?=un|onze)|-et-(?=un|onze)){{1,2}}"
        rf"(?!premi|second)(?:{word})(?![^\W_])){{0,14}}"
    )


def _spaced_words(low: str, known: Knowledge) -> Iterable[Reading]:
    cardinals: Mapping[str, int] = known.raw["numerals"]
    ordinals: Mapping[str, int] = known.raw["ordinals"]
    for match in _word_run((*cardinals, *ordinals)).finditer(low):
        words = [w for w in re.split(r"[\s-]+", match[0]) if w != "et"]
        value = _said(words, cardinals, ordinals)
        if value is None:
            continue
        ordinal = words[-1] in ordinals
        strength = STRONG if value > SMALL else MEDIUM
        if value <= 1 or (ordinal and value <= SMALL):
            strength = COVER
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
        rf"(?P<word>{word})(?P<s>s?)(?:\s+d(?:e\s+|')(?P<scale>milliers|millions|milliards))?(?![^\W_])"
    )


def _collectives(low: str, known: Knowledge) -> Iterable[Reading]:
    """« une vingtaine », « plusieurs dizaines de milliers »: about so many."""
    words: Mapping[str, int] = known.raw["collectives"]
    cardinals: Mapping[str, int] = known.raw["numerals"]
    if not any(word in low for word in words):
        return
    for match in _collective(tuple(words)).finditer(low):
        value = words[match["word"]] * known.raw["scales"].get(match["scale"] or "", 1)
        count = cardinals.get(match["many"] or "un", 0)
        bound = "about"
        if count <= 1 and match["s"]:
            bound = "vague"
        value *= max(count, 1)
        strength = STRONG if bound == "about" and match["many"] else MEDIUM
        yield match.start(), match.end(), frozenset({Fraction(value)}), strength, bound


@lru_cache(maxsize=8)
def _fraction(words: tuple[str, ...], counts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?P<above>[0-9]{{1,2}}|{'|'.join(counts)})\s+(?P<below>{'|'.join(words)})(?P<s>s?)"
        rf"(?![^\W_])(?P<of>(?=\s+d(?:e|es|u)\s|\s+d'))?"
    )


def _fractions(low: str, known: Knowledge) -> Iterable[Reading]:
    """« deux tiers »; a single fifth only of something, since it may also be the fifth."""
    words: Mapping[str, int] = known.raw.get("fractions", {})
    cardinals: Mapping[str, int] = known.raw["numerals"]
    if not any(word in low for word in words):
        return
    counts = tuple(word for word, value in cardinals.items() if 0 < value < 10)  # noqa: PLR2004
    for match in _fraction(tuple(words), counts).finditer(low):
        above, below = match["above"], words[match["below"]]
        count = int(above) if above.isdecimal() else cardinals[above]
        if count >= below or (count == 1 and match["of"] is None):
            continue
        share = Fraction(count, below)
        strength = STRONG if count > 1 else MEDIUM
        yield match.start(), match.end(), frozenset({share, share * 100}), strength, ""


@lru_cache(maxsize=8)
def _so_many_of(counts: tuple[str, ...]) -> re.Pattern[str]:
    number = rf"(?:[0-9]{{1,2}}|{'|'.join(counts)})"
    return re.compile(
        rf"(?<![^\W_])(?<![0-9][.,])(?P<above>{number})(?=\s+(?:[^\W\d_][\w'-]{{0,30}}\s+){{0,2}}sur\s+(?P<below>{number})(?!\w|[.,][0-9]))"
    )


def _out_of(low: str, known: Knowledge) -> Iterable[Reading]:
    """« sept habitants sur dix »: seven, and seven tenths; the ten may be left out."""
    cardinals: Mapping[str, int] = known.raw["numerals"]
    if "sur" not in low:
        return
    counts = tuple(word for word, value in cardinals.items() if 0 < value <= 10)  # noqa: PLR2004
    for match in _so_many_of(counts).finditer(low):
        above, below = (
            int(words) if words.isdecimal() else cardinals[words]
            for words in (match["above"], match["below"])
        )
        if above == below:  # « sept jours sur sept »: all the time, and no number
            yield match.start(), match.end(), frozenset({Fraction(above)}), COVER, ""
            yield match.start("below"), match.end("below"), frozenset({Fraction(below)}), COVER, ""
        if 0 < above < below:
            share = Fraction(above, below)
            values = frozenset({Fraction(above), share, share * 100})
            yield match.start(), match.end(), values, MEDIUM, ""
            yield match.start("below"), match.end("below"), frozenset({Fraction(below)}), COVER, ""


def _roman(text: str) -> Iterable[Reading]:
    """« XXIe siècle »; other Roman numerals may be names."""
    if "siècle" not in text and "s." not in text:
        return
    for match in re.finditer(r"\b([XVI]{1,6})(?:e|er|ᵉ)(?=\s+(?:siècle|s\.))", text):
        yield match.start(), match.end(), frozenset({Fraction(roman(match[1]))}), STRONG, ""


def roman(numeral: str) -> int:
    """The value of a Roman numeral.

    >>> roman("XXI"), roman("IX")
    (21, 9)
    """
    digits = [{"I": 1, "V": 5, "X": 10}[c] for c in numeral]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
