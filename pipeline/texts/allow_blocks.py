"""What the allow-list does with each kind of block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.texts import ast
from pipeline.texts.cleaner import ANY, MAX_CELLS, NO_KEYS, Cleaner, short
from pipeline.texts.pandoc import Node
from pipeline.workspace.counters import KANA

_BOX_KEYS = {"title": ANY}
# Comments and nothing else. No part can match in two ways, or many comments before a word would
# take a time that doubles with each (law 9). Atomic groups say so in every Python 3.11.
_COMMENTS = re.compile(r"(?>(?:\s|<!--(?>(?:[^-]|-(?!->))*)-->)*)")
Handler = Callable[[Cleaner, Any], list[Node]]


def _paragraph(kind: str) -> Callable[[Cleaner, Any], list[Node]]:
    def handle(cleaner: Cleaner, content: Any) -> list[Node]:
        inlines = cleaner.inlines(content)
        return [{"t": kind, "c": inlines}] if inlines else []

    return handle


def _header(cleaner: Cleaner, content: Any) -> list[Node]:
    level, attributes, inlines = content
    cleaner.note_position(attributes)
    kept = cleaner.attributes(attributes, NO_KEYS)
    return [{"t": "Header", "c": [level, kept, cleaner.inlines(inlines)]}]


def _div(cleaner: Cleaner, content: Any) -> list[Node]:
    attributes, blocks = content
    if cleaner.note_position(attributes):
        return cleaner.blocks(blocks)
    kept = cleaner.attributes(attributes, _BOX_KEYS)
    inner = cleaner.blocks(blocks)
    return [ast.div(inner, kept)] if kept[1] else inner


def _quote(cleaner: Cleaner, content: Any) -> list[Node]:
    return [{"t": "BlockQuote", "c": cleaner.blocks(content)}]


def _bullets(cleaner: Cleaner, content: Any) -> list[Node]:
    return [{"t": "BulletList", "c": [cleaner.blocks(item) for item in content]}]


def _numbers(cleaner: Cleaner, content: Any) -> list[Node]:
    (start, style, delimiter), items = content
    shown = {"t": "Decimal"} if style["t"] == KANA else style
    attributes = [max(0, min(start, 9999)), shown, delimiter]
    return [{"t": "OrderedList", "c": [attributes, [cleaner.blocks(item) for item in items]]}]


def _definitions(cleaner: Cleaner, content: Any) -> list[Node]:
    items = [
        [cleaner.inlines(term), [cleaner.blocks(definition) for definition in definitions]]
        for term, definitions in content
    ]
    return [{"t": "DefinitionList", "c": items}]


def _code_block(cleaner: Cleaner, content: Any) -> list[Node]:
    cleaner.note_position(content[0])
    return [{"t": "CodeBlock", "c": [ast.EMPTY, cleaner.string(content[1])]}]


def _rule(_cleaner: Cleaner, _content: Any) -> list[Node]:
    return [{"t": "HorizontalRule"}]


def _lines(cleaner: Cleaner, content: Any) -> list[Node]:
    return [{"t": "LineBlock", "c": [cleaner.inlines(line) for line in content]}]


def _raw_block(cleaner: Cleaner, content: Any) -> list[Node]:
    form, code = content
    code = cleaner.string(code)
    if form == "html" and _COMMENTS.fullmatch(code):
        return []
    if form == "html" and code.lstrip().startswith("<!--") and "-->" not in code:
        cleaner.refuse("comment-unended")
    else:
        cleaner.refuse("raw-code", form=form, code=short(code))
    return [{"t": "CodeBlock", "c": [ast.EMPTY, code.rstrip("\n")]}]


def _figure(cleaner: Cleaner, content: Any) -> list[Node]:
    attributes, caption, blocks = content
    cleaner.note_position(attributes)
    kept = cleaner.attributes(attributes, NO_KEYS)
    cleaned_caption = cleaner.blocks(caption[1])
    inner = cleaner.blocks(blocks)
    if not any(node["t"] == "Image" for node in ast.walk(inner)):
        return cleaned_caption or inner  # the image was refused: its words remain, once
    return [{"t": "Figure", "c": [kept, [None, cleaned_caption], inner]}]


def _table(cleaner: Cleaner, content: Any) -> list[Node]:
    attributes, caption, columns, head, bodies, foot = content
    cleaner.note_position(attributes)
    node = {"t": "Table", "c": content}
    if sum(len(row[1]) for row in ast.table_rows(node)) > MAX_CELLS:
        cleaner.refuse("table-too-large", limit=MAX_CELLS)
        return []
    kept = cleaner.attributes(attributes, NO_KEYS)

    def rows(items: Any) -> Any:
        return [
            [ast.EMPTY, [[ast.EMPTY, c[1], c[2], c[3], cleaner.blocks(c[4])] for c in row[1]]]
            for row in items
        ]

    return [
        {
            "t": "Table",
            "c": [
                kept,
                [None, cleaner.blocks(caption[1])],
                columns,
                [ast.EMPTY, rows(head[1])],
                [[ast.EMPTY, body[1], rows(body[2]), rows(body[3])] for body in bodies],
                [ast.EMPTY, rows(foot[1])],
            ],
        }
    ]


BLOCKS: Mapping[str, Handler] = {
    "Para": _paragraph("Para"),
    "Plain": _paragraph("Plain"),
    "Header": _header,
    "Div": _div,
    "BlockQuote": _quote,
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "DefinitionList": _definitions,
    "CodeBlock": _code_block,
    "HorizontalRule": _rule,
    "LineBlock": _lines,
    "RawBlock": _raw_block,
    "Figure": _figure,
    "Table": _table,
}
