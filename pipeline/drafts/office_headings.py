"""Headings that were only made to look like some: bold, in capitals, behind a sign or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.drafts.office_captions import labelled, without
from pipeline.drafts.office_changes import Change
from pipeline.drafts.plaintext.openers import NOUGHT, opener
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_LONGEST = 80
_ENDS = ".。!?！？;；:：,、，…"
_SIGNS = re.compile(rf"(?:[■◆▼▲◇□●◎○◯]|{NOUGHT})\s*(?=\S)|【(?=[^】]+】$)")
_NUMBERED = ("division", "roman", "upper", "dot", "comma", "spaced", "multi")
_IN_SERIES = ("paren", "parens", "kanji")  # a heading where another counts on with it
_BEFORE_TITLE = 5  # short lines that may stand above a title: a date, a service


def headed(blocks: Sequence[Node], language: str, changes: list[Change]) -> list[Node]:
    """Short paragraphs that look like headings, with a text below them, as headings.

    The first kind met below a true heading is a level deeper, the next kind a level deeper still,
    unless each is met once: then nothing tells which is within which.
    """
    looks = _looks(blocks, language)
    last = _last_places(blocks, looks)
    result: list[Node] = []
    level = section = 0
    kinds: list[str] = []  # the kinds of headings that we are within
    for index, (block, look) in enumerate(zip(blocks, looks, strict=True)):
        if block["t"] == "Header":
            level, section, kinds = block["c"][0], section + 1, []
        if not look:
            result.append(block)
            continue
        once = last[section, look] == index
        if look in kinds:
            kinds = kinds[: kinds.index(look) + 1]
        elif kinds and once and last[section, kinds[-1]] < index:
            kinds = [*kinds[:-1], look]
        else:
            kinds = [*kinds, look]
        changes.append(Change("office-heading", ast.plain_text([block]).strip()))
        result.append(ast.header(level + len(kinds), _bare(block["c"])))
    return result


def _last_places(blocks: Sequence[Node], looks: Sequence[str]) -> dict[tuple[int, str], int]:
    """Where each kind is met last below each true heading."""
    section = 0
    last: dict[tuple[int, str], int] = {}
    for index, (block, look) in enumerate(zip(blocks, looks, strict=True)):
        section += block["t"] == "Header"
        last[section, look] = index
    return last


def titled(blocks: Sequence[Node], changes: list[Change]) -> tuple[str, list[Node]]:
    """The title of a document that has none by its styles, and the blocks without it.

    It is the first line that looks like a heading, bold or in capitals, below short lines at most.
    """
    for index, block in enumerate(blocks[: _BEFORE_TITLE + 1]):
        words = ast.plain_text([block]).strip()
        if block["t"] == "Header":
            guess = Change("office-heading", words)
            found = opener(words, "", frozenset())
            if guess not in changes or (found is not None and found.kind != "caps"):
                break
            changes[changes.index(guess)] = Change("office-title", words)
            return words, [*blocks[:index], *blocks[index + 1 :]]
        if block["t"] != "Para" or len(words) > _LONGEST or words[-1:] in tuple(_ENDS):
            break
    return "", list(blocks)


def _looks(blocks: Sequence[Node], language: str) -> list[str]:
    """Of each block, which kind of heading it looks like; empty for what is none."""
    looks = [
        _look(block, language) if following is not None and following["t"] != "Header" else ("", 0)
        for block, following in pairwise([*blocks, None])
        if block is not None
    ]
    known = set(looks)
    series = {(k, n) for k, n in known if not known.isdisjoint(((k, n - 1), (k, n + 1)))}
    return [
        "" if kind in _IN_SERIES and (kind, value) not in series else kind for kind, value in looks
    ]


def _look(block: Node, language: str) -> tuple[str, int]:
    """The kind of heading that a block looks like, and its number in it."""
    words = ast.plain_text([block]).strip() if block["t"] == "Para" else ""
    if not words or len(words) > _LONGEST or labelled(words, language):
        return "", 0
    shown = [node for node in block["c"] if node["t"] not in ("Space", "SoftBreak")]
    bold = all(node["t"] == "Strong" for node in shown)
    if words[-1] in _ENDS and not (bold and words[-1] in ":："):
        return "", 0
    found = opener(words, language, frozenset())
    sign = _SIGNS.match(words)
    if sign:
        return sign[0].strip(), 0
    if found is not None and found.style in (*_NUMBERED, *_IN_SERIES):
        depth = (
            words[: found.length].rstrip(" .．\u3000").count(".") if found.style == "multi" else 0
        )
        return found.style + "." * depth, found.value
    if bold or (found is not None and found.kind == "caps"):
        return "bold" if bold else "caps", 0
    return "", 0


def _bare(inlines: Sequence[Node]) -> list[Node]:
    """A heading without what made it bold, and without the sign before its words."""
    plain = [n for node in inlines for n in (node["c"] if node["t"] == "Strong" else [node])]
    result = [ast.SPACE if n["t"] in ("LineBreak", "SoftBreak") else n for n in plain]
    sign = _SIGNS.match(ast.plain_text(result).strip())
    if sign is None:
        return result
    result = without(result, sign.end())
    if sign[0] == "【":
        last = next(n for n in ast.walk(result) if n["t"] == "Str" and "】" in n["c"])
        last["c"] = last["c"].replace("】", "", 1)
    return result
