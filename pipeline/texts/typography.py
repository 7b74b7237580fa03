"""Typography of a language as edits of a plain string.

French: Lexique des règles typographiques en usage à l'Imprimerie nationale (thin no-break space
before ; ! ?, no-break space before : and inside « », before %, € and units, in thousands).
Japanese: JLREQ and the usage of official texts (one digit width, full-width punctuation and
brackets in Japanese context, no typed space between Japanese and Latin: the engine sets it).

Rules are pure and small; `edits` finds what to change, so that the same rules serve plain strings
and, through `typeset`, inlines whose words are spread over markup.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass

NARROW = "\u202f"
NBSP = "\u00a0"
_SPACES = " \u00a0\u2009\u202f"
_SP = f"[{_SPACES}]"
_SIGNS_OF_URL = ("@", "://", "mailto:", "www.")
_URL = re.compile(r"(?:https?://|mailto:|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+")


@dataclass(frozen=True, order=True)
class Edit:
    """Replace ``text[start:end]`` by ``new``."""

    start: int
    end: int
    new: str


def apply(text: str, found: list[Edit]) -> str:
    """``text`` with non-overlapping edits made."""
    parts, last = [], 0
    for edit in found:
        parts += [text[last : edit.start], edit.new]
        last = edit.end
    return "".join([*parts, text[last:]])


def edits(text: str, kind: str) -> list[Edit]:
    """What the typography ``kind`` (a language table's) changes in ``text``, in order."""
    return _STYLES[kind](text)


def correct(text: str, kind: str) -> str:
    """``text`` as the typography ``kind`` wants it; correcting twice changes nothing more."""
    return apply(text, edits(text, kind))


Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str], str]
"""What to find, what to put there, and the characters of which a match needs one (none: any text;
``0`` stands for all digits): most texts lack most of them, and looking is what takes the time."""


def _meet(start: int, end: int, s: int, e: int) -> bool:
    return (start < e and s < end) or s < start < e


def _collect(text: str, rules: tuple[Rule, ...]) -> list[Edit]:
    """Matches of the rules outside URLs; where two rules meet, the earlier one wins."""
    may_hold_url = any(sign in text for sign in _SIGNS_OF_URL)
    taken = [match.span() for match in _URL.finditer(text)] if may_hold_url else []
    found: list[Edit] = []
    there = set(text)
    if any(map(str.isdecimal, there)):
        there.add("0")
    for pattern, replacement, needs in rules:
        if needs and there.isdisjoint(needs):
            continue
        for match in pattern.finditer(text):
            start, end = match.span("x") if "x" in pattern.groupindex else match.span()
            place = bisect_left(taken, (start, end))
            if start < 0 or any(
                _meet(start, end, *span) for span in taken[max(0, place - 1) : place + 1]
            ):
                continue
            new = replacement if isinstance(replacement, str) else replacement(match)
            if text[start:end] != new:
                found.append(Edit(start, end, new))
            taken.insert(place, (start, end))
    return sorted(found)


# -- French -------------------------------------------------------------------------------------

_UNITS = (
    r"(?:%|‰|°C|€|\$|£|¥|M€|Md€|k€|km²|km|m²|m³|ha|kg|t|cm|mm|mL|L|kWh|MWh|GWh|MW|GW|kW|"
    r"h|min|heures?|jours?|mois|ans|euros?|yens?|habitants?|millions?|milliards?)"
)
_FRENCH: tuple[Rule, ...] = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|[«\"])|(?<=\b[dlnmtscjDLNMTSCJ])'"), "’", "'"),
    (re.compile(r"\.\.\."), "…", "."),
    (re.compile(rf"«(?P<x>{_SP}*)(?=\S)"), NBSP, "«"),
    (re.compile(rf"(?<=[^\s\u00a0\u202f])(?P<x>{_SP}*)»"), NBSP, "»"),
    (re.compile(r"(?<![^\s(\[\u00a0\u202f’])(?P<x>\")(?=\w)"), f"«{NBSP}", "\""),
    (re.compile(r"(?<=[\w.!?…])(?P<x>\")(?=[\s,.;:!?)\]]|$)"), f"{NBSP}»", "\""),
    (re.compile(r"(?<![^\s(\[\u00a0\u202f’«])(?P<x>“)(?=\w)"), "“", "“"),
    (re.compile(rf"(?<=[\w)\]»”’\".…%€])(?P<x>{_SP}*)(?=[;!?](?!\w))"), NARROW, ";!?"),
    (re.compile(rf"(?<=[\w)\]»”’\".…%€])(?P<x>{_SP}+)(?=:(?![\w/]))"), NBSP, ":"),
    (re.compile(r"(?<=[^\W\d_])(?P<x>)(?=:(?:\s|$))"), NBSP, ":"),
    (re.compile(rf"(?<!\d)\d{{1,3}}(?P<x>{_SP})(?=\d{{3}}(?!\d))"), NARROW, "0"),
    (re.compile(rf"(?<=\d)(?P<x>{_SP}*)(?=[%‰€])"), NBSP, "%‰€"),
    (re.compile(rf"(?<=\d)(?P<x>{_SP})(?={_UNITS}(?![\w]))"), NBSP, "0"),
    (re.compile(rf"\b(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|art|p|n°|N°|nos|vol|ch|fig)\.?(?P<x>{_SP})(?=[A-Z0-9ÉÈ])"), NBSP, ""),
    (re.compile(rf"\b(?:ODD|CO₂|article|articles|page|pages|alinéa|annexe|figure|tableau)(?P<x>{_SP})(?=\d)"), NBSP, "0"),
    (re.compile(rf"\b\d{{1,2}}(?:er)?(?P<x>{_SP})(?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)"), NBSP, "0"),
)  # fmt: skip


def french(text: str) -> list[Edit]:
    """Edits for French."""
    return _collect(text, _FRENCH)


# -- Japanese -----------------------------------------------------------------------------------

_J = r"\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆ヶ\uff61-\uff9f０-９Ａ-Ｚａ-ｚ"
_CLOSED = r"、。，．・：；！？「」『』（）〔〕［］｛｝〈〉《》【】"
_FULL_WIDTH_ALNUM = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+")
_HALF_KANA = re.compile(r"[\uff61-\uff9f]+")


def _narrow(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


_JAPANESE: tuple[Rule, ...] = (
    (_FULL_WIDTH_ALNUM, _narrow, ""),
    (_HALF_KANA, _narrow, ""),
    (re.compile(rf"(?<=[{_J}{_CLOSED}])(?P<x>{_SP}+)(?=[{_J}{_CLOSED}])"), "", _SPACES),
    (re.compile(rf"(?<=[{_J}{_CLOSED}])(?P<x>{_SP})(?=[A-Za-z0-9])"), "", _SPACES),
    (re.compile(rf"(?<=[A-Za-z0-9%])(?P<x>{_SP})(?=[{_J}{_CLOSED}])"), "", _SPACES),
    (re.compile(rf"(?<=[{_J}」』）A-Za-z0-9])(?P<x>, ?)(?=[{_J}「『（])"), "、", ","),
    (re.compile(r"，"), "、", "，"),
    (re.compile(rf"(?<=[{_J}」』）])(?P<x>\.)(?=\s|$)"), "。", "."),
    (re.compile(r"．(?=\s|$)"), "。", "．"),
    (re.compile(rf"(?<=[{_J}」』])(?P<x>\()(?=[^()]*\))"), "（", "("),
    (re.compile(rf"(?<=[{_J}」』])\([^()]*(?P<x>\))"), "）", ")"),
    (re.compile(rf"(?<=[{_J}])(?P<x>!)(?=[{_J}\s]|$)"), "！", "!"),
    (re.compile(rf"(?<=[{_J}])(?P<x>\?)(?=[{_J}\s]|$)"), "？", "?"),
)


def japanese(text: str) -> list[Edit]:
    """Edits for Japanese."""
    return _collect(text, _JAPANESE)


# -- Chinese ------------------------------------------------------------------------------------

_CHINESE: tuple[Rule, ...] = (
    (re.compile(rf"(?<=[{_CLOSED}])(?P<x>{_SP}+)(?=\S)"), "", _SPACES),
    (re.compile(rf"(?<=\S)(?P<x>{_SP}+)(?=[{_CLOSED}])"), "", _SPACES),
)


def chinese(text: str) -> list[Edit]:
    """Edits for Chinese: full-width punctuation has its space in itself, also where a line ended."""
    return _collect(text, _CHINESE)


def plain(_text: str) -> list[Edit]:
    """No rules: the author's typography stands."""
    return []


_STYLES: Mapping[str, Callable[[str], list[Edit]]] = {
    "french": french,
    "japanese": japanese,
    "chinese": chinese,
    "plain": plain,
}
