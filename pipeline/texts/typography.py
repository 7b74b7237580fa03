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
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

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


@dataclass(frozen=True)
class Rule:
    """What to find, what to put there, and the characters of which a match needs one.

    None stand for any text, ``0`` for all digits: most texts lack most of them, and looking is what
    takes the time.
    """

    sought: str
    new: str | Callable[[re.Match[str]], str]
    needs: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when a text first needs it: all Chinese characters are a millisecond's work."""
        return re.compile(self.sought)


Pair = tuple[Edit, Edit]


def _meet(start: int, end: int, s: int, e: int) -> bool:
    return (start < e and s < end) or s < start < e


def _holds(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a place is within one of ``spans``, which are in order."""
    before = bisect_right(spans, place, key=itemgetter(0))
    return before > 0 and place < spans[before - 1][1]


def _collect(text: str, rules: tuple[Rule, ...], pairs: Iterable[Pair] = ()) -> list[Edit]:
    """Pairs and matches of the rules outside URLs; where two rules meet, the earlier one wins."""
    may_hold_url = any(sign in text for sign in _SIGNS_OF_URL)
    taken = [match.span() for match in _URL.finditer(text)] if may_hold_url else []
    found: list[Edit] = []
    for pair in pairs:
        if not any(_holds(taken, edit.start) for edit in pair):
            found += pair
    taken = sorted([*taken, *((edit.start, edit.end) for edit in found)])
    there = set(text)
    if any(map(str.isdecimal, there)):
        there.add("0")
    for rule in rules:
        if rule.needs and there.isdisjoint(rule.needs):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span("x") if "x" in rule.pattern.groupindex else match.span()
            place = bisect_left(taken, (start, end))
            if start < 0 or any(
                _meet(start, end, *span) for span in taken[max(0, place - 1) : place + 1]
            ):
                continue
            new = rule.new if isinstance(rule.new, str) else rule.new(match)
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
    Rule(r"(?<=[^\W\d_])'(?=[^\W\d_]|[«\"])|(?<=\b[dlnmtscjDLNMTSCJ])'", "’", "'"),
    Rule(r"\.\.\.", "…", "."),
    Rule(rf"«(?P<x>{_SP}*)(?=\S)", NBSP, "«"),
    Rule(rf"(?<=[^\s\u00a0\u202f])(?P<x>{_SP}*)»", NBSP, "»"),
    Rule(r"(?<![^\s(\[\u00a0\u202f’])(?P<x>\")(?=\w)", f"«{NBSP}", "\""),
    Rule(r"(?<=[^\W\d]|[.!?…])(?P<x>\")(?=[\s,.;:!?)\]]|$)", f"{NBSP}»", "\""),
    Rule(r"(?<![^\s(\[\u00a0\u202f’«])(?P<x>“)(?=\w)", "“", "“"),
    Rule(rf"(?<=[\w)\]»”’\".…%€])(?P<x>{_SP}*)(?=[;!?](?!\w))", NARROW, ";!?"),
    Rule(rf"(?<=[\w)\]»”’\".…%€])(?P<x>{_SP}+)(?=:(?![\w/]))", NBSP, ":"),
    Rule(r"(?<=[^\W\d_])(?P<x>)(?=:(?:\s|$))", NBSP, ":"),
    Rule(rf"(?<!\d)\d{{1,3}}(?P<x>{_SP})(?=\d{{3}}(?!\d))", NARROW, "0"),
    Rule(rf"(?<=\d)(?P<x>{_SP}*)(?=[%‰€])", NBSP, "%‰€"),
    Rule(rf"(?<=\d)(?P<x>{_SP})(?={_UNITS}(?![\w]))", NBSP, "0"),
    Rule(rf"\b(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|art|p|n°|N°|nos|vol|ch|fig)\.?(?P<x>{_SP})(?=[A-Z0-9ÉÈ])", NBSP, ""),
    Rule(rf"\b(?:ODD|CO₂|article|articles|page|pages|alinéa|annexe|figure|tableau)(?P<x>{_SP})(?=\d)", NBSP, "0"),
    Rule(rf"\b\d{{1,2}}(?:er)?(?P<x>{_SP})(?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)", NBSP, "0"),
)  # fmt: skip


_QUOTE = re.compile(
    r"(?<![^\s(\[\u00a0\u202f’'«\"/])(?P<opens>\")(?=[^\s)\],.;:!?])"
    r"|(?<=[^\s(\[«])(?P<closes>\")(?=[\s,.;:!?)\]\"»/]|$)"
)


def _quoted(text: str) -> Iterable[Pair]:
    """Straight quotation marks that open and close what is quoted, pair by pair.

    One alone, as after a measure in inches, is in none.
    """
    opened: list[int] = []
    for match in _QUOTE.finditer(text) if '"' in text else ():
        if match["opens"]:
            opened.append(match.start())
        elif opened and opened[-1] + 1 < match.start():
            first, last = opened.pop(), match.start()
            yield Edit(first, first + 1, f"«{NBSP}"), Edit(last, last + 1, f"{NBSP}»")


def french(text: str) -> list[Edit]:
    """Edits for French."""
    return _collect(text, _FRENCH, _quoted(text))


# -- Japanese -----------------------------------------------------------------------------------

_J = r"\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〆ヶ\uff61-\uff9f０-９Ａ-Ｚａ-ｚ"
_CLOSED = r"、。，．・：；！？「」『』（）〔〕［］｛｝〈〉《》【】"


def _narrow(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


_JAPANESE: tuple[Rule, ...] = (
    Rule(r"[０-９Ａ-Ｚａ-ｚ]+", _narrow, ""),
    Rule(r"[\uff61-\uff9f]+", _narrow, ""),
    Rule(r"(?<=[0-9０-９])，(?=[0-9０-９]{3}(?![0-9０-９]))", ",", "，"),
    Rule(r"(?<=[0-9０-９])．(?=[0-9０-９])", ".", "．"),
    Rule(r" \u3000+", "", "\u3000"),  # the indentation of a line that goes on
    Rule(rf"(?<=[{_J}{_CLOSED}])(?P<x>{_SP}+)(?=[{_J}{_CLOSED}])", "", _SPACES),
    Rule(rf"(?<=[{_J}{_CLOSED}])(?P<x>{_SP})(?=[A-Za-z0-9])", "", _SPACES),
    Rule(rf"(?<=[A-Za-z0-9%])(?P<x>{_SP})(?=[{_J}{_CLOSED}])", "", _SPACES),
    Rule(rf"(?<=[{_J}」』）A-Za-z0-9])(?P<x>, ?)(?=[{_J}「『（])", "、", ","),
    Rule(r"，", "、", "，"),
    Rule(rf"(?<=[{_J}」』）])(?P<x>\.)(?=\s|$)", "。", "."),
    Rule(r"．(?=\s|$)", "。", "．"),
    Rule(rf"(?<=[{_J}」』])(?P<x>\()(?=[^()]*\))", "（", "("),
    Rule(rf"(?<=[{_J}」』])\([^()]*(?P<x>\))", "）", ")"),
    Rule(rf"(?<=[{_J}])(?P<x>!)(?=[{_J}\s]|$)", "！", "!"),
    Rule(rf"(?<=[{_J}])(?P<x>\?)(?=[{_J}\s]|$)", "？", "?"),
)


def japanese(text: str) -> list[Edit]:
    """Edits for Japanese."""
    return _collect(text, _JAPANESE)


# -- Chinese ------------------------------------------------------------------------------------

_CHINESE: tuple[Rule, ...] = (
    Rule(rf"(?<=[{_CLOSED}])(?P<x>{_SP}+)(?=\S)", "", _SPACES),
    Rule(rf"(?<=\S)(?P<x>{_SP}+)(?=[{_CLOSED}])", "", _SPACES),
    Rule(rf"(?<=[{_J}])(?P<x>{_SP}+)(?=[{_J}])", "", _SPACES),
)


def chinese(text: str) -> list[Edit]:
    """Edits for Chinese: no space between characters or beside full-width punctuation.

    One that stands there is the end of a line of the source.
    """
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
