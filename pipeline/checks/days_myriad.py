"""Dates in Japanese: 令和6年(2024年)11月18日から21日まで, 21日(木), and years by themselves.

Eras begin and end on days (平成31年6月1日 never was): japanera knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from pipeline.checks.days import Day
from pipeline.checks.figures import has_figures
from pipeline.checks.knowledge import Knowledge
from pipeline.checks.quantities import Quantity, bound_of
from pipeline.translation.markup.numbers import kanji_value

_K = "〇零一二三四五六七八九十百千"
_ERA = r"(?:(?P<era>{eras})\s?(?P<eray>元|[0-9]{{1,2}}|[{k}]{{1,3}})年)"
_YEAR = r"(?:(?P<year>[0-9]{{4}}|[〇一二三四五六七八九]{{4}})年)"
_WEEK = r"(?:\s?\((?P<w1>[月火水木金土日])(?:曜日?)?(?:・?祝)?\)|\s?(?P<w2>[月火水木金土日])曜日?)?"
_MYRIAD = (
    r"(?:(?:"
    + _ERA
    + r"(?:\((?P<year2>[0-9]{{4}})年?\))?|"
    + _YEAR
    + r"(?:\((?P<era2>{eras})(?P<eray2>元|[0-9]{{1,2}})年?\))?)(?:の|、|,)?\s?)?"
    r"(?P<month>[0-9]{{1,2}}|[{k}]{{1,2}})月(?:\s?(?P<day>[0-9]{{1,2}}|[{k}]{{1,3}})日(?!間))?"
    + _WEEK
)
_RIGHT = re.compile(
    r"(?P<link>\s*(?:から|~|–|-|より|、|及び|と|・|,|および|または|又は)\s?)(?:同)?(?P<day>[0-9]{1,2})日(?!間|目|当)"
    + _WEEK.replace("{{", "{").replace("}}", "}")
)
_SPANS = ("から", "~", "–", "-", "より")
_SLASHED = re.compile(r"(?<![0-9/])([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})(?![0-9/])")
_ALONE = re.compile(
    r"(?<![0-9月年])(?P<day>[0-9]{1,2})日\s?(?:\((?P<w1>[月火水木金土日])(?:曜日?)?\)|(?P<w2>[月火水木金土日])曜日?)"
)


@lru_cache(maxsize=4)
def _myriad_date(eras: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_MYRIAD.format(eras="|".join(eras), k=_K))


def myriad_days(text: str, known: Knowledge) -> list[Day]:
    """The dates of ``text``; ``wrong`` is ``era`` where an era had no such day."""
    eras: Mapping[str, int] = known.raw["eras"]
    weekdays: list[str] = known.raw["weekdays"]
    found: list[Day] = []
    for match in _myriad_date(tuple(eras)).finditer(text) if "月" in text else ():
        if text[match.end() : match.end() + 1] in ("間", "額"):
            continue
        year, wrong = _era_year(match, eras)
        week = match["w1"] or match["w2"]
        day = Day(
            match.start(), match.end(), match[0], year, _number(match["month"]),
            _number(match["day"]), weekdays.index(week) if week else None, False, wrong,
        )  # fmt: skip
        if not wrong and match["era"] and day.month and day.day and not _in_era(match, day):
            day = replace(day, wrong="era")
        if found and text[found[-1].end : day.start].strip() in _SPANS:
            found[-1], day = replace(found[-1], ranged=True), replace(day, ranged=True)
            day = replace(day, year=day.year or found[-1].year)
        found.append(day)
        found += _to_the_right(text, found, weekdays)
    figures = has_figures(text)
    for slashed in _SLASHED.finditer(text) if figures else ():
        year, month, number = (int(part) for part in slashed.groups())
        found.append(Day(slashed.start(), slashed.end(), slashed[0], year, month, number))
    spans = [(day.start, day.end) for day in found]
    for alone in _ALONE.finditer(text) if figures else ():
        if not any(s < alone.end() and alone.start() < e for s, e in spans):
            week = alone["w1"] or alone["w2"]
            found.append(
                Day(
                    alone.start(),
                    alone.end(),
                    alone[0],
                    day=int(alone["day"]),
                    weekday=weekdays.index(week),
                )
            )
    return found


def _to_the_right(text: str, found: list[Day], weekdays: list[str]) -> list[Day]:
    """11月18日から21日まで: days that share the month before them."""
    day, more = found[-1], list[Day]()
    while day.day:
        match = _RIGHT.match(text, day.end)
        if not match:
            break
        ranged = match["link"].strip() in _SPANS
        week = match["w1"] or match["w2"]
        if ranged:
            (more if more else found)[-1] = replace(day, ranged=True)
        day = Day(
            match.start("day"), match.end(), text[match.start("day") : match.end()], day.year, day.month,
            int(match["day"]), weekdays.index(week) if week else None, ranged,
        )  # fmt: skip
        more.append(day)
    return more


def _number(digits: str | None) -> int | None:
    if not digits:
        return None
    return int(digits) if digits.isascii() else kanji_value(digits)


def _era_year(match: re.Match[str], eras: Mapping[str, int]) -> tuple[int | None, str]:
    """The western year of a date, and ``era`` where the two years it says differ."""
    said = match["year"] or match["year2"]
    era, count = match["era"] or match["era2"], match["eray"] or match["eray2"]
    year = _number(said)
    if not era:
        return year, ""
    reckoned = eras[era] + (1 if count == "元" else _number(count) or 0)
    return (year or reckoned), ("era" if year not in (None, reckoned) or count == "0" else "")


def _in_era(match: re.Match[str], day: Day) -> bool:
    """Whether that era had that day, as japanera reckons."""
    from japanera import EraDate

    count = 1 if match["eray"] == "元" else _number(match["eray"])
    written = f"{match['era']}{count}年{day.month:02d}月{day.day:02d}日"
    try:
        return bool(EraDate.strptime(written, "%-K%-y年%m月%d日"))
    except (ValueError, OverflowError):
        return False


@lru_cache(maxsize=4)
def _myriad_year(eras: tuple[str, ...]) -> re.Pattern[str]:
    either = rf"{_ERA}(?:\((?P<year2>[0-9]{{{{4}}}})年?度?\))?|{_YEAR}(?:\((?P<era2>{{eras}})(?P<eray2>元|[0-9]{{{{1,2}}}})年?度?\))?"
    return re.compile(either.format(eras="|".join(eras), k=_K))


def years(text: str, known: Knowledge) -> Iterable[Quantity]:
    """Years without a month, in either reckoning."""
    eras: Mapping[str, int] = known.raw["eras"]
    for match in _myriad_year(tuple(eras)).finditer(text) if "年" in text else ():
        year, wrong = _era_year(match, eras)
        if year is not None:
            bound = "wrong-era" if wrong else bound_of(text, match.start(), match.end(), known)
            values = frozenset({Fraction(year)})
            yield Quantity(match.start(), match.end(), match[0], values, bound=bound)
