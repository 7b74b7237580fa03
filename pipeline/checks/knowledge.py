"""What the rules know of each language, from ``data/*.toml``; no rule names a language.

A language without a table is read by its figures alone: nothing is guessed of its words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"
_FIGURES = "figures"
_NEVER = re.compile(r"(?!)")
BOUNDS = (
    "capped",
    "under",
    "until",
    "crossed",
    "reached",
    "over",
    "barely",
    "nearly",
    "about",
    "within",
    "from",
)
"""How exactly a number may be said, in the order in which it is looked for."""
_CLASSES = {
    "modality": True, "titles": True, "kinds": False, "kinds-sure": True, "editions": False,
    "goals": False, "negation-lexical": True,
}  # fmt: skip
"""Lists of words by class, and whether a capital is the same letter."""
Classes = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Unit:
    """A unit: what it measures and how much of its base."""

    pattern: re.Pattern[str]
    dimension: str
    factor: Fraction


@dataclass(frozen=True)
class Bound:
    """Words that make a number approximate, a least or a most, before and after it.

    They are looked for in small letters.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Markers:
    """Words that say something: ``strong`` ask for it on the other side, ``weak`` may answer.

    ``idioms`` hold such words and say something else; where no word of ``asking`` is in a text in
    small letters, there is neither a strong one nor an idiom.
    """

    strong: re.Pattern[str]
    weak: re.Pattern[str]
    idioms: re.Pattern[str]
    asking: re.Pattern[str]


@dataclass(frozen=True)
class Knowledge:
    """A language's table, compiled. ``raw`` is the table itself."""

    language: str
    reader: str
    raw: Mapping[str, Any]
    units: tuple[Unit, ...]
    signs: tuple[Unit, ...]
    bounds: Mapping[str, Bound]
    covers: tuple[tuple[re.Pattern[str], frozenset[Fraction]], ...]
    classes: Mapping[str, Classes]
    markers: Mapping[str, Markers]
    rounded: Mapping[str, frozenset[tuple[str, Fraction]]]
    """Words that say another number too: « huit jours » are a week."""
    _words: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    _hints: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    @property
    def figures_only(self) -> bool:
        """Whether nothing is known of its words."""
        return self.reader == _FIGURES

    def words(self, name: str) -> re.Pattern[str]:
        """The words of a list (``sums.total``); a pattern that matches nothing without it."""
        return self._words.get(name, _NEVER)

    def hints(self, name: str) -> re.Pattern[str]:
        """All words of several lists as one (``titles``), for a text in small letters.

        Where none of them is, no list has a word; a pattern that matches nothing without it.
        """
        return self._hints.get(name, _NEVER)


def matches(
    patterns: Sequence[re.Pattern[str]], hint: re.Pattern[str], text: str, low: str
) -> Iterator[tuple[int, re.Match[str]]]:
    """Every match of each of ``patterns`` in ``text``, as `finditer` has it, by its place in them.

    Each begins where ``hint`` has one of its words in ``low``, the text in small letters: so all
    patterns together cost little more than one.
    """
    ends = [0] * len(patterns)
    at = 0
    while there := hint.search(low, at):
        start = there.start()
        for number, pattern in enumerate(patterns):
            match = pattern.match(text, start) if ends[number] <= start else None
            if match:
                ends[number] = match.end()
                yield number, match
        at = start + 1


@lru_cache(maxsize=16)
def knowledge(language: str) -> Knowledge:
    """The table of ``language``, or of its primary language; an empty one where there is none."""
    for name in (language, language.partition("-")[0]):
        file = _DATA / f"{name}.toml"
        if re.fullmatch(r"[A-Za-z-]{2,20}", name) and file.is_file():
            return _compiled(language, tomllib.loads(file.read_text(encoding="utf-8")))
    return _compiled(language, {"reader": _FIGURES})


def _compiled(language: str, raw: Mapping[str, Any]) -> Knowledge:
    spaced = raw["reader"] == "spaced"
    covers = tuple(
        (_pattern([words], spaced), frozenset(Fraction(v) for v in values))
        for words, values in raw.get("covers", {}).items()
    )
    bounds = {
        name: Bound(
            _before(raw.get(name, {}).get("before", ()), spaced),
            _after(raw.get(name, {}).get("after", ()), spaced),
        )
        for name in BOUNDS
    }
    classes = {
        name: {key: _pattern(words, spaced, fold) for key, words in raw.get(name, {}).items()}
        for name, fold in _CLASSES.items()
    }
    return Knowledge(
        language, raw["reader"], raw, tuple(_units(raw, spaced)), tuple(_signs(raw)), bounds,
        covers, classes,
        _markers(raw, spaced), _rounded(raw), dict(_lists(raw, spaced)), dict(_hints(raw, spaced)),
    )  # fmt: skip


def _units(raw: Mapping[str, Any], spaced: bool) -> Iterable[Unit]:
    for words, value in raw.get("units", {}).items():
        dimension, factor = value.split()
        yield Unit(_unit([words], spaced), dimension, Fraction(factor))


def _unit(words: Iterable[str], spaced: bool) -> re.Pattern[str]:
    joined = "|".join(map(_spaces, words))
    end = r"(?![\w'])" if spaced else r"(?![A-Za-z])"
    return re.compile(rf"(?:{joined}){end}") if joined else _NEVER


def _signs(raw: Mapping[str, Any]) -> Iterable[Unit]:
    """Signs that stand before a number: ¥500."""
    for words, value in raw.get("signs", {}).items():
        dimension, factor = value.split()
        yield Unit(_sign([words]), dimension, Fraction(factor))


def _sign(words: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(words)
    return re.compile(rf"(?:{joined})\s?\Z") if joined else _NEVER


def _rounded(raw: Mapping[str, Any]) -> Mapping[str, frozenset[tuple[str, Fraction]]]:
    split = {words: value.split() for words, value in raw.get("rounded", {}).items()}
    return {words: frozenset({(unit, Fraction(n))}) for words, (unit, n) in split.items()}


def _marker_tables(raw: Mapping[str, Any]) -> Mapping[str, Mapping[str, list[str]]]:
    tables = {"negation": raw.get("negation", {})}
    tables |= {f"scope-{name}": table for name, table in raw.get("scope", {}).items()}
    return {name: table for name, table in tables.items() if table}


def _asking(table: Mapping[str, list[str]]) -> list[str]:
    return [*table.get("strong", ()), *table.get("not", ())]


def _markers(raw: Mapping[str, Any], spaced: bool) -> Mapping[str, Markers]:
    def marker(table: Mapping[str, list[str]]) -> Markers:
        strong, weak, idioms = (
            _pattern(table.get(key, ()), spaced) for key in ("strong", "weak", "not")
        )
        return Markers(strong, weak, idioms, _pattern(_asking(table), spaced, fold=False))

    return {name: marker(table) for name, table in _marker_tables(raw).items()}


def _lists(raw: Mapping[str, Any], spaced: bool) -> Iterable[tuple[str, re.Pattern[str]]]:
    for section in ("sums", "hosts", "signing", "days", "limits"):
        for key, words in raw.get(section, {}).items():
            if isinstance(words, list):
                yield f"{section}.{key}", _pattern(words, spaced)
            else:
                yield f"{section}.{key}", re.compile(_spaces(words))
    yield "weekday", _pattern([raw["weekday"]] if "weekday" in raw else (), spaced)
    for name in ("editions", "kinds"):
        yield name, _pattern(_of_all_classes(raw, name), spaced, fold=False)
    yield "units", _unit(raw.get("units", {}), spaced)
    yield "signs", _sign(raw.get("signs", {}))


def _hints(raw: Mapping[str, Any], spaced: bool) -> Iterable[tuple[str, re.Pattern[str]]]:
    for name in (name for name, fold in _CLASSES.items() if fold):
        yield name, _pattern(_of_all_classes(raw, name), spaced, fold=False)
    bounds = [raw.get(name, {}) for name in BOUNDS]
    yield "before", _before([w for bound in bounds for w in bound.get("before", ())], spaced)
    yield "after", _after([w for bound in bounds for w in bound.get("after", ())], spaced)
    yield "covers", _pattern(raw.get("covers", {}), spaced, fold=False)
    asking = [word for table in _marker_tables(raw).values() for word in _asking(table)]
    yield "asking", _pattern(asking, spaced, fold=False)


def _of_all_classes(raw: Mapping[str, Any], name: str) -> list[str]:
    return [word for words in raw.get(name, {}).values() for word in words]


def _spaces(words: str) -> str:
    return words.replace("~", r"\s+")


def _pattern(words: Iterable[str], spaced: bool, fold: bool = True) -> re.Pattern[str]:
    """Any of ``words``, whole where the language parts words; capitals at a start are allowed."""
    joined = "|".join(_spaces(word) for word in words)
    if not joined:
        return _NEVER
    if not spaced:
        return re.compile(rf"(?:{joined})")
    flags = re.IGNORECASE if fold else 0
    return re.compile(rf"(?<![^\W_])(?:{joined})(?:(?![^\W_])|(?<=['\s]))", flags)


def _before(words: Iterable[str], spaced: bool) -> re.Pattern[str]:
    """Words before a number, in small letters."""
    joined = "|".join(_spaces(word) for word in words)
    if not joined:
        return _NEVER
    edge = r"(?<![^\W_])" if spaced else ""
    # « plus de 24 », « plus d'une vingtaine », « environ les deux tiers »
    return re.compile(rf"{edge}(?:{joined})\s*(?:les?\s+|la\s+|l'|des\s+)?-?\Z")


def _after(words: Iterable[str], spaced: bool) -> re.Pattern[str]:
    joined = "|".join(_spaces(word) for word in words)
    if not joined:
        return _NEVER
    if spaced:
        return re.compile(rf"(?:\s+[^\s\d,.;:()]+){{0,2}}\s+(?:{joined})(?![^\W_])")
    return re.compile(rf"[^\s\d、。,;()~低高多少増減半]{{0,6}}?(?:{joined})")
