"""Lines of a segment inside their containers, and what may begin a block on one.

The grammar is that of `texts.dialect`; only what decides where words stand is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

TAB = 4
DEEPEST = 60  # containers inside containers; texts are refused long before

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)[ \t]*")
QUOTE = re.compile(r" {0,3}>[ \t]?")
BULLET = re.compile(r" {0,3}[-+*](?=[ \t]|$)")
NUMBER = re.compile(
    r" {0,3}(?:[0-9]{1,9}[.)]|\((?:[0-9]{1,9}|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)\)"
    r"|(?:[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)\)|(?:[a-z]|[ivxlcdm]+|[IVXLCDM]{2,})\."
    r"|[A-Z]\.(?=[ \t]{2}|$))(?=[ \t]|$)"
)
_FIRST = re.compile(r" {0,3}\(?1[.)][ \t]+\S")
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
BOX = re.compile(r" {0,3}:{3,}[ \t]*")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
REFERENCE = re.compile(r" {0,3}\[(?!\^)(?:[^\]\\\[]|\\.)+\]:[ \t]*(?=\S)")
DEFINITION = re.compile(r" {0,2}[:~](?=[ \t]+\S)")
ATTRIBUTES = re.compile(r" {0,3}\{[^{}]*\}[ \t]*$")
TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
HTML = re.compile(
    r" {0,3}<(?:!--|[?!]|/?(?:address|article|aside|blockquote|center|dd|details|dialog|dir|div|dl"
    r"|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|iframe|li|link|main"
    r"|menu|nav|ol|p|pre|script|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|tr|ul)"
    r"(?=[\s/>]|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A line inside its containers.

    ``prefix`` is what the containers took of it, ``next`` what they would take of a line after it,
    ``text`` what is left, ``end`` its line end.
    """

    prefix: str
    next: str
    text: str
    end: str

    @property
    def blank(self) -> bool:
        """Whether nothing but spaces and tabs is left."""
        return not self.text.strip(" \t")

    @property
    def whole(self) -> str:
        """The line as it stands in the file."""
        return self.prefix + self.text + self.end


def split_lines(raw: str) -> list[Line]:
    """The lines of a segment, outside any container."""
    return [Line("", "", text, end) for text, end in _LINE.findall(raw) if text or end]


def joined(lines: Iterable[Line]) -> str:
    """The lines as they stand in the file."""
    return "".join(line.whole for line in lines)


def width(text: str) -> int:
    """How far a line is indented, in columns."""
    columns = 0
    for character in text:
        if character == " ":
            columns += 1
        elif character == "\t":
            columns += TAB - columns % TAB
        else:
            break
    return columns


def dedented(line: Line, columns: int) -> Line:
    """The line inside a container that takes ``columns`` of indentation."""
    taken = 0
    while taken < len(line.text) and line.text[taken] in " \t" and columns > 0:
        columns -= 1 if line.text[taken] == " " else TAB
        taken += 1
    return moved(line, taken, line.text[:taken])


def moved(line: Line, taken: int, following: str) -> Line:
    """The line in a container that takes ``taken`` characters, and ``following`` of the next."""
    return replace(
        line,
        prefix=line.prefix + line.text[:taken],
        next=line.next + following,
        text=line.text[taken:],
    )


def interrupts(text: str) -> bool:
    """Whether a line ends the paragraph above it."""
    if width(text) >= TAB:
        return False
    return bool(
        HEADING.match(text)
        or QUOTE.match(text)
        or FENCE.match(text)
        or BOX.match(text)
        or RULE.match(text)
        or HTML.match(text)
        or NOTE.match(text)
        or (BULLET.match(text) and text.strip(" \t+*-"))
        or _FIRST.match(text)
    )


_ESCAPED_START = re.compile(
    r"#{1,6}(?:[ \t]|$)|>|[-+*](?:[ \t]|$)|:{3}|`{3}|~{3}|[:~](?:[ \t]|$)|\||[=-]+[ \t]*$"
    r"|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$|[|:][|: \t]*-[-|: \t]*$|\{[^{}]*\}[ \t]*$"
)
_ESCAPED_MARKER = re.compile(
    r"(\(?(?:[0-9]{1,9}|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|#))([.)])(?=[ \t]|$)"
)
_ESCAPED_LABEL = re.compile(r"(\[(?>(?:[^\]\\\[]|\\.)*)\])(?=:)")
_LEGEND = re.compile(r"(Table)(?=:[ \t])")
_INITIAL = re.compile(r"[A-Z]\. ?(?![ \t]|$)")


def harmless(text: str) -> str:
    """A line of words with its beginning escaped wherever it could begin a block.

    >>> harmless("1. Un"), harmless("# Un"), harmless("M. Un")
    ('1\\\\. Un', '\\\\# Un', 'M. Un')
    """
    if _ESCAPED_START.match(text):
        return "\\" + text
    marker = _ESCAPED_MARKER.match(text)
    if marker and not _INITIAL.match(text):
        return f"{marker[1]}\\{text[marker.start(2) :]}"
    label = _ESCAPED_LABEL.match(text) or _LEGEND.match(text)
    if label:
        return f"{label[1]}\\{text[label.end() :]}"
    return text
