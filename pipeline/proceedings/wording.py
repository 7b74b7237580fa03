"""Dates, lists, names of countries and languages in an edition's language (CLDR, through Babel)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.workspace.languages import Era, LanguageTable


@lru_cache(maxsize=16)
def locale(name: str) -> Any:
    """CLDR's data of a locale."""
    from babel import Locale

    return Locale.parse(name)


def full_date(day: datetime.date, table: LanguageTable) -> str:
    """A date with its weekday: « mardi 19 novembre 2024 », 2024年11月19日火曜日."""
    return _dated(day, locale(table.locale).date_formats["full"].pattern, table)


def long_date(day: datetime.date, table: LanguageTable, calendar: str = "western") -> str:
    """A date without weekday: « 21 novembre 2024 », 2024年11月21日; in an era 令和6年11月21日.

    ``calendar`` is ``western``, ``era`` or ``both``, in languages that have eras.
    """
    return _dated(day, locale(table.locale).date_formats["long"].pattern, table, calendar)


def date_range(
    start: datetime.date, end: datetime.date, table: LanguageTable, calendar: str = "western"
) -> str:
    """« 18–21 novembre 2024 », 2024年11月18日～21日; years as `long_date` has them.

    Where CLDR has no interval with the month in full, its short one is used with the month spelt
    out, and days as a long date has them.
    """
    if start == end:
        return long_date(start, table, calendar)
    differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    formats = locale(table.locale).interval_formats
    patterns = (formats.get("yMMMMd") or formats["yMMMd"])[differs]
    spelt = [re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern) for pattern in patterns]
    if "dd" not in locale(table.locale).date_formats["long"].pattern:
        spelt = [re.sub(r"\bdd\b", "d", pattern) for pattern in spelt]
    days = zip((start, end), spelt, strict=True)
    return "".join(_dated(day, pattern, table, calendar) for day, pattern in days)


def _dated(
    day: datetime.date, pattern: str, table: LanguageTable, calendar: str = "western"
) -> str:
    """A day in CLDR's pattern, its year and a first of the month as the language writes them."""
    from babel.dates import format_date

    if table.era is not None and calendar != "western":
        pattern = pattern.replace(table.era.of, f"'{_year(day, table.era, calendar)}'")
    if table.first_day and day.day == 1:
        first = f"'{table.first_day}'"
        pattern = _DAY.sub(lambda found: first if found[0] == "d" else found[0], pattern)
    return str(format_date(day, pattern, locale=table.locale))


_DAY = re.compile(r"'[^']*'|d+")  # quoted words of a pattern are no fields


def _year(day: datetime.date, era: Era, calendar: str) -> str:
    """The year of the era that ``day`` is in, as the language writes it."""
    from japanera import EraDate

    found = EraDate.from_date(day).era
    count = day.year - found.since.year + 1
    year = era.first if count == 1 else count
    return era.forms[calendar].format(era=found.kanji, year=year, western=day.year)


def time_range(time: str, table: LanguageTable) -> str:
    """``09:30-11:00`` as the language says it: « 9 h 30 – 11 h »."""
    start, end = (_time(part, table) for part in time.split("-"))
    return table.label("time-range", start=start, end=end)


def _time(value: str, table: LanguageTable) -> str:
    hour, minute = value.split(":")
    key = "time-whole" if minute == "00" else "time"
    return table.label(key, hour=int(hour), minute=minute)


def country(code: str, table: LanguageTable) -> str:
    """The name of an ISO 3166 country."""
    return str(locale(table.locale).territories.get(code, code))


def language_name(tag: str, table: LanguageTable) -> str:
    """The name of a language."""
    return str(locale(table.locale).languages.get(tag.split("-", maxsplit=1)[0], tag))


def listed(items: Sequence[str], table: LanguageTable) -> str:
    """« a, b et c »."""
    from babel.lists import format_list

    return str(format_list(list(items), locale=table.locale))


def joined(items: Sequence[Sequence[Node]], table: LanguageTable) -> list[Node]:
    """Items in a row, as a formula lists them: en français et en japonais, A語、B語及びC語."""
    result: list[Node] = []
    for left, item in zip(range(len(items) - 1, -1, -1), items, strict=True):
        separator = table.labels["list-separator" if left else "last-separator"]
        result += [*(ast.text(separator) if result else ()), *item]
    return result


def speaks(code: str, language: str) -> bool:
    """Whether ``language`` is the first official language of the country ``code``."""
    from babel.languages import get_official_languages

    official = get_official_languages(code, de_facto=True)
    return bool(official) and official[0] == language.split("-", maxsplit=1)[0]
