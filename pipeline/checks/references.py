"""References of a text: « article 3, a) », « points a) et b) de l’article 8 », 第3条(1)及び(2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.checks.knowledge import Knowledge
from pipeline.translation.markup.numbers import kanji_value

_KANA = "アイウエオカキクケコサシスセソタチツテト"
_JOINED = r"\s*(?:,|、|・|et|ou|及び|並びに|又は|から|~|à)\s*"
_NEXT = re.compile(rf"{_JOINED}\(?([a-z]|[0-9]{{1,2}}|[ア-ン])\)")
_NUMBER = re.compile("[0-9一二三四五六七八九十]")
_NO_ITEM = r"(?P<i>(?!))?"
_ITEMS = rf"(?P<items>[a-z]\)(?:{_JOINED}[a-z]\)){{0,9}})"


@dataclass(frozen=True)
class Mention:
    """Something numbered: ``kind`` (``goal``, ``meeting``, ``article``…) and its number."""

    start: int
    end: int
    shown: str
    kind: str
    number: str


def references_in(text: str, known: Knowledge) -> Iterator[Mention]:
    """The references, item by item where several of one article are named."""
    if not _NUMBER.search(text):
        return
    taken: set[int] = set()
    for kind, words in known.raw.get("references", {}).items():
        for word in words:
            for match in _pattern(word, kind).finditer(text):
                found = list(_mentions(text, match, kind))
                if not taken & {match.start(), match.start("n")}:
                    taken.update(range(match.start(), found[-1].end))
                    yield from found


@lru_cache(maxsize=256)
def _pattern(word: str, kind: str) -> re.Pattern[str]:
    return re.compile(_written(word, kind))


def _written(word: str, kind: str) -> str:
    """The pattern of a word of the table; {n} is where the number stands, {items} its items."""
    if "{items}" in word:
        number = rf"(?P<n>[0-9]{{1,3}}){_NO_ITEM}(?![0-9])"
        return word.replace("~", r"\s+").replace("{items}", _ITEMS).replace("{n}", number)
    if "{n}" not in word:
        item = r"(?:,?\s*(?P<i>[a-z]|[0-9]{1,2})\))?(?![0-9])"
        return rf"(?<!\w)(?i:{word})\s+(?:n[°o]\s*)?(?P<n>[0-9]{{1,3}})(?:er)?{item}"
    before, after = word.split("{n}")
    if kind != "article":
        return rf"{before}(?P<n>[0-9]{{1,3}}){after}{_NO_ITEM}"
    item = r"(?:第?\s?\(?(?P<i>[0-9]{1,2}|[ア-ン])\)?(?:号|項)?(?![0-9年月日]))?"
    return rf"{before}(?P<n>[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}}){after}{item}"


def _mentions(text: str, match: re.Match[str], kind: str) -> Iterator[Mention]:
    digits = match["n"]
    number = int(digits) if digits.isascii() else kanji_value(digits)
    items = re.findall(r"([a-z])\)", match.groupdict().get("items") or "") or [match["i"]]
    end = match.end()
    while match["i"] and (more := _NEXT.match(text, end)):
        items.append(more[1])
        end = more.end()
    for item in items:
        yield Mention(match.start(), end, text[match.start() : end], kind, _place(number, item))


def _place(number: int, item: str | None) -> str:
    if not item:
        return str(number)
    place = int(item) if item.isdecimal() else _KANA.find(item) + 1 or ord(item) - ord("a") + 1
    return f"{number}.{place}"
