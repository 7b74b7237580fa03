"""Characters put right before anything is read from them.

Line endings, byte-order marks, control and invisible characters, typographic ligatures and
letters whose accents came apart (NFD). Rules from the Unicode Standard, chapters 5 and 23.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.drafts.plaintext.model import Edit, Traced, substitute
from pipeline.drafts.plaintext.tables import LIGATURES

_MARKS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
# At most 30 accents are taken with their letter (Unicode's stream-safe form): sorting an endless
# run of them would take quadratic time.
_ODD = re.compile(
    r"(?P<line>\r\n?|[\x0b\x1c-\x1e\x85\u2028])|(?P<paragraph>\u2029)"
    r"|(?P<bom>\ufeff)"
    r"|(?P<control>[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff])"
    r"|(?P<invisible>[\u200b\u2060\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    # A soft hyphen is told from a plain one only where it cuts a word at the end of a line.
    r"|(?<![^\W_])\u00ad|\u00ad(?![ \t]*[\r\n\f]))"
    rf"|(?P<ligature>[{''.join(LIGATURES)}])"
    rf"|(?P<apart>[^\s{_MARKS}][{_MARKS}]{{1,30}}|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?)"
)

_PLAIN = {
    "line": ("line-ending", "\n"),
    "paragraph": ("line-ending", "\n\n"),
    "bom": ("byte-order-mark", ""),
    "control": ("control-character", ""),
    "invisible": ("invisible-character", ""),
}


def normalise(text: str) -> tuple[Traced, list[Edit]]:
    """Put characters right.

    Input: any text. Output: the text with `\\n` as its only line ending, form feeds and tabs kept
    for what they tell of the layout, and the edits. Line endings are told once for the whole text.
    """
    traced, edits = substitute(Traced(text, tuple(range(len(text)))), _ODD, _mend)
    endings = [edit for edit in edits if edit.rule == "line-ending"]
    return traced, [edit for edit in edits if edit.rule != "line-ending"] + endings[:1]


def _mend(match: re.Match[str]) -> tuple[str, str] | None:
    found = match.group()
    if match.lastgroup == "ligature":
        return "ligature", LIGATURES[found]
    if match.lastgroup in _PLAIN:
        return _PLAIN[match.lastgroup]
    # A compatibility ideograph is a variant that a person chose for a name: NFC would replace it.
    if unicodedata.normalize("NFC", found[0]) != found[0]:
        return None
    return "accent", unicodedata.normalize("NFC", found)


@dataclass(frozen=True)
class Places:
    """Line and column of an offset of the input; the lines are those an editor counts."""

    starts: tuple[int, ...]
    marked: bool

    def of(self, offset: int) -> tuple[int, int]:
        """Return the 1-based (line, column) of an offset; a leading byte-order mark has none."""
        line = bisect_right(self.starts, offset)
        column = offset - self.starts[line - 1] + 1
        return line, max(1, column - 1) if self.marked and line == 1 else column


def places(text: str) -> Places:
    """Return the places of a text, whose lines end at `\\n`, `\\r\\n` or `\\r`."""
    starts = (0, *(match.end() for match in re.finditer(r"\r\n?|\n", text)))
    return Places(starts, text.startswith("\ufeff"))
