"""XLIFF 2.1 (OASIS, 2018).

Codes are ``<ph>`` whose Markdown stands in ``originalData``; a state that a person must look at is
``initial`` with words, as the standard's own tools read it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import partial

from lxml import etree

from pipeline.review.exchange import xliff
from pipeline.review.exchange.codes import coded
from pipeline.review.exchange.rows import Bundle, Returns, Row, Standing

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"  # of 2.1 too
_STATES = {
    Standing.NEW: "initial",
    Standing.DRAFT: "initial",
    Standing.DONE: "translated",
    Standing.APPROVED: "final",
}
_APPROVED = frozenset({"reviewed", "final"})


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def write(bundle: Bundle) -> bytes:
    """An XLIFF 2.1 file of ``bundle``: a ``file`` for each counterpart."""
    root = etree.fromstring(f'<xliff xmlns="{NAMESPACE}" version="2.1"/>')
    root.set("srcLang", bundle.source)
    root.set("trgLang", bundle.target)
    number = 0
    for index, (path, rows) in enumerate(xliff.by_file(bundle.rows), 1):
        file = etree.SubElement(root, _q("file"), id=f"f{index}", original=path)
        note = etree.SubElement(etree.SubElement(file, _q("notes")), _q("note"))
        note.set("category", xliff.ROWS)
        note.text = str(len(bundle.rows))
        for row in rows:
            number += 1
            file.append(_unit(row, f"u{number}"))
            file[-1].tail = "\n"
    return xliff.serialised(root)


def _unit(row: Row, identifier: str) -> etree._Element:
    codes = coded(row.source, row.text)
    unit = etree.Element(_q("unit"), id=identifier, name=row.key)
    unit.set(xliff.SPACE, "preserve")
    notes = etree.SubElement(unit, _q("notes"))
    for category, words in xliff.notes_of(row, codes):
        etree.SubElement(notes, _q("note"), category=category).text = words
    if codes.marks:
        originals = etree.SubElement(unit, _q("originalData"))
        for number, mark in codes.marks.items():
            data = etree.SubElement(originals, _q("data"), id=f"d{number}")
            data.set(xliff.SPACE, "preserve")
            data.text = mark
    segment = etree.SubElement(unit, _q("segment"), id="s1", state=_STATES[row.standing])

    def code(number: int) -> etree._Element:
        found = etree.Element(_q("ph"), id=str(number), dataRef=f"d{number}")
        found.set("disp", codes.marks[number])
        found.set("canCopy", "no")
        if number in codes.wanted:
            found.set("canDelete", "no")
        return found

    xliff.fill(etree.SubElement(segment, _q("source")), codes.source, code)
    xliff.fill(etree.SubElement(segment, _q("target")), codes.text, code)
    return unit


def read(content: bytes, path: str) -> Returns:
    """The rows of an XLIFF 2 file; segments that a tool cut are joined again.

    Raises ActesError as `xliff.returns`.
    """
    return xliff.returns(content, path, _q("unit"), _look, _counts)


def _look(unit: etree._Element) -> xliff.Unit:
    notes = unit.iterfind(f"{_q('notes')}/{_q('note')}")
    return xliff.Unit(
        unit.get("name", ""),
        xliff.by_writer((note.get("category", ""), note.text) for note in notes),
        _marks(unit),
        _whole(unit, "source"),
        _whole(unit, "target"),
        partial(_standing, unit),
    )


def _counts(root: etree._Element) -> list[str]:
    header = f"{_q('file')}/{_q('notes')}/{_q('note')}"
    return [note.text or "" for note in root.iterfind(header) if note.get("category") == xliff.ROWS]


def _whole(unit: etree._Element, side_of: str) -> etree._Element:
    """The sources or targets of all segments, and what stands between them, as one element."""
    whole = etree.Element(_q(side_of))
    for piece in unit.iterchildren(_q("segment"), _q("ignorable")):
        side = piece.find(_q(side_of))
        if side is None and piece.tag == _q("ignorable"):
            side = piece.find(_q("source"))
        if side is None:
            continue
        last = whole[-1] if len(whole) else None
        if last is None:
            whole.text = (whole.text or "") + (side.text or "")
        else:
            last.tail = (last.tail or "") + (side.text or "")
        whole.extend(copy.deepcopy(child) for child in side)
    return whole


def _marks(unit: etree._Element) -> Mapping[int, str]:
    """The Markdown of each code."""
    data = {
        found.get("id", ""): found.text or ""
        for found in unit.iterfind(f"{_q('originalData')}/{_q('data')}")
    }
    return {
        int(code.get("id", "0")): data[code.get("dataRef", "")]
        for code in unit.iter(_q("ph"))
        if code.get("id", "").isdecimal() and code.get("dataRef", "") in data
    }


def _standing(unit: etree._Element, text: str | None) -> Standing:
    states = [segment.get("state", "initial") for segment in unit.iterchildren(_q("segment"))]
    if text == "":
        return Standing.NEW
    if states and all(state in _APPROVED for state in states):
        return Standing.APPROVED
    return Standing.DONE if all(state != "initial" for state in states) else Standing.DRAFT
