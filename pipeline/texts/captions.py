"""Captions of tables, which the CommonMark reader leaves as paragraphs.

A paragraph ``: legend`` or ``Table: legend`` right after a table is its caption: the syntax is
pandoc's own (``table_captions``).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_LEAST = 3  # the sign, a space, a word


def attach(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with every legend moved into the table before it."""
    [result] = attach_across([blocks])
    return list(result)


def attach_across(groups: Sequence[Sequence[Node]]) -> tuple[tuple[Node, ...], ...]:
    """`attach` across top-level groups; a group whose legend was taken is left empty."""
    result: list[tuple[Node, ...]] = []
    previous: Node | None = None
    for group in groups:
        kept: list[Node] = []
        for block in group:
            legend = _legend(block)
            if legend is not None and previous is not None and previous["t"] == "Table":
                previous["c"][1] = [None, [ast.plain(legend)]]
            else:
                kept.append(block)
                previous = block
        result.append(tuple(kept))
    return tuple(result)


def _legend(block: Node) -> list[Node] | None:
    if block["t"] != "Para" or len(block["c"]) < _LEAST or block["c"][0]["t"] != "Str":
        return None
    if block["c"][0]["c"] in (":", "Table:") and block["c"][1]["t"] == "Space":
        return list(block["c"][2:])
    return None
