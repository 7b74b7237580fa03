"""Small constructors and walks over pandoc's JSON AST."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pipeline import columns
from pipeline.texts.pandoc import Node

Attr = list[Any]
EMPTY: Attr = ["", [], []]
SPACE: Node = {"t": "Space"}

# Where the children of a node are: inline lists, block lists.
_INLINE_CONTAINERS = {"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps",
                      "Underline"}  # fmt: skip
_LEAVES = frozenset({"Str", "Space", "SoftBreak", "LineBreak", "Code", "RawInline", "CodeBlock",
                     "RawBlock", "HorizontalRule"})  # fmt: skip
_LISTS = ("BulletList", "OrderedList", "DefinitionList")
_ANNOUNCED = (*_LISTS, "BlockQuote")
_SHORT = 160  # places: two lines of a page


def attr(identifier: str = "", classes: Sequence[str] = (), **pairs: str) -> Attr:
    """A pandoc attribute; ``custom_style`` stands for ``custom-style``."""
    return [identifier, list(classes), [[k.replace("_", "-"), v] for k, v in pairs.items()]]


def text(string: str) -> list[Node]:
    """A plain string as inlines; its line ends become spaces."""
    return [{"t": "Str", "c": string.replace("\n", " ")}] if string else []


def joined(inlines: Sequence[Node]) -> list[Node]:
    """Inlines with each run of words and spaces as one ``Str``.

    A reader gives a node a word and a node a space: most of what a text is made of, and all of it
    is walked again and again. Both writers print a space in a ``Str`` as they print ``Space``.
    """
    result: list[Node] = []
    run: list[str] = []
    for node in inlines:
        kind = node["t"]
        if kind == "Str":
            run.append(node["c"])
        elif kind == "Space":
            run.append(" ")
        else:
            if run:
                result.append({"t": "Str", "c": "".join(run)})
                run = []
            result.append(node)
    if run:
        result.append({"t": "Str", "c": "".join(run)})
    return result


def apart(inlines: Sequence[Node]) -> list[Node]:
    """`joined` undone: a node a word, a node a space."""
    result: list[Node] = []
    for node in inlines:
        if node["t"] != "Str":
            result.append(node)
            continue
        for index, word in enumerate(node["c"].split(" ")):
            if index:
                result.append(SPACE)
            if word:
                result.append({"t": "Str", "c": word})
    return result


def para(inlines: Sequence[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": list(inlines)}


def plain(inlines: Sequence[Node]) -> Node:
    """A paragraph without space around it, as in table cells."""
    return {"t": "Plain", "c": list(inlines)}


def header(level: int, inlines: Sequence[Node], identifier: str = "", *classes: str) -> Node:
    """A heading."""
    return {"t": "Header", "c": [level, attr(identifier, classes), list(inlines)]}


def strong(inlines: Sequence[Node]) -> Node:
    """Bold."""
    return {"t": "Strong", "c": list(inlines)}


def div(blocks: Sequence[Node], attributes: Attr) -> Node:
    """A division."""
    return {"t": "Div", "c": [attributes, list(blocks)]}


def span(inlines: Sequence[Node], attributes: Attr) -> Node:
    """A span."""
    return {"t": "Span", "c": [attributes, list(inlines)]}


def styled(style: str, inlines: Sequence[Node]) -> Node:
    """A paragraph in a named style (a Word style; the Typst writer maps it to a function)."""
    return div([para(inlines)], attr(custom_style=style))


def link(inlines: Sequence[Node], target: str) -> Node:
    """A link."""
    return {"t": "Link", "c": [EMPTY, list(inlines), [target, ""]]}


def raw_block(form: str, code: str) -> Node:
    """Raw code of ours for one writer; never made from input (the allow-list lets none in)."""
    return {"t": "RawBlock", "c": [form, code]}


def raw_inline(form: str, code: str) -> Node:
    """Raw inline code of ours for one writer."""
    return {"t": "RawInline", "c": [form, code]}


def inline_lists(node: Node) -> Iterator[list[Node]]:
    """The inline lists directly inside a node (not those of nodes further in)."""
    kind, content = node["t"], node.get("c")
    if kind in ("Para", "Plain") or kind in _INLINE_CONTAINERS:
        yield content  # type: ignore[misc]
    elif kind == "Header":
        yield content[2]  # type: ignore[index]
    elif kind in ("Link", "Image", "Span", "Cite"):
        yield content[1]  # type: ignore[index]
    elif kind == "LineBlock":
        yield from content  # type: ignore[misc]
    elif kind == "DefinitionList":
        for term, _definitions in content:  # type: ignore[union-attr]
            yield term


def block_lists(node: Node) -> Iterator[list[Node]]:
    """The block lists directly inside a node."""
    kind, content = node["t"], node.get("c")
    if content is None:
        return
    if kind in ("BlockQuote", "Note"):
        yield content
    elif kind == "Div":
        yield content[1]
    elif kind == "BulletList":
        yield from content
    elif kind == "OrderedList":
        yield from content[1]
    elif kind == "DefinitionList":
        for _term, definitions in content:
            yield from definitions
    elif kind == "Figure":
        yield content[1][1]
        yield content[2]
    elif kind == "Table":
        yield content[1][1]
        for row in table_rows(node):
            for cell in row[1]:
                yield cell[4]


def table_rows(table: Node) -> Iterator[list[Any]]:
    """Every row of a table: head, bodies, foot."""
    content = table["c"]
    yield from content[3][1]
    for body in content[4]:
        yield from body[2]
        yield from body[3]
    yield from content[5][1]


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node, in reading order, parents first."""
    for node in nodes:
        yield node
        if node["t"] in _LEAVES:
            continue
        for blocks in block_lists(node):
            yield from walk(blocks)
        for inlines in inline_lists(node):
            yield from walk(inlines)


def map_inlines(nodes: Iterable[Node], change: Callable[[list[Node]], list[Node]]) -> None:
    """Replace, in place and innermost first, each inline list by what ``change`` makes of it."""
    for node in nodes:
        if node["t"] in _LEAVES:
            continue
        for blocks in block_lists(node):
            map_inlines(blocks, change)
        for inlines in inline_lists(node):
            map_inlines(inlines, change)
            inlines[:] = change(inlines)


def announces(block: Node, following: Node | None) -> bool:
    """Whether a paragraph announces what is below it: no page may end between the two.

    It ends with a colon before a list; or it is a line or two before a list or a quotation, which
    many announce with a full stop (「次の3点である。」). The line of an item says no such thing of
    the list within it: it has its marker, and lists may be nested as deep as Typst goes.
    """
    if following is None or block["t"] not in ("Para", "Plain"):
        return False
    words = plain_text(block["c"]).rstrip()
    if following["t"] in _LISTS and words.endswith((":", "：", "︰")):
        return True
    short = block["t"] == "Para" and columns.width(words) <= _SHORT
    return short and following["t"] in _ANNOUNCED


def plain_text(nodes: Iterable[Node]) -> str:
    """The words of inlines or blocks, without markup and without footnotes."""
    parts: list[str] = []
    for node in nodes:
        kind = node["t"]
        if kind == "Str":
            parts.append(node["c"])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            parts.append(" ")
        elif kind == "Code":
            parts.append(node["c"][1])
        elif kind != "Note":
            parts += [plain_text(part) for part in (*block_lists(node), *inline_lists(node))]
            if kind in ("Para", "Plain", "Header"):
                parts.append(" ")
    return "".join(parts)
