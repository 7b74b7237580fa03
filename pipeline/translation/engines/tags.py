"""What each engine calls a language (``languages.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_SCRIPT, _REGION = 4, 2  # letters of these parts of a tag


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, str]]:
    content = (Path(__file__).parent / "languages.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def code(table: str, tag: str) -> str:
    """The name in ``table`` of the language ``tag``; the first part of the tag if none is listed.

    >>> code("google", "zh-Hans"), code("google", "fr-FR"), code("deepl-target", "pt-BR")
    ('zh-CN', 'fr', 'PT-BR')
    """
    known = _tables()[table]
    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        found = known.get("-".join(parts[:length]))
        if found:
            return found
    return parts[0].upper() if table.startswith("deepl") else parts[0]


def with_region(table: str, tag: str) -> str:
    """The same for engines that want a region too: the tag's own, the table's, or the likeliest.

    The likeliest is CLDR's (``ja`` → ``ja-JP``); a tag that has none stays as it is.
    """
    parts = tag.split("-")
    if len(parts) > 1 and len(parts[-1]) == _REGION:
        return f"{parts[0]}-{parts[-1]}"
    named = code(table, tag)
    if "-" in named:
        return named
    from babel.core import get_global

    likely = get_global("likely_subtags").get(named, "").split("_")
    return f"{named}-{likely[-1]}" if len(likely) > 1 else named


def script(tag: str) -> str:
    """The script that a language is likely written in, by CLDR; empty if unknown.

    >>> script("fr"), script("ja"), script("zh-Hant")
    ('Latn', 'Jpan', 'Hant')
    """
    from babel.core import get_global

    parts = tag.split("-")
    written = [part for part in parts[1:] if len(part) == _SCRIPT]
    if written:
        return written[0]
    likely = get_global("likely_subtags")
    for name in ("_".join(parts), parts[0]):
        found = [part for part in likely.get(name, "").split("_") if len(part) == _SCRIPT]
        if found:
            return str(found[0])
    return ""
