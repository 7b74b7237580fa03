"""Runs and fields of a Word document whose words pandoc drops, put in a form that it reads.

Sources: ECMA-376 part 1, 17.16 (fields; EQ in 17.16.5.17), 17.3.2.41 (hidden text), 17.3.1.11 (drop
caps); what pandoc drops was seen with 3.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_OFF = ("0", "false", "off")
# Of a run that holds one of these pandoc reads nothing else.
_ALONE = (f"{_W}drawing", f"{_W}pict", f"{_W}object", f"{_W}footnoteReference",
          f"{_W}endnoteReference", f"{_W}ruby", _ALTERNATE)  # fmt: skip
# What words may stand in without changing, and of what each thing is another form.
_AROUND = (f"{_W}customXml", f"{_W}smartTag", f"{_W}bdo", f"{_W}dir")
_SAME = {f"{_W}cr": f"{_W}br", f"{_W}ptab": f"{_W}tab"}
_PROPERTIES = (f"{_W}customXmlPr", f"{_W}smartTagPr")
_SIGNS = "○〇◯□△◇"
_RAISED = re.compile(r"\\s\s*\\up\s*\d*\s*\(([^()]*)\)\s*[,;]?")
_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)|\\[a-z]+\s*\d*', re.IGNORECASE)

Said = tuple[str, str]
"""A rule of the catalogue and the words that it is said of."""


def settle_runs(document: _Element) -> list[Said]:
    """Make readable, in place, what pandoc would drop; returns what is to be said of it."""
    said = [("office-contents", words) for words in _contents(document)]
    said += list(_hidden(document))
    said += [("office-field", words) for words in _equations(document)]
    for field in list(document.iter(f"{_W}fldSimple")):
        if field.get(f"{_W}instr", "").strip().upper().startswith("HYPERLINK"):
            _at_length(field)
        _unwrap(field)
    for around in list(document.iter(*_AROUND)):
        _unwrap(around)
    for element in document.iter(*_SAME):
        element.tag = _SAME[element.tag]
    for run in list(document.iter(f"{_W}r")):
        _split(run)
    for initial in list(document.iter(f"{_W}framePr")):
        _drop_cap(initial)
    for broken in reversed(list(document.iter(f"{_W}br"))):  # each moves what is behind it
        if broken.get(f"{_W}type") in ("page", "column"):
            _end_paragraph(broken)
    said += list(_drawn_words(document))
    return said


def _is_on(properties: _Element | None, name: str) -> bool:
    found = None if properties is None else properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "1") not in _OFF


def _text(element: _Element) -> str:
    return "".join(inner.text or "" for inner in element.iter(f"{_W}t"))


def _hidden(document: _Element) -> Iterator[Said]:
    """Take out the words that their author hid: neither screen nor paper showed them."""
    for paragraph in document.iter(f"{_W}p"):
        words = ""
        for run in list(paragraph.iter(f"{_W}r")):
            if _is_on(run.find(f"{_W}rPr"), "vanish") and _text(run):
                words += _text(run)
                _remove(run)
        if words.strip():
            yield "office-hidden", words


def _contents(document: _Element) -> Iterator[str]:
    """Take out tables of contents, which the layout makes anew."""
    for gallery in list(document.iter(f"{_W}docPartGallery")):
        part = next(gallery.iterancestors(f"{_W}sdt"), None)
        if gallery.get(f"{_W}val") == "Table of Contents" and part is not None:
            yield _line(part)
            _remove(part)
    held: list[_Element] = []  # the paragraphs of one that stands in the text as a field
    depth = 0
    for element in list(document.iter(f"{_W}p", f"{_W}fldChar", f"{_W}instrText")):
        kind = element.get(f"{_W}fldCharType")
        depth += (kind == "begin") - (kind == "end")
        if element.tag == f"{_W}p" and held:
            held.append(element)
        elif depth == 1 and (element.text or "").upper().split()[:1] == ["TOC"]:
            held = list(element.iterancestors(f"{_W}p"))[:1]
        elif held and not depth:
            yield " ".join(map(_line, held))
            for paragraph in held:
                _remove(paragraph)
            held = []


def _line(element: _Element) -> str:
    """The words of an element, with a space for a tab and after a paragraph."""
    tags = (f"{_W}t", f"{_W}tab", f"{_W}p")
    words = "".join((e.text or "") if e.tag == tags[0] else " " for e in element.iter(*tags))
    return " ".join(words.split())


def _at_length(field: _Element) -> None:
    """A link as a field of one element, as one of several, which is read."""
    for kind, before in (("begin", True), ("separate", True), ("end", False)):
        run = field.makeelement(f"{_W}r")
        run.append(run.makeelement(f"{_W}fldChar", {f"{_W}fldCharType": kind}))
        (field.addprevious if before else field.addnext)(run)
        if kind == "begin":
            said = run.makeelement(f"{_W}instrText")
            said.text = field.get(f"{_W}instr")
            held = field.makeelement(f"{_W}r")
            held.append(said)
            field.addprevious(held)


def _equations(document: _Element) -> Iterator[str]:
    """EQ fields, by which Word sets readings and enclosed signs without ruby, as their words."""
    for paragraph in document.iter(f"{_W}p"):
        held: list[_Element] = []  # the runs of the field that is being read
        depth = 0
        for run in list(paragraph.iter(f"{_W}r")):
            mark = run.find(f"{_W}fldChar")
            kind = mark.get(f"{_W}fldCharType") if mark is not None else ""
            depth += kind == "begin"
            if depth:
                held.append(run)
            depth -= kind == "end" and depth > 0
            if held and not depth:
                words = _said_by("".join(_instructions(held)))
                if words:
                    _put(held[0], words)
                    for each in held:
                        _remove(each)
                    yield words
                held = []


def _instructions(runs: list[_Element]) -> Iterator[str]:
    for run in runs:
        yield from (inner.text or "" for inner in run.iter(f"{_W}instrText"))


def _said_by(instruction: str) -> str:
    r"""The words of an EQ field; empty for other fields.

    >>> _said_by(r' EQ \* jc2 \* "Font:MS 明朝" \* hps10 \o\ad(\s\up 9(きしもと),岸本)')
    '岸本（きしもと）'
    >>> _said_by(r" eq \o\ac(○,秘)"), _said_by(r" EQ \f(1,2) "), _said_by(" PAGE ")
    ('秘', '1/2', '')
    """
    kind, _space, rest = instruction.strip().partition(" ")
    if kind.upper() != "EQ":
        return ""
    raised = _RAISED.search(rest)
    reading = f"（{raised[1]}）" if raised else ""
    parts = re.split(r"[(),;]", _SWITCH.sub("", _RAISED.sub("", rest)))
    words = [part.strip() for part in parts if part.strip() and part.strip() not in _SIGNS]
    return ("/" if "\\f" in rest else "").join(words) + reading


def _split(run: _Element) -> None:
    """A run for each thing in it, where one thing would hide the others."""
    inner = [each for each in run if each.tag != f"{_W}rPr"]
    parent = run.getparent()
    if parent is None or len(inner) < 2 or not any(each.tag in _ALONE for each in inner):  # noqa: PLR2004
        return
    properties = run.find(f"{_W}rPr")
    for each in inner:
        part = parent.makeelement(f"{_W}r")
        part.extend([deepcopy(properties)] if properties is not None else [])
        run.addprevious(part)
        part.append(each)
    parent.remove(run)


def _drop_cap(frame: _Element) -> None:
    """The great initial, a paragraph by itself, put back before the words that it begins."""
    initial = next(frame.iterancestors(f"{_W}p"), None)
    following = initial.getnext() if initial is not None else None
    if frame.get(f"{_W}dropCap") is None or initial is None or following is None:
        return
    if following.tag != f"{_W}p":
        return
    properties = following.find(f"{_W}pPr")
    runs = [each for each in initial if each.tag != f"{_W}pPr"]
    at = 0 if properties is None else 1
    following[at:at] = runs
    _remove(initial)


def _end_paragraph(broken: _Element) -> None:
    """A page or column that ends within a paragraph ends it: what follows is another."""
    run = broken.getparent()
    paragraph = run.getparent() if run is not None else None
    if run is None or paragraph is None or paragraph.tag != f"{_W}p":
        return
    rest = paragraph.makeelement(f"{_W}p")
    properties = paragraph.find(f"{_W}pPr")
    rest.extend([deepcopy(properties)] if properties is not None else [])
    behind = list(broken.itersiblings())
    after = list(run.itersiblings())
    run.remove(broken)
    if behind:
        part = rest.makeelement(f"{_W}r")
        own = run.find(f"{_W}rPr")
        part.extend([*([deepcopy(own)] if own is not None else []), *behind])
        rest.append(part)
    rest.extend(after)
    if _text(rest) or any(each.tag != f"{_W}pPr" for each in rest):
        paragraph.addnext(rest)


def _drawn_words(document: _Element) -> Iterator[Said]:
    """The words of WordArt, which an attribute holds, behind the paragraph where it stands."""
    for path in list(document.iter(f"{_VML}textpath")):
        anchor = next(path.iterancestors(f"{_W}p"), None)
        words = path.get("string", "").strip()
        if anchor is not None and words:
            added = anchor.makeelement(f"{_W}p")
            run = added.makeelement(f"{_W}r")
            added.append(run)
            run.append(_written(run, words))
            anchor.addnext(added)
            yield "office-text-box", words


def _put(before: _Element, words: str) -> None:
    run = before.makeelement(f"{_W}r")
    run.append(_written(run, words))
    before.addprevious(run)


def _written(parent: _Element, words: str) -> _Element:
    made = parent.makeelement(f"{_W}t")
    made.text = words
    return made


def _unwrap(element: _Element) -> None:
    for inner in list(element):
        if inner.tag not in _PROPERTIES:
            element.addprevious(inner)
    _remove(element)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
