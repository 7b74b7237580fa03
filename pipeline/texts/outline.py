"""Where the top-level blocks of a plainly written body begin, without asking pandoc.

pandoc tells positions only with an AST of its own, for which it must read the text a second time.
Most texts need no second reading: their blocks are paragraphs, headings, lists, tables, quotes,
boxes, figures and comments with a blank line between them, each of which ends where the next one
begins whatever stands inside. `outline` knows these and nothing else: at the first line that could
begin or continue anything less plain it gives up, and pandoc is asked. Whoever uses an outline
checks with `fits` that the AST has the same blocks in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.texts.apart import Lines


@dataclass(frozen=True)
class Begin:
    """A block: its lines, and the kinds of node that it may be."""

    lines: Lines
    kinds: tuple[str, ...]


_BLANK = re.compile(r"[ \t]*")
# A line of words: a letter, digit, quotation mark or bold first, and no marker of a (fancy) list,
# no bar that could make a table of it.
_WORDS = re.compile(
    r"(?!\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)](?:[ \t]|$))"
    r"(?:[^\W_]|\[[^\]^]+\]\(|[«“‘’「『（(]|\*{1,3}[^\s*]|&#xF8FE;)[^|]*"
)
_HEADING = re.compile(r"#{1,6} +[^ #].*")
_BULLET = re.compile(r"[-+*] +(?:[^\s\-+*]|\*{1,3}[^\s*]).*")
_NUMBER = re.compile(r"[0-9]{1,9}[.)] +[^\s].*")
_ROW = re.compile(r"\|.*")
_QUOTED = re.compile(r">.*")
_DEFINITION = re.compile(r": +[^\s|][^|]*")
_INSIDE = re.compile(r"(?: {2,}|\t)[^\s].*")
_ANY_ITEM = re.compile(r"[ \t]+|[:~]|[-+*](?:[ \t]|$)|\(?[0-9A-Za-z#@]+[.)](?:[ \t]|$)")
_NOTE = re.compile(r"\[\^[^\]\s]+\]: +(.*)")
_NOTE_LINE = re.compile(rf"[ \t]*{_WORDS.pattern}")
_FIGURE = re.compile(r"!\[.*[)}]")
_BOX = re.compile(r"(:{3,}) *[^:\s].*")
_OPENS_MORE = re.compile(r":::|```|~~~|<|[ \t]")


def outline(body: str) -> tuple[Begin, ...] | None:
    """The top-level blocks of ``body`` (lines ended by ``\\n``), or None when it is not plain.

    >>> found = outline("# A\\n\\nOne\\ntwo.\\n\\n- x\\n- y\\n")
    >>> [(begin.lines.first, begin.lines.last, *begin.kinds) for begin in found]
    [(1, 1, 'Header'), (3, 4, 'Para'), (6, 7, 'BulletList')]
    >>> outline("<p>One</p>\\n") is None
    True
    """
    lines = body.split("\n")
    found: list[Begin] = []
    at = 0
    while at < len(lines):
        if _blank(lines[at]):
            at += 1
            continue
        kinds, end = _block(lines, at, found[-1].kinds if found else ())
        if end <= at:
            return None
        if kinds:
            found.append(Begin(Lines(at + 1, end), kinds))
        at = end
    return tuple(found)


def fits(found: Sequence[Begin], blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Whether an AST has exactly the blocks of an outline."""
    return len(found) == len(blocks) and all(
        block["t"] in begin.kinds for begin, block in zip(found, blocks, strict=True)
    )


def _blank(line: str) -> bool:
    return _BLANK.fullmatch(line) is not None


def _block(lines: Sequence[str], at: int, before: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """The kinds of the block at a line, and the line after it; that line itself: not plain."""
    line = lines[at]
    if line.startswith("<!--"):
        return ("RawBlock",), _comment(lines, at)
    if _HEADING.fullmatch(line):
        return ("Header",), at + 1
    if _WORDS.fullmatch(line):
        if _defined(lines, at):
            return ("DefinitionList",), _definitions(lines, at)
        return ("Para",), _while(_WORDS, lines, at, at + 1)
    if line.startswith("|"):
        return ("Table",), _while(_ROW, lines, at, at + 1)
    if _DEFINITION.fullmatch(line) and before in (("Table",), ("RawBlock",)):
        return ("Para",), _while(_WORDS, lines, at, at + 1)
    if line.startswith("> "):
        return ("BlockQuote",), _while(_QUOTED, lines, at, at + 1)
    for item, kind in ((_BULLET, "BulletList"), (_NUMBER, "OrderedList")):
        if item.fullmatch(line):
            return (kind,), _list(item, lines, at)
    if _FIGURE.fullmatch(line):
        return ("Figure", "Para"), _while(_FIGURE, lines, at, at + 1)
    note = _NOTE.fullmatch(line)
    if note and _WORDS.fullmatch(note[1]):
        return (), _alone(lines, at, _while(_NOTE_LINE, lines, at, at + 1))
    box = _BOX.fullmatch(line)
    return ("Div",), _box(lines, at, box[1]) if box else at


def _while(pattern: re.Pattern[str], lines: Sequence[str], at: int, end: int) -> int:
    """The blank line after lines that all match; ``at`` when another line comes first."""
    while end < len(lines) and not _blank(lines[end]):
        if not pattern.fullmatch(lines[end]):
            return at
        end += 1
    return end


def _alone(lines: Sequence[str], at: int, end: int) -> int:
    """``end``, unless what follows the blank lines could still belong to the block."""
    following = next((line for line in lines[end:] if not _blank(line)), "")
    return at if _ANY_ITEM.match(following) else end


def _list(item: re.Pattern[str], lines: Sequence[str], at: int) -> int:
    """The end of a tight list of one kind of marker, with whatever is indented below its items."""
    marker = lines[at].lstrip("0123456789")[0]
    end = at + 1
    while end < len(lines) and not _blank(lines[end]):
        same = item.fullmatch(lines[end]) and lines[end].lstrip("0123456789")[0] == marker
        if not same and not _INSIDE.fullmatch(lines[end]):
            return at
        end += 1
    return _alone(lines, at, end)


def _defined(lines: Sequence[str], at: int) -> bool:
    return (
        at + 1 < len(lines)
        and _WORDS.fullmatch(lines[at]) is not None
        and _DEFINITION.fullmatch(lines[at + 1]) is not None
    )


def _definitions(lines: Sequence[str], at: int) -> int:
    """The end of a list of terms, each a line with its definitions right below it."""
    end = at
    while end < len(lines) and _defined(lines, end):
        end += 2
        while end < len(lines) and not _blank(lines[end]):
            if not _INSIDE.fullmatch(lines[end]) and not _DEFINITION.fullmatch(lines[end]):
                return at
            end += 1
        after = end
        while after < len(lines) and _blank(lines[after]):
            after += 1
        if not _defined(lines, after):
            return _alone(lines, at, end)
        end = after
    return end


def _comment(lines: Sequence[str], at: int) -> int:
    """The end of a comment that closes at the end of a line and nowhere before."""
    if not re.match(r"<!--(?:[ \t]|$)", lines[at]):
        return at
    for end in range(at, len(lines)):
        closing = lines[end].find("-->")
        if closing >= 0:
            return end + 1 if _blank(lines[end][closing + 3 :]) else at
    return at


def _box(lines: Sequence[str], at: int, fence: str) -> int:
    """The end of a box in which nothing opens that could hide its end."""
    for end in range(at + 1, len(lines)):
        if lines[end].rstrip(" \t") == fence:
            return end + 1
        if _OPENS_MORE.match(lines[end]):
            return at
    return at
