"""A text read once for all rules: goals, editions, references, dates, and the numbers left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.checks.calendar import calendar
from pipeline.checks.days import Day, blank
from pipeline.checks.figures import has_figures
from pipeline.checks.knowledge import Knowledge, knowledge
from pipeline.checks.numerals_spaced import roman
from pipeline.checks.quantities import Quantity, Strength, covers, quantities
from pipeline.checks.rates import rated
from pipeline.checks.references import Mention, references_in
from pipeline.translation.markup.numbers import kanji_value


@dataclass(frozen=True)
class Reading:
    """What a text says in numbers, each place read once.

    ``rest`` is what is left of the text without goals, references, editions and dates.
    """

    text: str
    language: str
    goals: tuple[Mention, ...]
    editions: tuple[Mention, ...]
    references: tuple[Mention, ...]
    days: tuple[Day, ...]
    numbers: tuple[Quantity, ...]
    rest: str

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers, and the words that may stand for one, which seldom anybody asks for."""
        found = covers(self.rest, self.numbers, knowledge(self.language))
        return tuple(sorted((*self.numbers, *found), key=lambda q: q.start))

    @cached_property
    def counted(self) -> tuple[Quantity, ...]:
        """Numbers that may ask for one on the other side."""
        return tuple(q for q in self.numbers if q.strength > Strength.COVER)

    def numbers_equal_to(self, quantity: Quantity) -> list[Quantity]:
        """The numbers that share a value with ``quantity``, plain or in the base of their units."""
        return _sharing(quantity, self._numbers_by_value)

    def equal_to(self, quantity: Quantity) -> list[Quantity]:
        """These, and the words that may stand for one."""
        return _sharing(quantity, self._by_value)

    @cached_property
    def _numbers_by_value(self) -> _Index:
        return _indexed(self.numbers)

    @cached_property
    def _by_value(self) -> _Index:
        return _indexed(self.quantities)


_Index = Mapping[object, Sequence[Quantity]]


def _indexed(quantities: Iterable[Quantity]) -> _Index:
    index: dict[object, list[Quantity]] = {}
    for quantity in quantities:
        for key in _keys(quantity):
            index.setdefault(key, []).append(quantity)
    return index


def _sharing(quantity: Quantity, index: _Index) -> list[Quantity]:
    found = {id(q): q for key in _keys(quantity) for q in index.get(key, ())}
    return sorted(found.values(), key=lambda q: q.start)


def _keys(quantity: Quantity) -> Iterable[object]:
    return (*quantity.values, *quantity.base)


@lru_cache(maxsize=2048)
def reading(text: str, language: str) -> Reading:
    """The plain ``text`` of a language, read."""
    known = knowledge(language)
    goals = tuple(_goals(text, known))
    rest = blank(text, [(m.start, m.end) for m in goals])
    references = tuple(references_in(rest, known))
    rest = blank(rest, [(m.start, m.end) for m in references])
    editions = tuple(_editions(rest, known))
    rest = blank(rest, [(m.start, m.end) for m in editions])
    found = calendar(rest, known)
    counted = rated(found.rest, quantities(found.rest, known), known)
    numbers = [*counted, *found.others]
    numbers.sort(key=lambda quantity: quantity.start)
    return Reading(
        text, language, goals, editions, references, found.days, tuple(numbers), found.rest
    )


_LIST = r"[0-9]{1,2}(?:\.[0-9a-z]{1,2})?(?![0-9])(?:\s*(?:,|、|・|et|ou|及び|と|並びに|および|~|à|-|–)\s*(?:n[°o]s?\s*)?(?:目標|ODD|ゴール|l'ODD\s*)?\s*[0-9]{1,2}(?:\.[0-9a-z]{1,2})?(?![0-9%]))*"

_GOALS = re.compile(r"\s*(?:n[°o]s?\s*)?(?:s\s+)?" + _LIST)


def _goals(text: str, known: Knowledge) -> Iterator[Mention]:
    """« ODD 2, 11 et 12 », « cible 11.4 »: a mention each."""
    if not has_figures(text):
        return
    for kind, pattern in known.classes["goals"].items():
        read = 0
        for match in pattern.finditer(text):
            if match.start() < read:  # within the list of the goal before it
                continue
            numbers = _GOALS.match(text, match.end())
            if not numbers:
                continue
            read = numbers.end()
            for one in re.finditer(
                r"[0-9]{1,2}(?:\.[0-9a-z]{1,2})?", text[match.end() : numbers.end()]
            ):
                start, end = match.end() + one.start(), match.end() + one.end()
                if kind == "target" and "." not in one[0]:
                    continue
                yield Mention(start, end, f"{match[0]} {one[0]}", kind, one[0])


_SUFFIX = r"(?:er|re|ers|res|e|es|ème|èmes|ᵉ|nde?)"


def _editions(text: str, known: Knowledge) -> Iterable[Mention]:
    """« 8es Rencontres », 第8回会議: an ordinal and what it counts."""
    if known.reader == "spaced":
        return _spaced_editions(text, known)
    return _myriad_editions(text, known) if known.reader == "myriad" else ()


def _spaced_editions(text: str, known: Knowledge) -> Iterator[Mention]:
    ordinals: Mapping[str, int] = known.raw["ordinals"]
    if not known.words("editions").search(text):
        return
    for match in _ordinals(tuple(ordinals)).finditer(text):
        for kind, pattern in known.classes["editions"].items():
            noun = pattern.match(text, match.end())
            if noun:
                number = _ordinal(match, ordinals)
                yield Mention(
                    match.start(),
                    match.end(),
                    f"{match[0]}{noun[0]}".replace("\n", " "),
                    kind,
                    number,
                )
                break


@lru_cache(maxsize=8)
def _ordinals(ordinals: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted(ordinals, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w,.])(?:(?P<n>[0-9]{{1,3}}|[XVI]{{1,6}}){_SUFFIX}|(?i:(?P<w>{words})s?))\s+(?=[\wÉé])"
    )


def _ordinal(match: re.Match[str], ordinals: Mapping[str, int]) -> str:
    if not match["n"]:
        return str(ordinals[match["w"].lower()])
    return str(int(match["n"]) if match["n"].isdecimal() else roman(match["n"]))


def _myriad_editions(text: str, known: Knowledge) -> Iterator[Mention]:
    for match in re.finditer(
        r"第\s?([0-9]{1,3}|[一二三四五六七八九十百]{1,4})(回|(?=分科会|セッション|部会))", text
    ):
        after = re.match(r"[^、。,\s()「」0-9]{0,24}", text[match.end() :])
        tail = after[0] if after else ""
        found = [
            (noun.start(), -len(noun[0]), kind, noun[0])
            for kind, pattern in known.classes["editions"].items()
            for noun in pattern.finditer(tail)
        ]
        kind, noun = (min(found)[2], min(found)[3]) if found else ("any", "")
        digits = match[1]
        number = int(digits) if digits.isascii() else kanji_value(digits)
        yield Mention(
            match.start(),
            match.end(),
            match[0] + (tail[: tail.find(noun) + len(noun)] if noun else ""),
            kind,
            str(number),
        )
