"""Blocks as Typst markup: a small function a kind of node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.publishing.typst import tables as typst_tables
from pipeline.publishing.typst.markup import markup, quoted
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.workspace.counters import KANA

if TYPE_CHECKING:
    from pipeline.publishing.typst.text import Setter


def _paragraph(setter: Setter, content: Any) -> str:
    return setter.inlines(content)


def _header(setter: Setter, content: Any) -> str:
    level, (identifier, _classes, _pairs), inlines = content
    words = replace(setter, display=True).inlines(inlines)
    return f"#heading(level: {setter.level(level)})[{words}]{setter.label(identifier)}"


def _lines(setter: Setter, content: Any) -> str:
    return "#linebreak()".join(setter.inlines(line) for line in content)


def _block_quote(setter: Setter, content: Any) -> str:
    return f"#quote(block: true)[{setter.blocks(content)}]"


def _code_block(_setter: Setter, content: Any) -> str:
    return f"#raw(block: true, {quoted(content[1])})"


def _rule(_setter: Setter, _content: Any) -> str:
    return "#rule-across"


def _items(setter: Setter, items: Any) -> str:
    tight = all(item[0]["t"] == "Plain" for item in items if item)
    inner = "".join(f"[{setter.blocks(item)}], " for item in items)
    return f"tight: {str(tight).lower()}, {inner}"


def _bullets(setter: Setter, content: Any) -> str:
    return f"#list({_items(setter, content)})"


_NUMBERINGS = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I",
               KANA: "ア"}  # fmt: skip
_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}


def _numbers(setter: Setter, content: Any) -> str:
    (start, style, delimiter), items = content
    number = _NUMBERINGS.get(style["t"], "1")
    bare = "{}" if style["t"] == KANA else "{}."
    numbering = _DELIMITERS.get(delimiter["t"], bare).format(number)
    return f"#enum(start: {start}, numbering: {quoted(numbering)}, {_items(setter, items)})"


def _definitions(setter: Setter, content: Any) -> str:
    strong = "gothic-strong" if setter.eastern() else "strong"
    items = "".join(
        f"terms.item({strong}[{setter.inlines(term)}], "
        f"[{setter.blocks([block for definition in definitions for block in definition])}]), "
        for term, definitions in content
    )
    return f"#terms({items})"


def _div(setter: Setter, content: Any) -> str:
    (identifier, classes, pairs), blocks = content
    keys = dict(pairs)
    anchor = setter.anchor(identifier)
    if "lang" in keys and keys["lang"] != setter.language:
        setter.shared.languages.add(keys["lang"])
        inner = replace(setter, language=keys["lang"]).blocks(blocks)
        return f"{anchor}#in-body({quoted(keys['lang'])})[{inner}]"
    inner = setter.blocks(blocks)
    if "box" not in classes:
        return anchor + inner
    title = f"title: [{markup(keys['title'])}], " if keys.get("title") else ""
    return f"{anchor}#box-of({title}colour: {setter.colour})[{inner}]"


_TALLEST = 120.0  # mm: what a figure may take of the page's text


@dataclass(frozen=True)
class Drawn:
    """A figure of one picture: its file and width in mm, and its words."""

    file: str
    width: float
    alternative: str
    caption: list[Node]
    ids: tuple[str, str]


def drawn(setter: Setter, content: Any) -> Drawn | None:
    """The figure as it is drawn; None where it is not one picture that can be printed."""
    (identifier, _classes, _pairs), caption, blocks = content
    images = [node for node in ast.walk(blocks) if node["t"] == "Image"]
    picture = setter.shared.pictures.get(images[0]["c"][2][0]) if len(images) == 1 else None
    if picture is None:
        return None
    words = [node for block in caption[1] for found in ast.inline_lists(block) for node in found]
    keys = dict(images[0]["c"][0][2])
    alternative = keys.get("alt") or ast.plain_text(words).strip() or images[0]["c"][2][0]
    wanted = float(keys.get("width", "100%").rstrip("%")) / 100 * setter.width
    width = min(wanted, _TALLEST / picture.ratio)
    return Drawn(picture.file, width, alternative, words, (identifier, images[0]["c"][0][0]))


def _figure(setter: Setter, content: Any) -> str:
    found = drawn(setter, content)
    if found is None:
        return "\n\n".join(filter(None, (setter.blocks(content[2]), setter.blocks(content[1][1]))))
    numbered = ""
    if found.caption:
        prefix = setter.next_number("figure")
        numbered = f", prefix: {prefix}, caption: {setter.content(found.caption)}"
    place = setter.label(found.ids[0]) or setter.label(found.ids[1])
    return (
        f"#picture({quoted(found.file)}, width: {found.width:.1f}mm, "
        f"alt: {quoted(found.alternative)}{numbered}){place}"
    )


def _table(setter: Setter, content: Any) -> str:
    (identifier, _classes, _pairs), caption = content[0], content[1]
    words = [node for block in caption[1] for found in ast.inline_lists(block) for node in found]
    numbered = ""
    if words:
        prefix = setter.next_number("table")
        numbered = f"prefix: {prefix}, caption: {setter.content(words)}, "
    inner = typst_tables.arguments({"t": "Table", "c": content}, setter.blocks)
    return f"{setter.anchor(identifier)}#tabular({numbered}{inner})"


BLOCKS: Mapping[str, Callable[[Setter, Any], str]] = {
    "Para": _paragraph,
    "Plain": _paragraph,
    "LineBlock": _lines,
    "Header": _header,
    "BlockQuote": _block_quote,
    "CodeBlock": _code_block,
    "HorizontalRule": _rule,
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "DefinitionList": _definitions,
    "Div": _div,
    "Figure": _figure,
    "Table": _table,
}
