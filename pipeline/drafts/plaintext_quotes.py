"""French quotation marks: “x” and "x" become « x », at the first level only.

Within « », “ ” is the second level and right (Imprimerie nationale, *Lexique*, « Guillemets »).
"""

from __future__ import annotations

import re

from pipeline.drafts.plaintext_model import Edit, Flag, Ranges, Traced, guarded, substitute

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
    guards = iter([*skip, (len(text) + 1, len(text) + 1)])
    low, high = next(guards)
    outer: list[int] = []  # the « in which we are
    opened: list[tuple[int, str]] = []
    pairs: list[tuple[int, int]] = []
    lonely: list[int] = []
    for match in _QUOTES.finditer(text):
        i, sign = match.start(), match.group()
        while i >= high:
            low, high = next(guards)
        if low <= i:
            continue
        if sign == '"':
            before, after = text[i - 1 : i] if i else " ", text[i + 1 : i + 2]
            closes = any(kind == '"' for _, kind in opened[-1:])
            sign = "”" if closes and before not in _SPACE + "(" or not after.strip() else "“"
            kind = '"'
        else:
            kind = sign
        if sign == "«":
            outer.append(i)
        elif sign == "»":
            if outer:
                outer.pop()
            else:
                lonely.append(i)
        elif sign in "“„≪《":
            opened.append((i, kind))
        elif opened:
            start, _ = opened.pop()
            if not outer and not opened:
                pairs.append((start, i))
        else:
            lonely.append(i)
    return pairs, [*lonely, *outer, *(i for i, _ in opened)]
