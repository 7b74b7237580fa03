"""XLIFF 2.1 (OASIS, 2018).

Codes are ``<ph>`` whose Markdown stands in ``originalData``; a state that a person must look at is
``initial`` with words, as the standard's own tools read it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

from lxml import etree

from pipeline.errors import Place, Problem
from pipeline.review.exchange import xliff
from pipeline.review.exchange.bounds import line_of, parsed
from pipeline.review.exchange.codes import coded
from pipeline.review.exchange.rows import Bundle, Returned, Returns, Row, Standing, parse_record

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

    Raises ActesError as `bounds.parsed` and `xliff.rows_of`.
    """
    root = parsed(content, path)
    rows: list[Returned] = []
    problems: list[Problem] = []
    for unit in xliff.rows_of(root, _q("unit"), path):
        place = Place(path, line_of(unit))
        notes = _notes(unit)
        record = parse_record("\n".join(notes.get(xliff.RECORD, ())))
        if record is None:
            problems.append(Problem("exchange-unknown-row", place))
            continue
        marks, target = _marks(unit), _whole(unit, "target")
        wanted = " ".join(notes.get(xliff.CODES, ()))
        text, wrong = xliff.text_of(target, wanted, marks, place)
        source, _wrong = xliff.text_of(_whole(unit, "source"), "", marks, place)
        own = "\n".join(notes.get(xliff.TRANSLATOR, ()))
        rows.append(
            Returned(
                unit.get("name", ""),
                *record,
                text,
                _standing(unit, text),
                place,
                own,
                wrong,
                source,
            )
        )
    header = f"{_q('file')}/{_q('notes')}/{_q('note')}"
    counts = [n.text or "" for n in root.iterfind(header) if n.get("category") == xliff.ROWS]
    return Returns(tuple(rows), xliff.count_in(counts), tuple(problems))


def _notes(unit: etree._Element) -> Mapping[str, list[str]]:
    """Notes by category; those of other tools and people are the translator's."""
    found: dict[str, list[str]] = {}
    for note in unit.iterfind(f"{_q('notes')}/{_q('note')}"):
        said = note.get("category", "")
        category = said if said.startswith("actes") else xliff.TRANSLATOR
        found.setdefault(category, []).append(note.text or "")
    return found


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
