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
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_SHOWN = {f"{_FO}font-weight": ("bold",), f"{_FO}font-style": ("italic", "oblique"),
          f"{_STYLE}text-underline-style": ("solid",)}  # fmt: skip
_BETWEEN = 20  # lists within a list that goes on behind them, at most
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
    said = [("office-contents", words) for words in _contents(content)]
    said += _hidden(content)
    _continue_lists(content)
    _dress(content)
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


def described(content: _Element) -> dict[str, str]:
    """What describes the pictures of an ODT, by the names of their files: pandoc leaves it out."""
    found: dict[str, str] = {}
    for frame in content.iter(f"{_DRAW}frame"):
        said = [frame.findtext(f"{_SVG}{name}") or "" for name in ("desc", "title")]
        words = next((" ".join(each.split()) for each in said if each.strip()), "")
        for image in frame.findall(f"{_DRAW}image"):
            if words:
                found[image.get(f"{_LINK}href", "")] = words
    return found


def _contents(content: _Element) -> Iterator[str]:
    """Take out tables of contents, which the layout makes anew."""
    for index in list(content.iter(f"{_TEXT}table-of-content")):
        lines = ("".join(map(str, line.itertext())) for line in index.iter(f"{_TEXT}p"))
        yield " ".join(lines)
        if (parent := index.getparent()) is not None:
            parent.remove(index)


def _continue_lists(content: _Element) -> None:
    """A list that goes on with the numbers of one before it, as one list.

    Lists between the two are within its last item, as they look; pandoc would count on from theirs.
    """
    for later in list(content.iter(f"{_TEXT}list")):
        begun = later.get(f"{_TEXT}continue-list")
        between: list[_Element] = []
        before = later.getprevious()
        while (
            before is not None
            and before.tag == later.tag
            and before.get(_ID) != begun
            and len(between) < _BETWEEN
        ):
            between.insert(0, before)
            before = before.getprevious()
        if begun is None or before is None or before.get(_ID) != begun or len(before) == 0:
            continue
        before[-1].extend(between)
        before.extend(list(later))
        if (parent := later.getparent()) is not None:
            parent.remove(later)


def _dress(content: _Element) -> None:
    """Bold and slope that a whole paragraph has by its own style, as if typed: in a span.

    LibreOffice saves it so; pandoc reads the styles of spans alone.
    """
    made: dict[str, str] = {}
    for style in list(content.iter(f"{_STYLE}style")):
        properties = style.find(f"{_STYLE}text-properties")
        name, parent = style.get(f"{_STYLE}name", ""), style.getparent()
        if style.get(f"{_STYLE}family") != "paragraph" or properties is None or parent is None:
            continue
        shown = {k: v for k, v in properties.attrib.items() if k in _SHOWN and v in _SHOWN[k]}
        if shown:
            made[name] = f"{name}-of-words"
            names = {f"{_STYLE}name": made[name], f"{_STYLE}family": "text"}
            dress = parent.makeelement(f"{_STYLE}style", names)
            dress.append(dress.makeelement(f"{_STYLE}text-properties", shown))
            parent.append(dress)
    for paragraph in content.iter(f"{_TEXT}p"):
        dressed = made.get(paragraph.get(f"{_TEXT}style-name", ""))
        if dressed:
            span = paragraph.makeelement(f"{_TEXT}span", {f"{_TEXT}style-name": dressed})
            span.text, paragraph.text = paragraph.text, None
            span.extend(list(paragraph))
            paragraph.append(span)


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
