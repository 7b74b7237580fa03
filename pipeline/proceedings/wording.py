"""Dates, lists, names of countries and languages in an edition's language (CLDR, through Babel)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pipeline.workspace.languages import LanguageTable


@lru_cache(maxsize=16)
def locale(name: str) -> Any:
    """CLDR's data of a locale."""
    from babel import Locale

    return Locale.parse(name)


def full_date(day: datetime.date, table: LanguageTable) -> str:
    """A date with its weekday: « mardi 19 novembre 2024 », 2024年11月19日火曜日."""
    from babel.dates import format_date

    return format_date(day, "full", locale=table.locale)


def long_date(day: datetime.date, table: LanguageTable) -> str:
    """A date without weekday."""
    from babel.dates import format_date

    return format_date(day, "long", locale=table.locale)


def date_range(start: datetime.date, end: datetime.date, table: LanguageTable) -> str:
    """« 18–21 novembre 2024 », 2024年11月18日～21日.

    CLDR has no interval with the month in full: its short one is used with the month spelt out.
    """
    from babel.dates import format_date

    if start == end:
        return long_date(start, table)
    differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
    patterns = locale(table.locale).interval_formats["yMMMd"][differs]
    days = (start, end)
    return "".join(
        format_date(day, re.sub(r"(?<!M)MMM(?!M)", "MMMM", pattern), locale=table.locale)
        for day, pattern in zip(days, patterns, strict=True)
    )


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


def speaks(code: str, language: str) -> bool:
    """Whether ``language`` is the first official language of the country ``code``."""
    from babel.languages import get_official_languages

    official = get_official_languages(code, de_facto=True)
    return bool(official) and official[0] == language.split("-", maxsplit=1)[0]
