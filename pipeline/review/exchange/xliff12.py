"""XLIFF 1.2 (OASIS, 2008), which most tools still read best.

Codes are ``<ph>`` with their Markdown inside, states those of the standard, the old source an
``alt-trans`` of the type ``previous-version``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from lxml import etree

from pipeline import __version__
from pipeline.review.exchange import xliff
from pipeline.review.exchange.codes import coded
from pipeline.review.exchange.rows import Bundle, Returns, Row, Standing

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_STATES = {
    Standing.NEW: "new",
    Standing.DRAFT: "needs-review-translation",
    Standing.DONE: "translated",
    Standing.APPROVED: "final",
}
_APPROVED = frozenset({"final", "signed-off"})


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def write(bundle: Bundle) -> bytes:
    """An XLIFF 1.2 file of ``bundle``: a ``file`` for each counterpart."""
    root = etree.fromstring(f'<xliff xmlns="{NAMESPACE}" version="1.2"/>')
    for path, rows in xliff.by_file(bundle.rows):
        file = etree.SubElement(root, _q("file"), original=path, datatype="plaintext")
        file.set("source-language", bundle.source)
        file.set("target-language", bundle.target)
        file.set("product-name", "Actes")
        file.set("product-version", __version__)
        note = etree.SubElement(etree.SubElement(file, _q("header")), _q("note"))
        note.set("from", xliff.ROWS)
        note.text = str(len(bundle.rows))
        body = etree.SubElement(file, _q("body"))
        for row in rows:
            body.append(_unit(row))
            body[-1].tail = "\n"
    return xliff.serialised(root)


def _unit(row: Row) -> etree._Element:
    codes = coded(row.source, row.text)
    unit = etree.Element(_q("trans-unit"), id=row.key)
    unit.set(xliff.SPACE, "preserve")
    if row.standing is Standing.APPROVED:
        unit.set("approved", "yes")

    def code(number: int) -> etree._Element:
        element = etree.Element(_q("ph"), id=str(number))
        element.text = codes.marks[number]
        return element

    xliff.fill(etree.SubElement(unit, _q("source")), codes.source, code)
    target = etree.SubElement(unit, _q("target"), state=_STATES[row.standing])
    xliff.fill(target, codes.text, code)
    for category, words in xliff.notes_of(row, codes):
        if category in (xliff.PREVIOUS, xliff.PROPOSAL):
            unit.append(_alternative(category, words, row))
        else:
            note = etree.SubElement(unit, _q("note"))
            note.set("from", category)
            note.text = words
    return unit


def _alternative(category: str, words: str, row: Row) -> etree._Element:
    """The old source with the words that answered it, or what the machine proposes now."""
    previous = category == xliff.PREVIOUS
    found = etree.Element(_q("alt-trans"))
    found.set("alttranstype", "previous-version" if previous else "proposal")
    found.set("origin", category)
    if previous:
        etree.SubElement(found, _q("source")).text = words
    etree.SubElement(found, _q("target")).text = row.text if previous else words
    return found


def read(content: bytes, path: str) -> Returns:
    """The rows of an XLIFF 1.2 file, whatever else a tool put into it.

    Raises ActesError as `xliff.returns`.
    """
    return xliff.returns(content, path, _q("trans-unit"), _look, _counts)


def _look(unit: etree._Element) -> xliff.Unit:
    return xliff.Unit(
        unit.get("id", ""),
        xliff.by_writer((note.get("from", ""), note.text) for note in unit.findall(_q("note"))),
        _marks(unit),
        unit.find(_q("source")),
        unit.find(_q("target")),
        partial(_standing, unit),
    )


def _counts(root: etree._Element) -> list[str]:
    header = f"{_q('file')}/{_q('header')}/{_q('note')}"
    return [note.text or "" for note in root.iterfind(header) if note.get("from") == xliff.ROWS]


def _marks(unit: etree._Element) -> Mapping[int, str]:
    """The Markdown of each code, as the source and the target say it."""
    found: dict[int, str] = {}
    for side in ("source", "target"):
        for code in unit.iterfind(f"{_q(side)}//{_q('ph')}"):
            if code.get("id", "").isdecimal():
                found.setdefault(int(code.get("id", "0")), code.text or "")
    return found


def _standing(unit: etree._Element, text: str | None) -> Standing:
    target = unit.find(_q("target"))
    state = target.get("state", "") if target is not None else ""
    if text == "":
        return Standing.NEW
    if unit.get("approved") == "yes" or state in _APPROVED:
        return Standing.APPROVED
    return Standing.DRAFT if state.startswith("needs-") or state == "new" else Standing.DONE
