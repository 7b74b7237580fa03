"""Captions of a word processor's document, without the numbers that the layout sets anew."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.drafts.plaintext.captions import picture_label, table_label
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

PARAGRAPHS = ("Para", "Plain")


def captioned(blocks: Sequence[Node]) -> list[Node]:
    """Captions of tables as Markdown has them, behind the table and a colon, without the number.

    pandoc finds some by their style; others stand as a numbered paragraph before or behind it.
    """
    result: list[Node] = []
    waiting: Node | None = None  # a caption that stands before its table
    for block, following in pairwise([*blocks, None]):
        if block is None:
            break
        legend = _legend(block) if block["t"] == "Para" else None
        if legend and result and result[-1]["t"] == "Table":
            result.append(legend)
        elif legend and following and following["t"] == "Table" and not following["c"][1][1]:
            waiting = legend
        else:
            result.append(block)
            if block["t"] == "Table":
                result += [found for found in (_own_legend(block) or waiting,) if found]
                waiting = None
    return result


def _own_legend(table: Node) -> Node | None:
    """The caption that a table has already, taken out of it: the writer has no form for it."""
    inlines = [node for block in table["c"][1][1] for node in block["c"]]
    table["c"][1] = [None, []]
    return _legend(ast.para(inlines)) or _behind_colon(inlines)


def _legend(block: Node) -> Node | None:
    label = table_label(ast.plain_text([block]).strip())
    return None if label is None else _behind_colon(without(undressed(block["c"]), label))


def labelled(words: str, language: str) -> bool:
    """Whether words are the numbered caption of a picture or a table."""
    return table_label(words) is not None or picture_label(words, language) is not None


def undressed(inlines: Sequence[Node]) -> list[Node]:
    """Words without the bold or slope of them all, which a caption's style gives them."""
    if inlines and all(node["t"] in ("Strong", "Emph", "Space", "SoftBreak") for node in inlines):
        return undressed([n for node in inlines for n in node.get("c", [node])])
    return list(inlines)


def _behind_colon(inlines: Sequence[Node]) -> Node | None:
    return ast.para([ast.raw_inline("markdown", ": "), *inlines]) if inlines else None


def pictured(blocks: Sequence[Node], language: str) -> list[Node]:
    """Pictures with their captions, without « Figure 2 : », which the layout sets.

    A caption that is a paragraph of its own, below a picture that has none, becomes its own, or
    one above it; where each picture of a row has a caption above it and none is left, those stand.
    """
    result: list[Node] = []
    row: list[Node] = []  # pictures and captions without anything between
    for block in blocks:
        if _picture(block) or _is_legend(block, language):
            row.append(block)
            continue
        result += [*_paired(row, language), block]
        row = []
    result += _paired(row, language)
    for node in ast.walk(result):
        if node["t"] == "Image":
            _unnumber(node, language)
    return result


def _is_legend(block: Node, language: str) -> bool:
    if block["t"] not in PARAGRAPHS or _picture(block):
        return False
    return picture_label(ast.plain_text([block]).strip(), language) is not None


def _paired(row: Sequence[Node], language: str) -> list[Node]:
    legends = [_is_legend(block, language) for block in row]
    above = legends == [True, False] * (len(row) // 2)
    once = _joined(row, language, above=above)
    return _joined(once, language, above=not above)


def _joined(row: Sequence[Node], language: str, *, above: bool) -> list[Node]:
    result: list[Node] = []
    for block in row:
        last = result[-1] if result else None
        picture, legend = (block, last) if above else (last, block)
        held = _picture(picture) if picture else None
        if held and legend and not held["c"][1] and _is_legend(legend, language):
            held["c"][1] = undressed(legend["c"])
            result[-1:] = [picture] if picture else []
        else:
            result.append(block)
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
    label = picture_label(caption, language)
    if label and label < len(caption):
        picture["c"][1] = without(picture["c"][1], label)


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
