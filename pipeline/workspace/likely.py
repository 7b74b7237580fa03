"""What a person probably meant by a value in a form of their own: proposed, never taken."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?:\.\d{1,4})?(?!\d)", re.ASCII)
_PART = re.compile(r"(?<!\d)\d{1,4}(?!\d)", re.ASCII)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?!\d)(?:\s?[^\d\s–—~〜-]\s?(\d{2})(?!\d))?", re.ASCII)
_EARLIEST = (7, 0)
_BETWEEN = re.compile(r"[,;、，；・•]|(?:^|\s)[-–—*]\s?")
_PLAIN = re.compile(r"[^\s\"'#&*!|>%@`{}\[\],:?-][^#{}\[\],:]*")


def date(given: str) -> str:
    """A date in the form that is asked for; empty where none can be seen.

    >>> date("29.10.2026"), date("２０２６年10月29日"), date("29 octobre 2026")
    ('2026-10-29', '2026-10-29', '')
    """
    numbers = [int(part) for part in _PART.findall(unicodedata.normalize("NFKC", given))]
    if len(numbers) != 3:  # noqa: PLR2004 - a year, a month, a day
        return ""
    year, month, day = numbers if numbers[0] > numbers[2] else reversed(numbers)
    try:
        return datetime.date(year, month, day).isoformat() if year > 99 else ""  # noqa: PLR2004
    except ValueError:
        return ""


def time(given: str) -> str:
    """From when to when, in the form that is asked for; empty where that cannot be seen.

    >>> time("de 9h30 à 11h"), time("9時30分～11時"), time("“09:30-11:00”"), time("matin")
    ('"09:30-11:00"', '"09:30-11:00"', '"09:30-11:00"', '')
    """
    clocks = [
        (int(h), int(m or 0)) for h, m in _CLOCK.findall(unicodedata.normalize("NFKC", given))
    ]
    if len(clocks) != 2 or clocks[0] >= clocks[1]:  # noqa: PLR2004 - from, to
        return ""
    if clocks[0] < _EARLIEST:  # 午後2時, 2 pm: half a day may be in a word
        return ""
    (hour, minute), (until, past) = clocks
    if until > 23 or max(minute, past) > 59:  # noqa: PLR2004
        return ""
    return f'"{hour:02d}:{minute:02d}-{until:02d}:{past:02d}"'


def number(given: str) -> str:
    """The numbers within words.

    >>> number("ODD 8"), number("８、１１"), number("11.4"), number("huit")
    ('8', '8, 11', '11', '')
    """
    return ", ".join(_numbers(given))


def listed(given: str, item: dict[str, Any]) -> str:
    """Values that stand on a line, as a list; ``item`` is the schema of what it is to hold
    (``bare``: words alone will do).

    >>> listed("valbourg、minatomachi", {"type": "string"}), listed("ODD 8", {"type": "integer"})
    ('[valbourg, minatomachi]', '[8]')
    """
    if item.get("type") == "object" and not item.get("bare"):
        return f"[{mapping('', item)}]"
    if item.get("type") == "integer":
        parts = _numbers(given)
    else:
        bare = given.strip("[]［］「」 　")
        parts = [_scalar(part.strip()) for part in _BETWEEN.split(bare) if part.strip()]
    return f"[{', '.join(parts) or 'a, b'}]"


def mapping(given: str, node: dict[str, Any]) -> str:
    """The keys that a mapping must have; one alone takes the words that were given.

    >>> mapping("Camille Roux", {"properties": {"name": {}, "role": {}}, "required": ["name"]})
    '{name: Camille Roux}'
    """
    needed = list(node.get("required", ()))
    if not needed:
        return ""
    value = _scalar(given) if given and len(needed) == 1 else "…"
    return "{" + ", ".join(f"{key}: {value}" for key in needed) + "}"


def slug(words: str, longest: int) -> str:
    """The identifier nearest to ``words``; empty where no letter of it can stand in one.

    >>> slug("Économie & Société", 60), slug("経済", 60)
    ('economie-societe', '')
    """
    plain = unicodedata.normalize("NFKD", words.casefold())
    ascii_only = "".join(c for c in plain if not unicodedata.combining(c))
    ascii_only = ascii_only.replace("œ", "oe").replace("æ", "ae")
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))[:longest].strip("-")


def file_name(name: str, languages: Iterable[str]) -> str:
    """The name that a text's file should have: ``NAME.LANG.md``; empty where that cannot be seen.

    >>> file_name("Halles du soir_FR.md.txt", ["fr", "ja"]), file_name("市場.ja.md", ["fr", "ja"])
    ('halles-du-soir.fr.md', '')
    """
    bare = re.sub(r"(\.(md|markdown|txt))+$", "", name, flags=re.IGNORECASE)
    for language in languages:
        found = re.fullmatch(rf"(.+?)[ ._-]+{re.escape(language)}", bare, re.IGNORECASE)
        stem = slug(found[1], 60) if found else ""
        if stem:
            return f"{stem}.{language}.md"
    return ""


def _numbers(given: str) -> list[str]:
    return [str(int(number)) for number in _NUMBER.findall(unicodedata.normalize("NFKC", given))]


def _scalar(words: str) -> str:
    return words if _PLAIN.fullmatch(words) else '"' + words.replace('"', "”") + '"'
