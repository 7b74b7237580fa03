"""Captions of tables, which the CommonMark reader leaves as paragraphs.

A paragraph ``: legend`` or ``Table: legend`` right after a table is its caption: the syntax is
pandoc's own (``table_captions``), the word that of any language table (« Tableau : … », 表：…).
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.typeset import SCRIPTS


def gap(word: str) -> str:
    """What stands between « Figure » and its number: nothing in a script without spaces (図3).

    >>> gap("Figure"), gap("그림"), gap("図"), gap("")
    ('\xa0', '\xa0', '', '')
    """
    return "\u00a0" if word and not SCRIPTS["japanese"].fullmatch(word[-1]) else ""


def attach(blocks: Sequence[Node], words: Set[str]) -> list[Node]:
    """The blocks with every legend moved into the table before it.

    ``words`` are those that stand for « table ».
    """
    [result] = attach_across([blocks], words)
    return list(result)


def attach_across(
    groups: Sequence[Sequence[Node]], words: Set[str]
) -> tuple[tuple[Node, ...], ...]:
    """`attach` across top-level groups; a group whose legend was taken is left empty."""
    result: list[tuple[Node, ...]] = []
    previous: Node | None = None
    for group in groups:
        kept: list[Node] = []
        for block in group:
            after_table = previous is not None and previous["t"] == "Table"
            legend = _legend(block, words) if after_table else None
            if legend is not None and previous is not None:
                previous["c"][1] = [None, [ast.plain(legend)]]
            else:
                kept.append(block)
                previous = block
        result.append(tuple(kept))
    return tuple(result)


def _legend(block: Node, words: Set[str]) -> list[Node] | None:
    if block["t"] != "Para" or block["c"][0]["t"] != "Str":
        return None
    first = block["c"][0]["c"]
    before, sign, after = first.partition("：" if "：" in first.partition(":")[0] else ":")
    word = before.rstrip(" \u00a0\u202f")
    known = word in words if word else sign == ":"
    if not known or not sign or (sign == ":" and not after.startswith(" ")):
        return None
    return [*ast.text(after.removeprefix(" ")), *block["c"][1:]] or None
