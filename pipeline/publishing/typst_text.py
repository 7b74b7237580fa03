"""Blocks and inlines of a text, pandoc's AST, as Typst markup.

One small function a kind of node, in two read-only maps. It is written here and not by pandoc's
own Typst writer because that one loses alternative texts and the language of runs, and escapes by
position (see `typst_markup`); and because pandoc would have to be told nearly everything in raw
code anyway. Everything a function of the template can decide is left to the template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.publishing import fonts, typst_tables
from pipeline.publishing.typst_markup import label, markup, quoted
from pipeline.texts import ast
from pipeline.texts.pandoc import Node

_DEEPEST = 6


@dataclass(frozen=True)
class Picture:
    """An image as the template sets it: its file beside the document, and its proportions."""

    file: str
    ratio: float  # height over width


@dataclass
class Shared:
    """What all texts of a book have in common, and what is counted along the way."""

    targets: frozenset[str]
    pictures: Mapping[str, Picture]
    labels: Mapping[str, str]
    languages: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    figures: int = 0
    tables: int = 0
    level: int = 0  # of the last heading


@dataclass(frozen=True)
class Setter:
    """Sets nodes that stand in ``language``, in a heading or not, under a theme's ``colour``."""

    shared: Shared
    language: str
    display: bool = False
    colour: str = "ash"

    # -- lists ----------------------------------------------------------------------------------

    def inlines(self, nodes: Sequence[Node]) -> str:
        """Inline markup, on one line."""
        return "".join(_INLINES[node["t"]](self, node.get("c")) for node in nodes)

    def content(self, nodes: Sequence[Node]) -> str:
        """Inlines as a content argument; ``none`` when there are none."""
        return f"[{self.inlines(nodes)}]" if nodes else "none"

    def blocks(self, nodes: Sequence[Node]) -> str:
        """Block markup, one paragraph a line."""
        return "\n\n".join(_BLOCKS[node["t"]](self, node.get("c")) for node in nodes)

    # -- ids ------------------------------------------------------------------------------------

    def label(self, identifier: str) -> str:
        """The label of what stands before, if something links to it and nothing else has it."""
        if identifier not in self.shared.targets or identifier in self.shared.used:
            return ""
        self.shared.used.add(identifier)
        return label(identifier)

    def anchor(self, identifier: str) -> str:
        """A place of its own for an id that stands on no heading or figure."""
        found = self.label(identifier)
        return f"#metadata(none){found}" if found else ""

    def level(self, wanted: int) -> int:
        """A heading's level, never more than one below the last (PDF/UA-1, 7.4.2)."""
        self.shared.level = max(1, min(wanted, self.shared.level + 1, _DEEPEST))
        return self.shared.level

    def eastern(self) -> bool:
        """Whether the language at hand is set in Mincho and Gothic."""
        return fonts.is_eastern(self.language)

    def numbered(self, kind: str, number: int) -> str:
        """« Figure 3 », « 図3 »."""
        word = self.shared.labels.get(kind, "")
        gap = "" if not word or ord(word[-1]) >= 0x2E80 else "\u00a0"  # noqa: PLR2004 - CJK begins
        return f"[{markup(f'{word}{gap}{number}')}]"


# -- inlines ------------------------------------------------------------------------------------


def _str(_setter: Setter, content: Any) -> str:
    return markup(content)


def _space(_setter: Setter, _content: Any) -> str:
    return " "


def _line_break(_setter: Setter, _content: Any) -> str:
    return "#linebreak()"


def _wrapped(function: str) -> Callable[[Setter, Any], str]:
    return lambda setter, content: f"#{function}[{setter.inlines(content)}]"


def _strong(setter: Setter, content: Any) -> str:
    return f"#{'gothic-strong' if setter.eastern() else 'strong'}[{setter.inlines(content)}]"


def _emph(setter: Setter, content: Any) -> str:
    return f"#{'gothic-emph' if setter.eastern() else 'emph'}[{setter.inlines(content)}]"


def _quoted(setter: Setter, content: Any) -> str:
    single = content[0]["t"] == "SingleQuote"
    if setter.eastern():
        opening, closing = ("『", "』") if single else ("「", "」")
    elif setter.language.startswith("fr"):
        opening, closing = ("‹\u00a0", "\u00a0›") if single else ("«\u00a0", "\u00a0»")
    else:
        opening, closing = ("‘", "’") if single else ("“", "”")
    return f"{opening}{setter.inlines(content[1])}{closing}"


def _code(_setter: Setter, content: Any) -> str:
    return f"#raw({quoted(content[1])})"


def _link(setter: Setter, content: Any) -> str:
    _attributes, inlines, (target, _title) = content
    inner = setter.inlines(inlines)
    if not target.startswith("#"):
        return f"#link({quoted(target)})[{inner}]" if ":" in target else inner
    if target[1:] not in setter.shared.targets:
        return inner
    return f"#link(label({quoted(target[1:])}))[{inner}]"


def _image(setter: Setter, content: Any) -> str:
    (_id, _classes, pairs), caption, (path, _title) = content
    picture = setter.shared.pictures.get(path)
    keys = dict(pairs)
    alternative = keys.get("alt") or ast.plain_text(caption).strip() or path
    if picture is None:
        return markup(alternative)
    return f"#box(image({quoted(picture.file)}, height: 1.4em, alt: {quoted(alternative)}))"


def _note(setter: Setter, content: Any) -> str:
    plain = replace(setter, display=False)
    return f"#footnote[{plain.blocks(content)}]"


def _span(setter: Setter, content: Any) -> str:
    (identifier, _classes, pairs), inlines = content
    language = dict(pairs).get("lang", "")
    anchor = setter.anchor(identifier)
    if not language or language == setter.language:
        return anchor + setter.inlines(inlines)
    setter.shared.languages.add(language)
    inner = replace(setter, language=language).inlines(inlines)
    return f"{anchor}#in-{'display' if setter.display else 'body'}({quoted(language)})[{inner}]"


_INLINES: Mapping[str, Callable[[Setter, Any], str]] = {
    "Str": _str,
    "Space": _space,
    "SoftBreak": _space,
    "LineBreak": _line_break,
    "Emph": _emph,
    "Strong": _strong,
    "Strikeout": _wrapped("strike"),
    "Underline": _wrapped("underline"),
    "SmallCaps": _wrapped("smallcaps"),
    "Superscript": _wrapped("super"),
    "Subscript": _wrapped("sub"),
    "Quoted": _quoted,
    "Cite": lambda setter, content: setter.inlines(content[1]),
    "Code": _code,
    "Link": _link,
    "Image": _image,
    "Note": _note,
    "Span": _span,
}

# -- blocks -------------------------------------------------------------------------------------


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


_NUMBERINGS = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}
_DELIMITERS = {"OneParen": "{})", "TwoParens": "({})"}


def _numbers(setter: Setter, content: Any) -> str:
    (start, style, delimiter), items = content
    number = _NUMBERINGS.get(style["t"], "1")
    numbering = _DELIMITERS.get(delimiter["t"], "{}.").format(number)
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


_TEXT_WIDTH, _TALLEST = 140.0, 120.0  # mm: the page's text, and what a figure may take of it


def _figure(setter: Setter, content: Any) -> str:
    (identifier, _classes, _pairs), caption, blocks = content
    images = [node for node in ast.walk(blocks) if node["t"] == "Image"]
    pictures = [setter.shared.pictures.get(image["c"][2][0]) for image in images]
    words = [node for block in caption[1] for found in ast.inline_lists(block) for node in found]
    if len(images) != 1 or pictures[0] is None:
        return "\n\n".join(filter(None, (setter.blocks(blocks), setter.blocks(caption[1]))))
    keys = dict(images[0]["c"][0][2])
    alternative = keys.get("alt") or ast.plain_text(words).strip() or images[0]["c"][2][0]
    wanted = float(keys.get("width", "100%").rstrip("%")) / 100 * _TEXT_WIDTH
    width = min(wanted, _TALLEST / pictures[0].ratio)
    numbered = ""
    if words:
        setter.shared.figures += 1
        prefix = setter.numbered("figure", setter.shared.figures)
        numbered = f", prefix: {prefix}, caption: {setter.content(words)}"
    place = setter.label(identifier) or setter.label(images[0]["c"][0][0])
    return (
        f"#picture({quoted(pictures[0].file)}, width: {width:.1f}mm, "
        f"alt: {quoted(alternative)}{numbered}){place}"
    )


def _table(setter: Setter, content: Any) -> str:
    (identifier, _classes, _pairs), caption = content[0], content[1]
    words = [node for block in caption[1] for found in ast.inline_lists(block) for node in found]
    numbered = ""
    if words:
        setter.shared.tables += 1
        prefix = setter.numbered("table", setter.shared.tables)
        numbered = f"prefix: {prefix}, caption: {setter.content(words)}, "
    inner = typst_tables.arguments({"t": "Table", "c": content}, setter.blocks)
    return f"{setter.anchor(identifier)}#tabular({numbered}{inner})"


_BLOCKS: Mapping[str, Callable[[Setter, Any], str]] = {
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
