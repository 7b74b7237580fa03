"""The allow-list: what of a text's AST may go on to the writers (law 9).

Whatever a reader lets through, only the nodes, attributes, links and images named here reach a
writer. Raw code is shown as it was typed, never run; everything refused is reported with its line
when the AST carries positions. The same walk takes pandoc's position wrappers out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from pipeline.errors import Place, Problem, Severity
from pipeline.texts import ast
from pipeline.texts.emphasis import ENTITY, SENTINEL
from pipeline.texts.pandoc import Node

MAX_DEPTH = 40
MAX_CELLS = 5_000
MAX_BLOCKS = 5_000
IMAGE_TYPES = (".svg", ".png", ".jpg", ".jpeg")
BOXES = frozenset({"encadré", "encadre", "囲み", "囲み記事", "box", "note"})
_SLUG = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
_WIDTH = re.compile(r"^(?:100|[1-9]?[0-9])%$")
_URL = re.compile(r"^(?:https?://[^\s/?#\\]+|mailto:[^\s?]+@[^\s?]+)[^\s<>\"\\]*$", re.IGNORECASE)
_TEXT_LINK = re.compile(r"^(?:\.\./)?(?:[a-z0-9-]+/)?[a-z0-9-]+\.[A-Za-z-]+\.md(?:#[\w-]+)?$")


@dataclass(frozen=True)
class Cleaned:
    """A text's blocks after the allow-list, one tuple of nodes a top-level block of the AST.

    ``images`` are the targets of its images, relative to the workspace, in order.
    """

    blocks: tuple[tuple[Node, ...], ...]
    images: tuple[str, ...]
    problems: tuple[Problem, ...]


def clean(blocks: Sequence[Node], path: str, body_line: int = 0) -> Cleaned:
    """Apply the allow-list to the top-level ``blocks`` of the text at ``path``."""
    cleaner = _Cleaner(path, body_line)
    result = tuple(tuple(cleaner.block(block)) for block in blocks[:MAX_BLOCKS])
    if len(blocks) > MAX_BLOCKS:
        cleaner.refuse("text-too-many-blocks", limit=MAX_BLOCKS)
    return Cleaned(result, tuple(cleaner.images), tuple(cleaner.problems))


@dataclass
class _Cleaner:
    path: str
    body_line: int
    line: int = 0
    depth: int = 0
    images: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    # -- places ---------------------------------------------------------------------------------

    def refuse(self, rule: str, severity: Severity = Severity.ERROR, **values: object) -> None:
        line = self.line + self.body_line if self.line else 0
        self.problems.append(Problem(rule, Place(self.path, line), values, severity))

    def _note_position(self, attributes: ast.Attr) -> bool:
        """Remember where we are; whether the node is only a wrapper that carries a position."""
        pairs = dict(attributes[2])
        position = pairs.get("data-pos", "").split(";")[0].rpartition("@")[2]
        if position:
            self.line = int(position.split(":")[0])
        return "wrapper" in pairs

    # -- lists ----------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                self.refuse("text-too-deep")
                return []
            return _with_captions([kept for block in blocks for kept in self.block(block)])
        finally:
            self.depth -= 1

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                self.refuse("text-too-deep")
                return []
            return [kept for inline in inlines for kept in self.inline(inline)]
        finally:
            self.depth -= 1

    def block(self, node: Node) -> list[Node]:
        handler = _BLOCKS.get(node["t"])
        if handler is None:
            self.refuse("markup-unknown", kind=node["t"])
            return []
        return handler(self, node.get("c"))

    def inline(self, node: Node) -> list[Node]:
        handler = _INLINES.get(node["t"])
        if handler is None:
            self.refuse("markup-unknown", kind=node["t"])
            return []
        return handler(self, node.get("c"))

    # -- attributes -----------------------------------------------------------------------------

    def attributes(self, attributes: ast.Attr, allowed: Mapping[str, re.Pattern[str]]) -> ast.Attr:
        """Only a plain id and the named keys; the rest is code in some writer (``typst:*``)."""
        identifier, classes, pairs = attributes
        kept = []
        for key, value in pairs:
            if key in ("data-pos", "wrapper"):
                continue
            if key in allowed and allowed[key].match(value):
                kept.append([key, self._string(value)])
            else:
                self.refuse("attribute-refused", key=key)
        if identifier and not _SLUG.match(identifier):
            self.refuse("identifier-refused", id=identifier)
            identifier = ""
        for name in classes:
            if name not in BOXES:
                self.refuse("class-unknown", Severity.REMARK, name=name)
        return [identifier, ["box"] if BOXES.intersection(classes) else [], kept]

    @staticmethod
    def _string(value: str) -> str:
        return value.replace(SENTINEL, "").replace(ENTITY, "")


_ANY = re.compile(r"", re.DOTALL)
_IMAGE_KEYS = {"alt": _ANY, "width": _WIDTH}
_BOX_KEYS = {"title": _ANY}
_NO_KEYS: Mapping[str, re.Pattern[str]] = {}

# -- blocks -------------------------------------------------------------------------------------


def _paragraph(kind: str) -> Callable[[_Cleaner, Any], list[Node]]:
    def handle(cleaner: _Cleaner, content: Any) -> list[Node]:
        inlines = cleaner.inlines(content)
        return [{"t": kind, "c": inlines}] if inlines else []

    return handle


def _header(cleaner: _Cleaner, content: Any) -> list[Node]:
    level, attributes, inlines = content
    cleaner._note_position(attributes)
    kept = cleaner.attributes(attributes, _NO_KEYS)
    return [{"t": "Header", "c": [level, kept, cleaner.inlines(inlines)]}]


def _div(cleaner: _Cleaner, content: Any) -> list[Node]:
    attributes, blocks = content
    if cleaner._note_position(attributes):
        return cleaner.blocks(blocks)
    kept = cleaner.attributes(attributes, _BOX_KEYS)
    inner = cleaner.blocks(blocks)
    return [ast.div(inner, kept)] if kept[1] else inner


def _quote(cleaner: _Cleaner, content: Any) -> list[Node]:
    return [{"t": "BlockQuote", "c": cleaner.blocks(content)}]


def _bullets(cleaner: _Cleaner, content: Any) -> list[Node]:
    return [{"t": "BulletList", "c": [cleaner.blocks(item) for item in content]}]


def _numbers(cleaner: _Cleaner, content: Any) -> list[Node]:
    (start, style, delimiter), items = content
    attributes = [max(0, min(start, 9999)), style, delimiter]
    return [{"t": "OrderedList", "c": [attributes, [cleaner.blocks(item) for item in items]]}]


def _definitions(cleaner: _Cleaner, content: Any) -> list[Node]:
    items = [
        [cleaner.inlines(term), [cleaner.blocks(definition) for definition in definitions]]
        for term, definitions in content
    ]
    return [{"t": "DefinitionList", "c": items}]


def _code_block(cleaner: _Cleaner, content: Any) -> list[Node]:
    cleaner._note_position(content[0])
    return [{"t": "CodeBlock", "c": [ast.EMPTY, cleaner._string(content[1])]}]


def _rule(_cleaner: _Cleaner, _content: Any) -> list[Node]:
    return [{"t": "HorizontalRule"}]


def _lines(cleaner: _Cleaner, content: Any) -> list[Node]:
    return [{"t": "LineBlock", "c": [cleaner.inlines(line) for line in content]}]


def _raw_block(cleaner: _Cleaner, content: Any) -> list[Node]:
    form, code = content
    code = cleaner._string(code)
    if form == "html" and re.fullmatch(r"(?:\s*<!--.*?-->)*\s*", code, re.DOTALL):
        return []
    cleaner.refuse("raw-code", form=form, code=_short(code))
    return [{"t": "CodeBlock", "c": [ast.EMPTY, code.rstrip("\n")]}]


def _figure(cleaner: _Cleaner, content: Any) -> list[Node]:
    attributes, caption, blocks = content
    cleaner._note_position(attributes)
    kept = cleaner.attributes(attributes, _NO_KEYS)
    cleaned_caption = cleaner.blocks(caption[1])
    inner = cleaner.blocks(blocks)
    if not any(node["t"] == "Image" for node in ast.walk(inner)):
        return [*inner, *cleaned_caption]
    return [{"t": "Figure", "c": [kept, [None, cleaned_caption], inner]}]


def _table(cleaner: _Cleaner, content: Any) -> list[Node]:
    attributes, caption, columns, head, bodies, foot = content
    cleaner._note_position(attributes)
    node = {"t": "Table", "c": content}
    if sum(len(row[1]) for row in ast.table_rows(node)) > MAX_CELLS:
        cleaner.refuse("table-too-large", limit=MAX_CELLS)
        return []
    kept = cleaner.attributes(attributes, _NO_KEYS)

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


def _with_captions(blocks: list[Node]) -> list[Node]:
    """A paragraph ``: legend`` or ``Table: legend`` after a table becomes its caption.

    The syntax is pandoc's own (``table_captions``), which its CommonMark reader does not know.
    """
    result: list[Node] = []
    for block in blocks:
        legend = _legend(block)
        if legend is not None and result and result[-1]["t"] == "Table":
            result[-1]["c"][1] = [None, [ast.plain(legend)]]
        else:
            result.append(block)
    return result


def with_captions(groups: Sequence[Sequence[Node]]) -> tuple[tuple[Node, ...], ...]:
    """`_with_captions` across top-level groups; a group whose legend was taken is left empty."""
    result: list[list[Node]] = []
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
        result.append(kept)
    return tuple(tuple(group) for group in result)


def _legend(block: Node) -> list[Node] | None:
    if block["t"] != "Para" or len(block["c"]) < 3 or block["c"][0]["t"] != "Str":  # noqa: PLR2004
        return None
    if block["c"][0]["c"] in (":", "Table:") and block["c"][1]["t"] == "Space":
        return list(block["c"][2:])
    return None


# -- inlines ------------------------------------------------------------------------------------


def _str(cleaner: _Cleaner, content: Any) -> list[Node]:
    string = cleaner._string(content)
    return [{"t": "Str", "c": string}] if string else []


def _break(kind: str) -> Callable[[_Cleaner, Any], list[Node]]:
    return lambda _cleaner, _content: [{"t": kind}]


def _container(kind: str) -> Callable[[_Cleaner, Any], list[Node]]:
    return lambda cleaner, content: [{"t": kind, "c": cleaner.inlines(content)}]


def _quoted(cleaner: _Cleaner, content: Any) -> list[Node]:
    return [{"t": "Quoted", "c": [content[0], cleaner.inlines(content[1])]}]


def _span(cleaner: _Cleaner, content: Any) -> list[Node]:
    attributes, inlines = content
    if not cleaner._note_position(attributes):
        cleaner.attributes(attributes, _NO_KEYS)
    return cleaner.inlines(inlines)


def _code(cleaner: _Cleaner, content: Any) -> list[Node]:
    return [{"t": "Code", "c": [ast.EMPTY, cleaner._string(content[1])]}]


def _raw_inline(cleaner: _Cleaner, content: Any) -> list[Node]:
    form, code = content
    code = cleaner._string(code)
    if form == "html" and code.startswith("<!--"):
        return []
    cleaner.refuse("raw-code", form=form, code=_short(code))
    return [{"t": "Code", "c": [ast.EMPTY, code]}]


def _link(cleaner: _Cleaner, content: Any) -> list[Node]:
    attributes, inlines, (target, title) = content
    cleaner._note_position(attributes)
    cleaner.attributes(attributes, _NO_KEYS)
    inner = cleaner.inlines(inlines)
    target = cleaner._string(target)
    if target.startswith("#") and _SLUG.match(target[1:]):
        return [{"t": "Link", "c": [ast.EMPTY, inner, [target, ""]]}]
    if _URL.match(target) or _TEXT_LINK.match(target):
        return [{"t": "Link", "c": [ast.EMPTY, inner, [target, cleaner._string(title)]]}]
    cleaner.refuse("link-refused", target=_short(target))
    return inner


def _image(cleaner: _Cleaner, content: Any) -> list[Node]:
    attributes, inlines, (target, _title) = content
    cleaner._note_position(attributes)
    identifier, _classes, pairs = cleaner.attributes(attributes, _IMAGE_KEYS)
    caption = cleaner.inlines(inlines)
    keys = dict(pairs)
    alternative = keys.get("alt") or ast.plain_text(caption).strip()
    resolved = cleaner_image(cleaner.path, cleaner._string(target))
    if resolved is None:
        cleaner.refuse("image-refused", target=_short(target), types=", ".join(IMAGE_TYPES))
        return ast.text(alternative)
    if not alternative:
        cleaner.refuse("image-without-alternative", target=_short(target))
        alternative = PurePosixPath(resolved).stem
    cleaner.images.append(resolved)
    kept = [["alt", alternative], *([["width", keys["width"]]] if "width" in keys else [])]
    return [{"t": "Image", "c": [[identifier, [], kept], caption, [resolved, ""]]}]


def cleaner_image(path: str, target: str) -> str | None:
    """An image's path relative to the workspace, or None if it leads elsewhere."""
    name = unquote(target)
    if not name or re.search(r"[\x00-\x1f\\:?#%]|^/|^~", name):
        return None
    parts: list[str] = list(PurePosixPath(path).parent.parts)
    for part in PurePosixPath(name).parts:
        if part == "..":
            if len(parts) <= 1:
                return None
            parts.pop()
        else:
            parts.append(part)
    resolved = "/".join(parts)
    inside = parts[:1] == ["sources"] and resolved.lower().endswith(IMAGE_TYPES)
    return resolved if inside else None


def _note(cleaner: _Cleaner, content: Any) -> list[Node]:
    return [{"t": "Note", "c": cleaner.blocks(content)}]


def _short(value: str) -> str:
    single = " ".join(value.split())
    return single if len(single) <= 60 else f"{single[:59]}…"  # noqa: PLR2004


_BLOCKS: Mapping[str, Callable[[_Cleaner, Any], list[Node]]] = {
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

_INLINES: Mapping[str, Callable[[_Cleaner, Any], list[Node]]] = {
    "Str": _str,
    "Space": _break("Space"),
    "SoftBreak": _break("SoftBreak"),
    "LineBreak": _break("LineBreak"),
    "Emph": _container("Emph"),
    "Strong": _container("Strong"),
    "Strikeout": _container("Strikeout"),
    "Superscript": _container("Superscript"),
    "Subscript": _container("Subscript"),
    "Quoted": _quoted,
    "Span": _span,
    "Code": _code,
    "RawInline": _raw_inline,
    "Link": _link,
    "Image": _image,
    "Note": _note,
}
