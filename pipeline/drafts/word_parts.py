"""What pandoc does not see in a Word or ODT file, put where it does: no word is lost unsaid.

Readings above characters (ruby) and text boxes are left out by its readers, with what they stand
over or hold; comments too. They are settled in the XML beforehand, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STOPS = (f"{_W}tabs",)  # where tabs lead, in a paragraph's properties
_LABEL = re.compile(
    r"(?:[^\w\s]|[(（]?\w{1,3}[)）.．°])[\t ]+"
)  # behind which a tab parts no columns
_WIDE = re.compile(r"\S(?:\u3000{3,}| {5,})\S")
_MOST = 20  # remarks of one kind on words that are all in the text; the others are counted
_CITED, _COMMENT = 60, 400  # signs that are cited; a comment's words stand nowhere else


@dataclass(frozen=True)
class Names:
    """How a format calls its parts; ``words`` hold text, ``plain`` is what words are put in."""

    ruby: str
    base: str
    reading: str
    boxes: tuple[str, ...]
    anchors: tuple[str, ...]
    paragraph: str
    comment: str
    tab: str
    words: tuple[str, ...]
    plain: str


WORD = Names(
    ruby=f"{_W}ruby",
    base=f"{_W}rubyBase",
    reading=f"{_W}rt",
    boxes=(f"{_W}txbxContent",),
    anchors=(f"{_W}p",),
    paragraph=f"{_W}p",
    comment=f"{_W}comment",
    tab=f"{_W}tab",
    words=(f"{_W}t",),
    plain=f"{_W}t",
)
_SHAPES = tuple(
    _DRAW + name
    for name in (
        *("text-box", "custom-shape", "rect", "ellipse", "circle", "caption", "line", "connector"),
        *("polyline", "polygon", "regular-polygon", "path", "measure"),
    )
)
ODT = Names(
    ruby=f"{_TEXT}ruby",
    base=f"{_TEXT}ruby-base",
    reading=f"{_TEXT}ruby-text",
    boxes=_SHAPES,
    anchors=(f"{_TEXT}p", f"{_TEXT}h"),
    paragraph=f"{_TEXT}p",
    comment=f"{_OFFICE}annotation",
    tab=f"{_TEXT}tab",
    words=tuple(_TEXT + name for name in ("p", "h", "a", "span", "ruby-base", "ruby-text")),
    plain=f"{_TEXT}span",
)


def settle(
    documents: Sequence[_Element],
    comments: Sequence[_Element],
    names: Names,
    file: str,
    said: Sequence[tuple[str, str]] = (),
) -> list[Problem]:
    """Put readings behind their words and text boxes behind their paragraphs, in ``documents``.

    Returns remarks ``office-comment`` (one for each), ``office-ruby``, ``office-text-box``,
    ``office-page-box`` and ``office-tabs`` (columns, perhaps, that become spaces), with words;
    those that were ``said`` of these parts before are among them.
    """
    problems = []
    for comment in [found for part in comments for found in part.iter(names.comment)]:
        author = comment.get(f"{_W}author") or comment.findtext(f"{_DC}creator") or "?"
        words = _short(_words(comment, names), _COMMENT)
        values = {"author": author[:_CITED], "words": words}
        problems.append(Problem("office-comment", Place(file), values, Severity.REMARK))
        _leave_out(comment)
    found = list(said)
    for document in documents:
        found += [("office-ruby", words) for words in _readings(document, names)]
        found += _boxes(document, names)
        found += _columns(document, names)
    for rule in dict.fromkeys(rule for rule, _words in found):
        problems += _remarks(rule, [words for kind, words in found if kind == rule], file)
    return problems


def _remarks(rule: str, found: Sequence[str], file: str) -> Iterator[Problem]:
    for words in found[:_MOST]:
        yield Problem(rule, Place(file), {"words": _short(words, _CITED)}, Severity.REMARK)
    if found[_MOST:]:
        values = {"count": len(found) - _MOST, "words": _short(found[_MOST], _CITED)}
        yield Problem("office-more", Place(file), values, Severity.REMARK)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _words(element: _Element, names: Names) -> str:
    return " ".join("".join(_pieces(element, names)).split())


def _pieces(element: _Element, names: Names) -> Iterator[str]:
    """The words within an element in reading order, a space for a tab and after a paragraph."""
    held = element.tag in names.words
    if held:
        yield element.text or ""
    for inner in element:
        yield from _pieces(inner, names)
        if held:
            yield inner.tail or ""
    if element.tag in (names.tab, names.paragraph):
        yield " "


def _leave_out(element: _Element) -> None:
    """Take an element away, but not the words that follow it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _readings(document: _Element, names: Names) -> Iterator[str]:
    """湊 with みなと above it becomes 湊（みなと）."""
    for ruby in list(document.iter(names.ruby)):
        base, above = ruby.find(names.base), ruby.find(names.reading)
        parent = ruby.getparent()
        if base is None or parent is None:
            continue
        reading = _words(above, names) if above is not None else ""
        plain = parent.makeelement(names.plain)
        plain.text = _words(base, names) + (f"（{reading}）" if reading else "")
        plain.tail = ruby.tail
        parent.replace(ruby, plain)
        yield plain.text


def _boxes(document: _Element, names: Names) -> Iterator[tuple[str, str]]:
    """The paragraphs of a text box become those after the one that it is anchored in.

    One that is anchored to a page stays where the file has it. Gives the rule and the words.
    """
    ends: dict[_Element, _Element] = {}  # where the boxes of one anchor have come to
    for box in list(document.iter(*names.boxes)):
        above = list(box.iterancestors())
        anchors = [ancestor for ancestor in above if ancestor.tag in names.anchors]
        drawn = [box, *(each for each in above if str(each.tag).startswith(_DRAW))]  # on a page
        anchor = (anchors or drawn)[-1]
        if anchor.getparent() is None or next(box.iter(f"{_DRAW}image"), None) is not None:
            continue  # what holds a picture and its caption is read
        held = [inner for inner in box if str(inner.tag).startswith((_W, _TEXT, _TABLE))]
        for inner in held:
            box.remove(inner)
        if any(ancestor.tag == _FALLBACK for ancestor in above):
            _leave_out(box)
            continue  # the same words again, for programs that cannot draw the other
        words = " ".join(filter(None, (_words(inner, names) for inner in held)))
        for inner in held:
            ends.get(anchor, anchor).addnext(inner)
            ends[anchor] = inner
        if box.tag == f"{_W}txbxContent":  # pandoc drops the paragraph around an empty one
            _leave_out(box)
        if words:
            yield ("office-text-box" if anchors else "office-page-box"), words


def _columns(document: _Element, names: Names) -> Iterator[tuple[str, str]]:
    """The first of each run of paragraphs that tabs, or many spaces, part into columns."""
    last: tuple[_Element, str] | None = None
    begun = False
    for paragraph in document.iter(names.paragraph):
        laid = _LABEL.sub("", "".join(_laid(paragraph, names)).strip())
        rule = "office-tabs" if "\t" in laid else "office-spaces" if _WIDE.search(laid) else ""
        if rule and last is not None and paragraph.getprevious() is last[0]:
            if not begun:
                yield last[1], _words(last[0], names)
            begun = True
        else:
            begun = False
        last = (paragraph, rule) if rule else None


def _laid(element: _Element, names: Names) -> Iterator[str]:
    """The words of a paragraph as they are spaced out."""
    held = element.tag in names.words
    if held:
        yield element.text or ""
    for inner in element:
        if inner.tag == names.tab and element.tag not in _STOPS:
            yield "\t"
        elif inner.tag == f"{_TEXT}s":
            yield " " * min(_CITED, int(inner.get(f"{_TEXT}c", "1") or 1))
        yield from _laid(inner, names)
        if held:
            yield inner.tail or ""
