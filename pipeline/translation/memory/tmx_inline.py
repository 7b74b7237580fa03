"""A segment of TMX and a unit of Markdown, each made from the other.

Markdown goes out with its marks as ``<ph type="x-markdown">``, so that a translation tool shields
them, and comes back letter by letter. What another tool wrote is text: its codes are left out, and
what Markdown would take for a mark is escaped where it is to stand in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.workspace.characters import visible

MARKDOWN = "x-markdown"
_MARKS = re.compile(
    r"`+[^`]*`+"  # code
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \n]\"[^\"]*\")?\)(?:\{[^{}]*\})?"  # a link's end
    r"|\]\{[^{}]*\}|\]\[[^\[\]]*\]|\[\^[^\]\s]+\]|!?\[(?!\^)|\]"
    r"|<(?:https?|mailto):[^<>\s]*>|\*+|~~|(?<!\w)_+|_+(?!\w)|\\\n|  \n"
)
_SPECIAL = re.compile(
    r"[\\`*\[\]{}^$|<]|(?<!\w)_|_(?!\w)|(?<=\S)~|~(?=\S)|!(?=\[)|&(?=#?\w{1,32};)"
)
_HEAD = re.compile(r"(?m)^([ \t]*)(\d{1,9}(?=[.)](?:\s|$))|[-+>#=:~](?=\s|[-#=>~:]|$))")
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})


def pieces(unit: str) -> Iterator[tuple[bool, str]]:
    """A unit cut into marks (True) and text, which joined give the unit.

    >>> list(pieces("Un **mot**."))
    [(False, 'Un '), (True, '**'), (False, 'mot'), (True, '**'), (False, '.')]
    """
    last = 0
    for match in _MARKS.finditer(unit):
        if match.start() > last:
            yield False, unit[last : match.start()]
        yield True, match[0]
        last = match.end()
    if last < len(unit):
        yield False, unit[last:]


def text_of(segment: Any) -> str:
    """The words of a ``<seg>``, with the Markdown that `pieces` marked, without other codes."""
    parts = [segment.text or ""]
    for child in segment:
        parts += [_inline(child), child.tail or ""]
    return visible("".join(parts).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _inline(element: Any) -> str:
    name = local(element)
    if name == "hi":
        return text_of_inner(element)
    if name == "ph" and element.get("type") == MARKDOWN:
        return element.text or ""
    return " " if name in _CODES and element.get("type") == "lb" else ""


def text_of_inner(element: Any) -> str:
    """The words inside a highlight, whose depth the reader has bounded."""
    parts = [element.text or ""]
    for child in element:
        parts += [_inline(child), child.tail or ""]
    return "".join(parts)


def local(element: Any) -> str:
    """The name of an element, without its namespace."""
    return str(element.tag).rpartition("}")[2]


def escaped(text: str) -> str:
    """Plain text as Markdown that says the same.

    >>> escaped("5 * 3 [sic]")
    '5 \\\\* 3 \\\\[sic\\\\]'
    """
    return _HEAD.sub(_with_backslash, _SPECIAL.sub(r"\\\g<0>", text))


def _with_backslash(match: re.Match[str]) -> str:
    indent, mark = match[1], match[2]
    if mark.isdigit():  # « 12. » begins a list: the backslash goes before the stop
        return f"{indent}{mark}\\"
    return f"{indent}\\{mark}"
