"""What pandoc's reader of ODT leaves out, put in a form that it reads.

Source: OpenDocument 1.3, part 3, 7 (fields), 9.2 (tables in cells), 16.29 and 20.347 (hidden text);
what pandoc leaves out was seen with 3.9.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LIBRE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
# What pandoc reads within a paragraph, or what has no words of the text.
_READ = frozenset(
    _TEXT + name
    for name in (
        *("p", "h", "span", "s", "tab", "line-break", "a", "list", "list-item", "list-header"),
        *("note", "note-citation", "note-body", "ruby", "ruby-base", "ruby-text", "script"),
        *("bookmark", "bookmark-start", "bookmark-end", "bookmark-ref", "reference-ref"),
        *("reference-mark", "reference-mark-start", "reference-mark-end", "soft-page-break"),
        *("change", "change-start", "change-end", "hidden-text", "hidden-paragraph"),
    )
)

Said = tuple[str, str]
"""A rule of the catalogue and the words that it is said of."""


def settle_odt(content: _Element) -> list[Said]:
    """Make readable, in place, what pandoc would leave out; returns what is to be said of it."""
    said = list(_hidden(content))
    for element in content.iter(f"{_LIBRE}*"):  # tables in shapes, which are tables
        name = element.tag.rpartition("}")[2]
        if name.startswith("table"):
            element.tag = _TABLE + name
    for paragraph in content.iter(*_PARAGRAPHS):
        _spell_out(paragraph)
    for note in content.iter(f"{_TEXT}note-body"):
        for listed in list(note.iter(f"{_TEXT}list")):
            _flatten(listed)
    for cell in content.iter(f"{_TABLE}table-cell"):
        for inner in list(cell.iter(f"{_TABLE}table")):
            _flatten(inner)
    return said


def _spell_out(paragraph: _Element) -> None:
    """Fields (a date, the number of a caption, a list to choose from) are their words."""
    for element in paragraph.iter(f"{_TEXT}*", f"{_LIBRE}content-control"):
        if element.tag not in _READ:
            element.tag = f"{_TEXT}span"
            for name in list(element.attrib):
                del element.attrib[name]


def _flatten(element: _Element) -> None:
    """The paragraphs of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    for paragraph in list(element.iter(*_PARAGRAPHS)):
        element.addprevious(paragraph)
    parent.remove(element)


def _hidden(content: _Element) -> Iterator[Said]:
    """Take out the words that their author hid: neither screen nor paper showed them."""
    names = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}text-properties")
        if properties.get(f"{_TEXT}display") == "none"
    }
    for span in list(content.iter(f"{_TEXT}span", *_PARAGRAPHS)):
        parent = span.getparent()
        words = "".join(map(str, span.itertext())).strip()
        if span.get(f"{_TEXT}style-name") in names and parent is not None and words:
            tail = span.tail
            span.clear()
            span.tail = tail
            yield "office-hidden", words
