"""Signs that a language does not use: ≪ ≫ for « », e for é, ，for 、, two widths of digits.

What Actes sets right itself when it prints (no-break spaces, `texts.typography`) is not said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.model import Finding, Pair, Side
from pipeline.checks.plain import folded

_OPAQUE = re.compile(
    r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\]\([^()\n]*\)|\{[^{}\n]*\}|<[^<>\n]*>|https?://\S+",
    re.DOTALL,
)
_MARK = re.compile(r"[`{<]|\]\(|://")
_HALF, _FULL = re.compile(r"[0-9]"), re.compile(r"[０-９]")
_SHOWN = 24


def typography(pair: Pair) -> Iterator[Finding]:
    """Each kind of wrong sign once a text, where it first stands."""
    for index, side in enumerate(pair.sides):
        for wrong, right, line in _wrong(side):
            shown = (right, wrong) if index else (wrong, right)
            at = (0, line) if index else (line, 0)
            yield Finding("check-typography", *shown, at, expected=1 - index)


def _wrong(side: Side) -> Iterator[tuple[str, str, int]]:
    words = unicodedata.normalize("NFC", side.raw)
    if _MARK.search(words):
        words = _OPAQUE.sub(lambda match: "\n" * match[0].count("\n"), words)
    low = folded(words)
    for pattern, right, small in _signs(side.language):
        match = pattern.search(low if small else words)
        if match:
            shown = words[match.start() : match.end()][:_SHOWN]
            yield shown, right, words.count("\n", 0, match.start())
    full = _FULL.search(words)
    if full and _HALF.search(words):
        yield full[0], "0-9", words.count("\n", 0, full.start())


@lru_cache(maxsize=8)
def _signs(language: str) -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """The patterns, what is right, and whether a pattern is of small letters for any."""
    table = Side("", language).known.raw.get("typography", {})
    return tuple((re.compile(p), right, right == "é") for p, right in table.items() if p != "kind")
