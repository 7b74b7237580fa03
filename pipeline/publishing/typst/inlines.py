"""Inlines as Typst markup, on one line: a small function a kind of node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.publishing.typst.markup import markup, quoted
from pipeline.texts import ast

if TYPE_CHECKING:
    from pipeline.publishing.typst.text import Setter


NOTE = "\0{}\0"
"""Stands for a footnote of a row until the other side is set; no text holds such a character."""


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
    if not setter.eastern():
        return f"#emph[{setter.inlines(content)}]"
    setter.shared.languages.add(setter.language)
    return f"#gothic-emph({quoted(setter.language)})[{setter.inlines(content)}]"


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
    body = plain.blocks(content)
    if setter.notes is None:
        return f"#footnote[{body}]"
    setter.notes.append(body)
    return NOTE.format(len(setter.notes) - 1)


def _span(setter: Setter, content: Any) -> str:
    (identifier, _classes, pairs), inlines = content
    language, reading = dict(pairs).get("lang", ""), dict(pairs).get("ruby", "")
    anchor = setter.anchor(identifier)
    if reading:
        return f"{anchor}#ruby({quoted(reading)})[{setter.inlines(inlines)}]"
    if not language or language == setter.language:
        return anchor + setter.inlines(inlines)
    setter.shared.languages.add(language)
    inner = replace(setter, language=language).inlines(inlines)
    return f"{anchor}#in-{'display' if setter.display else 'body'}({quoted(language)})[{inner}]"


INLINES: Mapping[str, Callable[[Setter, Any], str]] = {
    "Str": _str,
    "Space": _space,
    "SoftBreak": _space,
    "LineBreak": _line_break,
    "Emph": _emph,
    "Strong": _strong,
    "Strikeout": _wrapped("strike"),
    "Superscript": _wrapped("super"),
    "Subscript": _wrapped("sub"),
    "Code": _code,
    "Link": _link,
    "Image": _image,
    "Note": _note,
    "Span": _span,
}
