"""Line ends typed within a paragraph (Shift+Enter), as what they show.

A list, a title above its text, a picture above its caption, an empty line: each is paragraphs. A
phrase that goes on in small letters is one line. What is left (an address, a signature) keeps its
lines. pandoc would write a line that begins with a dash, or is nothing but dashes, so that it is
read as a list or makes a heading of the line above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.drafts.office_changes import Change
from pipeline.drafts.plaintext.lines import ends_sentence, starts_low
from pipeline.drafts.plaintext.openers import LISTED, opener
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_RULE = re.compile(r"[-=_*~＝－━─―—–]{3,}")
_PARTED, _KEPT, _JOINED = "parted", "kept", "joined"
_LONGEST_TITLE = 80


def parted(blocks: Sequence[Node], language: str, changes: list[Change]) -> list[Node]:
    """Paragraphs whose lines are paragraphs of their own as these; ``changes`` says of which."""
    result: list[Node] = []
    for block in blocks:
        if block["t"] in ("BlockQuote", "Div"):
            for inner in ast.block_lists(block):
                inner[:] = parted(inner, language, changes)
        for inlines in ast.inline_lists(block):
            inlines[:] = _hoisted(inlines)
        breaks = block["t"] == "Para" and any(node["t"] == "LineBreak" for node in block["c"])
        result += _paragraphs(block, language, changes) if breaks else [block]
    return result


def _paragraphs(block: Node, language: str, changes: list[Change]) -> list[Node]:
    lines = _lines(block["c"])
    solid = [line for line in lines if line]
    if not solid:
        return []
    result = [list(solid[0])]
    for (line, following), apart in zip(pairwise(solid), _gaps(lines), strict=True):
        how = _PARTED if apart else _joint(line, following, language)
        if how == _PARTED:
            result.append(list(following))
        else:
            result[-1] += [{"t": "LineBreak"} if how == _KEPT else ast.SPACE, *following]
    before, after = len(solid), sum(_count(part) for part in result)
    if before != after or len(result) > 1:
        changes.append(Change("office-lines", ast.plain_text([block]).strip()))
    return [ast.para(part) for part in result]


def _count(inlines: Sequence[Node]) -> int:
    return 1 + len([node for node in inlines if node["t"] == "LineBreak"])


def _lines(inlines: Sequence[Node]) -> list[list[Node]]:
    lines: list[list[Node]] = [[]]
    for node in inlines:
        if node["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(node)
    return [_trimmed(line) for line in lines]


def _trimmed(line: list[Node]) -> list[Node]:
    spaces = ("Space", "SoftBreak")
    start = next((i for i, node in enumerate(line) if node["t"] not in spaces), len(line))
    end = next((i for i in range(len(line), start, -1) if line[i - 1]["t"] not in spaces), start)
    return line[start:end]


def _gaps(lines: Sequence[list[Node]]) -> list[bool]:
    """Of each line that holds something but the first, whether an empty one stands before it."""
    gaps: list[bool] = []
    empty = False
    for line in lines:
        if line:
            gaps.append(empty)
        empty = not line
    return gaps[1:]


def _joint(line: Sequence[Node], following: Sequence[Node], language: str) -> str:
    """How two lines hang together."""
    before, after = (ast.plain_text(part) for part in (line, following))
    if _stands_alone(line, before, language) or _stands_alone(following, after, language):
        return _PARTED
    if after.startswith("\u3000") or (_is_title(line, before) and not _is_bold(following)):
        return _PARTED
    ended = ends_sentence(before) or before.rstrip().endswith((":", "："))
    return _JOINED if starts_low(after) and not ended else _KEPT


def _stands_alone(line: Sequence[Node], words: str, language: str) -> bool:
    """Whether a line is an item, a rule or a picture."""
    found = opener(words.strip(), language, frozenset())
    item = found is not None and found.length and (found.kind == "bullet" or found.style in LISTED)
    picture = bool(line) and all(node["t"] == "Image" for node in line)
    return bool(item) or picture or bool(_RULE.fullmatch(words.strip()))


def _is_bold(line: Sequence[Node]) -> bool:
    return all(node["t"] in ("Strong", "Space", "SoftBreak") for node in line)


def _is_title(line: Sequence[Node], words: str) -> bool:
    return _is_bold(line) and len(words) <= _LONGEST_TITLE and not ends_sentence(words)


def _hoisted(inlines: Sequence[Node]) -> list[Node]:
    """Line ends taken out of emphasis, which Markdown ends with its line."""
    result: list[Node] = []
    for node in inlines:
        inner = _hoisted(node["c"]) if node["t"] in ("Strong", "Emph", "Strikeout") else []
        if not any(each["t"] == "LineBreak" for each in inner):
            result.append(node)
            continue
        spaces = [each["t"] == "Space" for each in (inner[0], inner[-1])]
        result += [ast.SPACE] if spaces[0] else []
        for index, line in enumerate(_lines(inner)):
            result += [{"t": "LineBreak"}] if index else []
            result += [{"t": node["t"], "c": line}] if line else []
        result += [ast.SPACE] if spaces[1] else []
    return result
