"""Text in columns: a Japanese character takes two places on a terminal, and no space beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_INVISIBLE = frozenset({"Mn", "Me", "Cf", "Cc"})

# What no line ends within: a run of letters that take one place, or one that takes two with what
# may not begin a line (Japanese Industrial Standard X 4051, the characters that text like ours has)
# and what may not end one before it; nor before a sign of French, which has a space before it.
_OPENERS = "「『（［｛〈《【〔"
_CLOSERS = "、。，．・：；？！」』）］｝〉》】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥"
_WIDE = (
    r"\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    r"\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
UNBROKEN = re.compile(
    rf"\n|[ \t]+|(?:« )?[{_OPENERS}]*(?:[^\s{_WIDE}]+|[{_WIDE}])[{re.escape(_CLOSERS)}]*"
    r"(?: [;:!?»][.,)]*(?!\S))*|\s",
    re.DOTALL,
)


def is_wide(character: str) -> bool:
    """Whether a character takes two places (Unicode Standard Annex 11); no character does not.

    >>> is_wide("経"), is_wide("é"), is_wide("")
    (True, False, False)
    """
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def width(text: str) -> int:
    """How many places a text takes on a terminal (Unicode Standard Annex 11).

    Ambiguous characters count as narrow, as in every modern terminal.

    >>> width("経済 é"), width("e\\u0301")
    (6, 1)
    """
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in _INVISIBLE:
        return 0
    return 2 if is_wide(character) else 1


def cut(text: str, most: int) -> str:
    """A text in at most ``most`` places, with « … » where something was left out.

    >>> cut("環境と経済", 7)
    '環境と…'
    """
    if width(text) <= most:
        return text
    kept = ""
    room = most - 1
    for character in text:
        room -= _width(character)
        if room < 0:
            break
        kept += character
    return f"{kept}…" if most > 0 else ""


def padded(text: str, places: int, right: bool = False) -> str:
    """A text filled up with spaces, on the left for what stands ``right``."""
    fill = " " * max(0, places - width(text))
    return fill + text if right else text + fill


def table(rows: Sequence[Sequence[str]], most: int | None = None) -> list[str]:
    """Rows as lines: the first column left, the others right, two spaces between.

    Where a line would take more than ``most`` places, the first column is cut, to no less than
    eight.
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    if most is not None:
        widths[0] = max(8, min(widths[0], most - sum(widths[1:]) - 2 * (len(widths) - 1)))
    return ["  ".join(_cells(row, widths)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    yield padded(cut(row[0], widths[0]), widths[0])
    for cell, places in zip(row[1:], widths[1:], strict=True):
        yield padded(cell, places, right=True)


def shares(amounts: Sequence[int], places: int) -> list[int]:
    """``places`` shared out in proportion; whatever is there gets one place if there are enough.

    >>> shares([97, 2, 1, 0], 10)
    [8, 1, 1, 0]
    """
    whole = sum(amounts)
    if whole <= 0 or places <= 0:
        return [0] * len(amounts)
    exact = [amount * places / whole for amount in amounts]
    least = 1 if sum(amount > 0 for amount in amounts) <= places else 0
    parts = [
        max(int(share), least if amount else 0)
        for share, amount in zip(exact, amounts, strict=True)
    ]
    while sum(parts) < places:
        parts[max(range(len(parts)), key=lambda i: (exact[i] - parts[i], -i))] += 1
    while sum(parts) > places:
        parts[max(range(len(parts)), key=lambda i: (parts[i] > least, parts[i] - exact[i]))] -= 1
    return parts
