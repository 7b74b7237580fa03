"""What only translation engines write, and what it becomes: rules that `polish` adds to typography.

An author may have meant such signs, so the rules for print leave them alone; an engine has no
intentions. A rule finds a group ``x`` in what a reader sees, where `THING` is code or an image.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.texts.typography import NARROW, NBSP

THING = "\ufffb"
"""Stands for code or an image: no word, but what a word may touch."""

Rules = tuple[tuple[re.Pattern[str], str], ...]

_WIDE = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WIDE_WORD = re.compile(f"[{_WIDE}]")
_OPENED, _CLOSED = "「『（【〈《", "」』）】〉》"
_STOPS = "、。！？："
_SPACE = r"(?P<x>[ \u00a0])"
_JAPANESE = f"[{_WIDE}{_STOPS}{_OPENED}{_CLOSED}]"
_LATIN = "[A-Za-z0-9%]"
_INSIDE = r"[^()（）\n]{0,400}"
_JAPANESE_INSIDE = rf"{_INSIDE}[{_WIDE}]{_INSIDE}"

STRAY: Mapping[str, Rules] = {
    "japanese": (
        (re.compile(rf"(?<=[{_WIDE}{_CLOSED}])(?P<x>．)"), "。"),
        (re.compile(rf"(?<=[{_WIDE}{_CLOSED}])(?P<x>[ \u00a0]?\()(?={_JAPANESE_INSIDE}\))"), "（"),
        (re.compile(rf"（{_INSIDE}(?P<x>\)[ \u00a0]?)"), "）"),
        (re.compile(r"(?<=\d)(?P<x>[ \u00a0\u202f])(?=[%％‰])"), ""),
        (re.compile(rf"(?<={_JAPANESE}){_SPACE}(?={THING})"), ""),
        (re.compile(rf"(?<={THING}){_SPACE}(?={_JAPANESE})"), ""),
        (re.compile(rf"(?<=[{_STOPS}{_CLOSED}]){_SPACE}(?={_LATIN})"), ""),
        (re.compile(rf"(?<={_LATIN}){_SPACE}(?=[{_STOPS}{_OPENED}{_CLOSED}])"), ""),
    ),
    "french": (
        (re.compile(rf"(?<={THING})(?P<x>[ \u00a0]?)(?=[;!?](?:\s|\Z))"), NARROW),
        (re.compile(rf"(?<={THING})(?P<x> )(?=:(?:\s|\Z))"), NBSP),
        (re.compile(rf"(?<=[\w»)%€{THING}])(?P<x>[ \u00a0\u202f]+)(?=[.,](?:\s|\Z))"), ""),
    ),
}  # fmt: skip
"""By kind of typography: what to find, and what to put in the place of its group ``x``."""


Quotes = tuple[tuple[re.Pattern[str], str, str], ...]


def _quotes(pairs: tuple[tuple[str, str], ...], opening: str, closing: str, never: str) -> Quotes:
    found = (rf"{a}\s?(?=\S)(?P<in>[^{a}{b}{never}\n]{{1,400}}?)\s?{b}" for a, b in pairs)
    return tuple((re.compile(pattern), opening, closing) for pattern in found)


QUOTES: Mapping[str, Quotes] = {
    "japanese": _quotes((("“", "”"), ("«", "»"), ("„", "“"), ('"', '"')), "「", "」", never=""),
    "french": _quotes(
        (("“", "”"), ("「", "」"), ("『", "』"), ("„", "“")), f"«{NBSP}", f"{NBSP}»", never="«»"
    ),
}
"""Pairs of quotation marks of other languages, and what they become."""


def is_quotation(text: str, match: re.Match[str], kind: str) -> bool:
    """Whether a pair of `QUOTES` quotes words of this language.

    In Japanese, marks around Latin words are theirs; in French, curly ones inside « » are of the
    second level.
    """
    if kind == "french":
        before = text[: match.start()]
        return before.count("«") == before.count("»")
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return bool(_WIDE_WORD.search(match["in"] + around))
