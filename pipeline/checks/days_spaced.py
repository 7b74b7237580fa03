"""Dates in languages with spaces between words: « du 18 au 21 novembre », « jeudi 21 »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from pipeline.checks.days import Day
from pipeline.checks.figures import has_figures
from pipeline.checks.knowledge import Knowledge
from pipeline.checks.quantities import Quantity


@lru_cache(maxsize=8)
def _spaced_date(months: tuple[str, ...], weekdays: tuple[str, ...]) -> re.Pattern[str]:
    month, weekday = "|".join(months), "|".join(weekdays)
    return re.compile(
        rf"(?:(?P<weekday>{weekday})s?\s+)?(?:(?P<day>[0-9]{{1,2}})(?:er)?\s+)?(?<!\w)(?P<month>{month})(?!\w)(?:\s+(?P<year>[0-9]{{4}})(?![0-9]))?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8)
def _month(months: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(months)})(?!\w)", re.IGNORECASE)


_LEFT = r"(?:(?P<weekday>{weekday})s?\s+)?(?<![0-9])(?P<day>[0-9]{{1,2}})(?:er)?\s*(?P<link>,|et\s+(?:le\s+)?|au|à|-|–|~|ou\s+(?:le\s+)?)\s*(?:le\s+)?\Z"
_LINK = re.compile(r"\s*(?:au|à|-|–|~|jusqu'au|et)\s*(?:le\s+)?")
_NUMERIC = re.compile(r"(?<![0-9/])([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})(?![0-9/])")
_MONTH_BEFORE = re.compile(
    r"(?:\ben|\bde|\bd'|\bdébut|\bfin|\bmi-|\bdepuis|\bdès|\ble|\bjusqu'en|\bà|\bet|\bau|\bentre|\bpuis|\bou|\bdu|\(|,|;|^)\s*\Z",
    re.IGNORECASE,
)


def spaced_days(text: str, known: Knowledge) -> list[Day]:
    """The dates of ``text``, in no order; ends of ranges are marked."""
    months, weekdays = tuple(known.raw["months"]), tuple(known.raw["weekdays"])
    number = {name: index for index, name in enumerate(months, 1)}
    found: list[Day] = []
    dated = _month(months).search(text) is not None
    for match in _spaced_date(months, weekdays).finditer(text) if dated else ():
        if (
            not match["day"]
            and not match["year"]
            and not _MONTH_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        ):
            continue
        month = number[match["month"].lower()]
        year = int(match["year"]) if match["year"] else None
        day = Day(
            match.start(), match.end(), " ".join(match[0].split()), year, month,
            int(match["day"]) if match["day"] else None, _weekday(match["weekday"], weekdays),
        )  # fmt: skip
        if (
            found
            and _LINK.fullmatch(text[found[-1].end : day.start])
            and (day.day and found[-1].day)
        ):
            found[-1], day = replace(found[-1], ranged=True), replace(day, ranged=True)
        found += [*_to_the_left(text, day, weekdays)]
    if not has_figures(text):
        return found
    for match in _NUMERIC.finditer(text):
        found.append(
            Day(match.start(), match.end(), match[0], int(match[3]), int(match[2]), int(match[1]))
        )
    return [*found, *_weekday_days(text, found, weekdays)]


def _to_the_left(text: str, day: Day, weekdays: tuple[str, ...]) -> Iterator[Day]:
    """« du 18 au 21 novembre », « les 18, 19 et 20 novembre »: days that share the month."""
    pattern = re.compile(_LEFT.format(weekday="|".join(weekdays)), re.IGNORECASE)
    position, right = day.start, day
    earlier: list[Day] = []
    while day.day:
        window = max(0, position - 40)
        match = pattern.search(text[window:position])
        if not match:
            break
        ranged = match["link"] in ("au", "à", "-", "–", "~")
        left = Day(
            window + match.start(), window + match.end("day"), " ".join(text[window + match.start() : window + match.end("day")].split()),
            day.year, day.month, int(match["day"]), _weekday(match["weekday"], weekdays), ranged,
        )  # fmt: skip
        if ranged and right is day:
            right = replace(day, ranged=True)
        earlier.append(left)
        position = left.start
    yield from reversed(earlier)
    yield right


def _weekday_days(text: str, taken: Iterable[Day], weekdays: tuple[str, ...]) -> Iterable[Day]:
    """« jeudi 21 », without a month."""
    spans = [(day.start, day.end) for day in taken]
    for match in re.finditer(
        rf"(?<!\w)({'|'.join(weekdays)})\s+([0-9]{{1,2}})(?![0-9\w])", text, re.IGNORECASE
    ):
        if not any(s < match.end() and match.start() < e for s, e in spans):
            yield Day(
                match.start(),
                match.end(),
                match[0],
                day=int(match[2]),
                weekday=_weekday(match[1], weekdays),
            )


@lru_cache(maxsize=8)
def _era_years(
    forms: tuple[str, ...], eras: tuple[str, ...], firsts: tuple[str, ...]
) -> re.Pattern[str]:
    number = rf"(?P<n>[0-9]{{1,2}}|{'|'.join(firsts)})(?:er|re|e|ᵉ)?"
    written = "|".join(
        form.replace("~", r"\s+").replace("{n}", number.replace("<n>", f"<n{index}>"))
        .replace("{era}", rf"(?P<era{index}>{'|'.join(eras)})")
        for index, form in enumerate(forms)
    )  # fmt: skip
    return re.compile(rf"(?<![^\W_])(?:{written})(?![^\W_])(?:\s*\((?P<year>[0-9]{{4}})\))?")


def spaced_years(text: str, known: Knowledge) -> Iterable[Quantity]:
    """Years of an era: « l'an 6 de l'ère Reiwa (2024) »; both years must be the same."""
    eras: Mapping[str, int] = known.raw.get("eras", {})
    forms, ordinals = tuple(known.raw.get("era-years", ())), known.raw.get("ordinals", {})
    if not forms or not any(era in text for era in eras):
        return
    firsts = (*(word for word, value in ordinals.items() if value == 1), "un")
    for match in _era_years(forms, tuple(eras), firsts).finditer(text):
        groups = match.groupdict()
        index = next(i for i in range(len(forms)) if groups[f"era{i}"])
        count = groups[f"n{index}"]
        reckoned = eras[groups[f"era{index}"]] + (int(count) if count.isdecimal() else 1)
        said = int(match["year"] or reckoned)
        bound = "" if said == reckoned else "wrong-era"
        yield Quantity(
            match.start(),
            match.end(),
            " ".join(match[0].split()),
            frozenset({Fraction(said)}),
            bound=bound,
        )


def _weekday(word: str | None, weekdays: tuple[str, ...]) -> int | None:
    return weekdays.index(word.lower()) if word else None
