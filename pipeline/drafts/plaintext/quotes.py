"""French quotation marks: “x” and "x" become « x », at the first level only.

Within « », “ ” is the second level and right (Imprimerie nationale, *Lexique*, « Guillemets »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.drafts.plaintext.model import Edit, Flag, Ranges, Traced, guarded, substitute

_QUOTES = re.compile('[«»“”„"≪≫《》]')
_SPACE = " \u00a0\u202f\t"


def pair_quotes(text: Traced) -> tuple[Traced, list[Edit], list[Flag]]:
    """Make first-level quotes French.

    Input: the text of one block. Output: the text, the edits, and a doubt for each quotation mark
    without its other half. One pass, whatever the nesting.
    """
    skip = guarded(text.text)
    pairs, lonely = _pairs(text.text, skip)
    new: dict[int, str] = {}
    for start, end in pairs:
        new[start], new[end] = "« ", " »"
    flags = [
        Flag("unpaired-quote", text.offset(i), text.text[max(0, i - 15) : i + 15]) for i in lonely
    ]

    def french(match: re.Match[str]) -> tuple[str, str] | None:
        sign = new.get(match.start())
        return None if sign is None else ("quote", sign)

    done, edits = substitute(text, _QUOTES, french, skip)
    return done, edits, flags


def _pairs(text: str, skip: Ranges) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the first-level pairs to make French, and the marks that have no other half."""
    outer: list[int] = []  # the « in which we are
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    lonely: list[int] = []
    for i in _outside(text, skip):
        sign = text[i]
        if sign == '"':
            straight = bool(opened) and text[opened[-1]] == '"'
            sign = _side(text, i, straight)
        if sign in "«“„≪《":
            (outer if sign == "«" else opened).append(i)
            continue
        pending = outer if sign == "»" else opened
        if not pending:
            lonely.append(i)
            continue
        start = pending.pop()
        if sign != "»" and not outer and not opened:
            pairs.append((start, i))
    return pairs, sorted([*lonely, *outer, *opened])


def _outside(text: str, skip: Ranges) -> Iterator[int]:
    """Return the places of quotation marks outside the ranges to leave alone."""
    guards = iter([*skip, (len(text) + 1, len(text) + 1)])
    low, high = next(guards)
    for match in _QUOTES.finditer(text):
        while match.start() >= high:
            low, high = next(guards)
        if match.start() < low:
            yield match.start()


def _side(text: str, i: int, opened: bool) -> str:
    """Return the curly mark that a straight one stands for."""
    before, after = text[i - 1 : i] if i else " ", text[i + 1 : i + 2]
    closes = (opened and before not in _SPACE + "(") or not after.strip()
    return "”" if closes else "“"
