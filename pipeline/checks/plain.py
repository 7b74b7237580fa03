"""The words of raw Markdown, line by line, in one form of digits and signs: for comparing only.

Marks are taken out, never a line: line numbers stay those of the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

_LONGEST = 200_000  # of one segment, beyond any that a person writes
_ALT = re.compile(r'alt="([^"]*)"')


def _lines_only(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _attributes(match: re.Match[str]) -> str:
    return " ".join(("", *_ALT.findall(match[0]))) + "\n" * match[0].count("\n")


_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), _lines_only),
    (re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[^\n]*$|\Z)", re.DOTALL | re.M), _lines_only),
    (re.compile(r"(?<!`)(`+)(?!`)[^`]*?(?<!`)\1(?!`)"), _lines_only),
    (re.compile(r"^[ \t]*\[\^[^\]\s]{1,80}\]:", re.MULTILINE), " "),
    (re.compile(r"\[\^[^\]\s]{1,80}\]"), ""),
    (re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s\"[^\"\n]*\")?\)"), "]"),
    (re.compile(r"^[ \t]*\[[^\]\n]{1,200}\]:[ \t]*\S+[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"\{[^{}\n]*\}"), _attributes),
    (re.compile(r"(?:https?://|mailto:|www\.)[^\s<>)\]）」、。]+"), " "),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"^[ \t]*+\|?(?:[ \t]*+:?-{2,}+:?[ \t]*+\|?)+[ \t]*+$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*+]|\(?\d{1,4}[.)]|\(?[a-z][.)]|#{1,6}|:{1,9})[ \t]+", re.MULTILINE), ""),
    (re.compile(r"!?\[|\]|\*+|\\(?=[^\w\s])|\^|(?<![0-9A-Za-z])_+|_+(?![0-9A-Za-z])|(?<!~)~(?=\w{1,3}~)|(?<=[A-Z]~\w)~"), ""),
    (re.compile(r"&nbsp;|&#160;"), " "),
    (re.compile(r"\|"), " ; "),
)  # fmt: skip
_MARK = re.compile(  # one of these is in all that the steps above take out
    r"[<`~\[\]{}*_\\^|&>]|://|mailto:|www\.|^[ \t]*(?:[-+#:]|\(?(?:\d{1,4}|[a-z])[.)])",
    re.MULTILINE,
)
_SIGNS = {
    "’": "'", "\u02bc": "'", "−": "-", "\u2011": "-", "‐": "-", "〜": "~", "∼": "~", "～": "~",
    "—": "–", "―": "–", "\u200b": "", "\ufeff": "",
}  # fmt: skip
_STOPS = {"！": "\ue000", "？": "\ue001"}
_BACK = {"\ue000": "！", "\ue001": "？"}


@lru_cache(maxsize=4096)
def plain(raw: str) -> str:
    """The words of ``raw``, with as many lines.

    >>> plain("**1 200** repas, ～50 %[^1]")
    '1 200 repas, ~50 %'
    """
    text = raw[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    if _MARK.search(text):
        for pattern, new in _STEPS:
            text = pattern.sub(new, text)
    # Full-width stops end a sentence without a space after them: they stay as they are.
    one_form = unicodedata.normalize("NFKC", _replaced(text, _STOPS))
    return _replaced(_replaced(one_form, _BACK), _SIGNS)


def folded(text: str) -> str:
    """``text`` in small letters, each in its place: four times as fast to search as either case."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[:1] for c in text)


def _replaced(text: str, signs: Mapping[str, str]) -> str:
    for old, new in signs.items():
        text = text.replace(old, new)
    return text
