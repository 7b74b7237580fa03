"""Breaks and boxes that pandoc's fancy lists hide: ``* * *``, ``- - -``, ``- [ ] to do``.

With its extension ``fancy_lists`` a line that begins as a list does is one, whatever follows: a
break typed with spaces becomes lists within lists, all empty, and the box of a task stays brackets.
So pandoc is given what means the same and looks like no list: ``_ _ _``, and the box as a sign.
Code is left as it was typed; lines do not move.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHADOWED = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t][^\n]*[]*-]", re.MULTILINE)
_LINE = re.compile(
    r"(?P<quotes>(?: {0,3}> ?)*)"
    r"(?P<words>(?P<indent>[ \t]*)(?P<marks>(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*)(?P<rest>.*))"
)
_MARK = re.compile(r"\S+[ \t]+")
_BREAK = re.compile(r"[ \t]*([-*])[ \t]+\1[ \t]*(?:\1[ \t]*)+")
_TASK = re.compile(r"\[([ xX])\](?=[ \t]+\S)")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_ALONE = re.compile(r"#{1,6}(?:[ \t]|$)|:::|[-+*]?$")  # a line that is no part of a paragraph
_BOXES = {" ": "\N{BALLOT BOX}", "x": "\N{BALLOT BOX WITH X}", "X": "\N{BALLOT BOX WITH X}"}
_CODE = 4  # columns further in than the words around it


def uncovered(text: str) -> str:
    r"""``text`` (its lines end with ``\n``) with breaks and boxes that no list hides.

    >>> uncovered("* a\n* * *\n- [x] b\n")
    '* a\n_ _ _\n- ☒ b\n'
    """
    if not _SHADOWED.search(text):
        return text
    lines = text.split("\n")
    for number, line in _outside_code(lines):
        if _BREAK.fullmatch(line["words"]):
            shown = re.sub(r"[-*]", "_", line["words"])
        elif line["marks"] and (task := _TASK.match(line["rest"])):
            box = _BOXES[task[1]] + line["rest"][task.end() :]
            shown = line["indent"] + line["marks"] + box
        else:
            continue
        lines[number] = line["quotes"] + shown
    return "\n".join(lines)


def _outside_code(lines: list[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines that are no code, taken apart, each with its number."""
    fence, depth = "", 0  # what a block of code began with; how many quotations are open
    columns = [0]  # where the words of the items stand that are open
    apart = True  # whether no paragraph goes on
    for number, line in enumerate(lines):
        found = _LINE.fullmatch(line)
        if found is None or not found["words"].strip():
            apart = True
            continue
        sign = _FENCE.match(found["rest"])
        quoted = found["quotes"].count(">")
        if fence and quoted >= depth:
            if sign and sign[0].startswith(fence) and _closes(found, sign) and quoted == depth:
                fence, apart = "", True
            continue
        if quoted != depth:
            columns, apart = [0], True
        fence, depth = "", quoted
        column = len(found["indent"].expandtabs(_CODE))
        is_break = _BREAK.fullmatch(found["words"]) is not None
        alone = is_break or sign is not None or _ALONE.match(found["rest"]) is not None
        if apart or alone or found["marks"]:
            columns = [0, *(open_item for open_item in columns[1:] if open_item <= column)]
        if column >= columns[-1] + _CODE:
            continue
        if found["marks"] and not is_break:
            ends = (found.start("marks") + mark.end() for mark in _MARK.finditer(found["marks"]))
            columns += [len(line[found.start("words") : end].expandtabs(_CODE)) for end in ends]
        fence, apart = sign[0] if sign else "", alone
        yield number, found


def _closes(line: re.Match[str], sign: re.Match[str]) -> bool:
    """Whether nothing but the sign of code stands in a line."""
    return not line["marks"] and not line["rest"][sign.end() :].strip()
