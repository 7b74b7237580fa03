"""Which script a language is written in, by CLDR: what its type looks like depends on it."""

from __future__ import annotations

from functools import lru_cache

from babel.core import get_global

_EAST_ASIAN = frozenset({"Jpan", "Hans", "Hant", "Kore", "Hani", "Hang"})
_LENGTH = 4


@lru_cache(maxsize=64)
def script_of(language: str) -> str:
    """ISO 15924: what the tag says, or what CLDR says of its language; "" if neither does.

    >>> script_of("fr"), script_of("zh-Hant"), script_of("ja")
    ('Latn', 'Hant', 'Jpan')
    """
    likely = get_global("likely_subtags").get(language.partition("-")[0], "")
    subtags = [*language.split("-")[1:], *likely.split("_")[1:]]
    return next((subtag for subtag in subtags if len(subtag) == _LENGTH), "")


def is_east_asian(language: str) -> bool:
    """Whether a language is set in Mincho and Gothic, or their like, which know no italics."""
    return script_of(language) in _EAST_ASIAN
