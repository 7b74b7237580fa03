"""Captions of a word processor's document, without the numbers that the layout sets anew."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from pipeline.drafts.plaintext.openers import is_caption
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

PARAGRAPHS = ("Para", "Plain")
_LABEL = re.compile(
    r"[^\W\d_]+\.?[ \u00a0\u3000]*[0-9０-９]+(?:[-–.．][0-9０-９]+)*[ .．:：\u00a0\u3000–—-]*"
)
_JOINTS = ".．:：–—-"  # between the number of a caption and its words


def captioned(blocks: Sequence[Node], words: Set[str]) -> list[Node]:
    """Captions of tables as Markdown has them, behind the table and a colon, without the number.

    pandoc finds some by their style; others stand as a numbered paragraph before or behind it.
    """
    result: list[Node] = []
    waiting: Node | None = None  # a caption that stands before its table
    for block, following in pairwise([*blocks, None]):
        if block is None:
            break
        numbered = block["t"] == "Para" and _labels(ast.plain_text([block]).strip())
        legend = _legend(block, words) if numbered else None
        if legend and result and result[-1]["t"] == "Table":
            result.append(legend)
        elif legend and following and following["t"] == "Table" and not following["c"][1][1]:
            waiting = legend
        else:
            result.append(block)
            if block["t"] == "Table":
                result += [found for found in (_own_legend(block, words) or waiting,) if found]
                waiting = None
    return result


def _labels(words: str) -> bool:
    """Whether a number begins a caption, not a sentence: « Tableau 1 montre », 表1によると."""
    label = _LABEL.match(words)
    if label is None:
        return False
    rest = words[label.end() :]
    if not rest or label[0].rstrip()[-1] in _JOINTS:
        return True
    return not (label[0][-1].isalnum() or rest[0].islower() or rest.endswith("。"))


def _own_legend(table: Node, words: Set[str]) -> Node | None:
    """The caption that a table has already, taken out of it: the writer has no form for it."""
    inlines = [node for block in table["c"][1][1] for node in block["c"]]
    table["c"][1] = [None, []]
    return _legend(ast.para(inlines), words) or _behind_colon(inlines)


def _legend(block: Node, words: Set[str]) -> Node | None:
    label = _LABEL.match(ast.plain_text([block]).strip())
    word = re.match(r"[^\W\d_]+", label[0]) if label else None
    if label is None or word is None or word[0] not in words:
        return None
    return _behind_colon(without(block["c"], label.end()))


def _behind_colon(inlines: Sequence[Node]) -> Node | None:
    return ast.para([ast.raw_inline("markdown", ": "), *inlines]) if inlines else None


def pictured(blocks: Sequence[Node], language: str) -> list[Node]:
    """Pictures with their captions, without « Figure 2 : », which the layout sets.

    A caption that is a paragraph of its own, behind a picture that has none, becomes its own.
    """
    result: list[Node] = []
    for block in blocks:
        picture = _picture(result[-1]) if result else None
        words = ast.plain_text([block]).strip() if block["t"] in PARAGRAPHS else ""
        guessed = is_caption(words, language) and (not _LABEL.match(words) or _labels(words))
        if picture and not picture["c"][1] and guessed:
            picture["c"][1] = block["c"]
        else:
            result.append(block)
    for node in ast.walk(result):
        if node["t"] == "Image":
            _unnumber(node, language)
    return result


def _picture(block: Node) -> Node | None:
    """The picture that a paragraph holds and nothing else."""
    alone = block["t"] in PARAGRAPHS and len(block["c"]) == 1 and block["c"][0]["t"] == "Image"
    return block["c"][0] if alone else None


def said_once(picture: Node) -> None:
    """A caption that is also what describes the picture is written once."""
    caption = ast.plain_text(picture["c"][1]).strip()
    attributes = picture["c"][0]
    attributes[2] = [pair for pair in attributes[2] if pair != ["alt", caption]]


def _unnumber(picture: Node, language: str) -> None:
    caption = ast.plain_text(picture["c"][1]).strip()
    label = _LABEL.match(caption)
    if label and is_caption(caption, language) and label.end() < len(caption):
        picture["c"][1] = without(picture["c"][1], label.end())


def without(inlines: Sequence[Node], count: int) -> list[Node]:
    """Inlines without their first ``count`` characters, and without the space before and after."""
    result = list(inlines)
    while result and (count > 0 or result[0]["t"] in ("Space", "SoftBreak")):
        first = result[0]
        if first["t"] == "Str":
            word = first["c"].lstrip() if count else first["c"]
            if len(word) > count:
                result[0] = {"t": "Str", "c": word[count:].lstrip()}
                break
            count -= len(word)
        elif first["t"] in ("Space", "SoftBreak"):
            count = max(0, count - 1)
        else:  # the sign is bold or a link: what is within loses it
            inner = next(iter(ast.inline_lists(first)), None)
            if inner is None:
                break
            inner[:] = without(inner, count)
            break
        result.pop(0)
    return result
