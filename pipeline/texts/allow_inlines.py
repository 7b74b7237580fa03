"""What the allow-list does with each kind of inline."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from pipeline.texts import ast
from pipeline.texts.cleaner import ANY, NO_KEYS, SLUG, Cleaner, short
from pipeline.texts.pandoc import Node
from pipeline.workspace.characters import visible
from pipeline.workspace.layout import DECLARATION

IMAGE_TYPES = (".svg", ".png", ".jpg", ".jpeg")
_WIDTH = re.compile(r"^(?:100|[1-9]?[0-9])%$")
_IMAGE_KEYS = {"alt": ANY, "width": _WIDTH}
_PARTY_KEYS = {  # `declaration.alternat`, `declaration.worded`
    "party": re.compile(r"[A-Za-z-]{2,12}"),
    "original": re.compile(r"[^\n]{1,500}"),
}
_URL = re.compile(r"^(?:https?://[^\s/?#\\]+|mailto:[^\s?]+@[^\s?]+)[^\s<>\"\\]*$", re.IGNORECASE)
_TEXT_LINK = re.compile(r"^(?:\.\./)?(?:[a-z0-9-]+/)?[a-z0-9-]+\.[A-Za-z-]+\.md(?:#[\w-]+)?$")
_DECLARATION = f"sources/{DECLARATION}/"
_LONGEST_LINK, _LONGEST_WORDS = 2_000, 5_000  # PDF strings are bounded
Handler = Callable[[Cleaner, Any], list[Node]]


def _str(cleaner: Cleaner, content: Any) -> list[Node]:
    string = cleaner.string(content)
    return [{"t": "Str", "c": string}] if string else []


def _break(kind: str) -> Callable[[Cleaner, Any], list[Node]]:
    return lambda _cleaner, _content: [{"t": kind}]


def _container(kind: str) -> Callable[[Cleaner, Any], list[Node]]:
    return lambda cleaner, content: [{"t": kind, "c": cleaner.inlines(content)}]


def _span(cleaner: Cleaner, content: Any) -> list[Node]:
    """Its words; in a declaration, a bracketed variant or an item's anchor, or a party's name."""
    attributes, inlines = content
    ours = cleaner.path.startswith(_DECLARATION)
    identifier, pairs = "", []
    if not cleaner.note_position(attributes):
        identifier, _classes, pairs = cleaner.attributes(
            attributes, _PARTY_KEYS if ours else NO_KEYS
        )
    inner = cleaner.inlines(inlines)
    marked = ours and (identifier or pairs)
    return [ast.span(inner, ast.attr(identifier, (), **dict(pairs)))] if marked else inner


def _code(cleaner: Cleaner, content: Any) -> list[Node]:
    return [{"t": "Code", "c": [ast.EMPTY, cleaner.string(content[1])]}]


def _raw_inline(cleaner: Cleaner, content: Any) -> list[Node]:
    form, code = content
    code = cleaner.string(code)
    if form == "html" and code.startswith("<!--"):
        return []
    cleaner.refuse("raw-code", form=form, code=short(code))
    return [{"t": "Code", "c": [ast.EMPTY, code]}]


def _link(cleaner: Cleaner, content: Any) -> list[Node]:
    attributes, inlines, (target, title) = content
    cleaner.note_position(attributes)
    cleaner.attributes(attributes, NO_KEYS)
    inner = cleaner.inlines(inlines)
    target = cleaner.string(target)
    if target.startswith("#") and SLUG.fullmatch(target[1:]):
        return [{"t": "Link", "c": [ast.EMPTY, inner, [target, ""]]}]
    if len(target) <= _LONGEST_LINK and (_URL.fullmatch(target) or _TEXT_LINK.fullmatch(target)):
        return [{"t": "Link", "c": [ast.EMPTY, inner, [target, cleaner.string(title)]]}]
    cleaner.refuse("link-refused", target=short(target))
    return inner


def _image(cleaner: Cleaner, content: Any) -> list[Node]:
    attributes, inlines, (target, _title) = content
    cleaner.note_position(attributes)
    identifier, _classes, pairs = cleaner.attributes(attributes, _IMAGE_KEYS)
    caption = cleaner.inlines(inlines)
    keys = dict(pairs)
    alternative = (keys.get("alt") or ast.plain_text(caption).strip())[:_LONGEST_WORDS]
    resolved = image_path(cleaner.path, cleaner.string(target))
    if resolved is None:
        cleaner.refuse("image-refused", target=short(target), types=", ".join(IMAGE_TYPES))
        return ast.text(alternative)
    if not alternative:
        cleaner.refuse("image-without-alternative", target=short(target))
        alternative = PurePosixPath(resolved).stem
    cleaner.images.append(resolved)
    kept = [["alt", alternative], *([["width", keys["width"]]] if "width" in keys else [])]
    return [{"t": "Image", "c": [[identifier, [], kept], caption, [resolved, ""]]}]


def image_path(path: str, target: str) -> str | None:
    """An image's path relative to the workspace, or None if it leads elsewhere."""
    name = unquote(target)
    if not name or visible(name) != name or re.search(r"[\x00-\x1f\\:?#%]|^/|^~", name):
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


def _note(cleaner: Cleaner, content: Any) -> list[Node]:
    return [{"t": "Note", "c": cleaner.blocks(content)}]


INLINES: Mapping[str, Handler] = {
    "Str": _str,
    "Space": _break("Space"),
    "SoftBreak": _break("SoftBreak"),
    "LineBreak": _break("LineBreak"),
    "Emph": _container("Emph"),
    "Strong": _container("Strong"),
    "Strikeout": _container("Strikeout"),
    "Superscript": _container("Superscript"),
    "Subscript": _container("Subscript"),
    "Span": _span,
    "Code": _code,
    "RawInline": _raw_inline,
    "Link": _link,
    "Image": _image,
    "Note": _note,
}
