"""The finishing pass over the document pandoc wrote: obeys the marks, completes what is there.

Each step goes through the tree once, so the time grows with the document and no faster.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from pipeline.publishing.word.marks import (
    BarBegins,
    BarEnds,
    Leads,
    Mark,
    Opening,
    SectionEnds,
    TableFollows,
)
from pipeline.publishing.word.xml import R, border, properties, put, w

_P, _TABLE, _ROW, _NUMBERING = w("p"), w("tbl"), w("tr"), w("numPr")
_MOST_ROWS = 14
_BAR_COLOUR = "9A3412"
_BAR_GAP, _WIDEST_GAP, _TWIPS_PER_POINT = 8, 31, 20  # 31 points: the schema's limit
LIST_STEP = 360  # twips: each level of a list stands this much further in


class Pages(Protocol):
    """What a section needs from the package: its page and its header and footer parts."""

    def section(self, end: SectionEnds) -> etree._Element:
        """The ``w:sectPr`` of a section."""


@dataclass(frozen=True)
class Finisher:
    """Finishes the document of one edition."""

    marks: Sequence[Mark]
    styles: Mapping[str, str]
    indents: Mapping[str, int]
    pages: Pages

    def finish(self, root: etree._Element) -> None:
        """All of it, in place."""
        self._tables(root)
        self._lists(root)
        self._obey(root)

    def _lists(self, root: etree._Element) -> None:
        """Paragraphs of lists in Word's own style: pandoc leaves loose ones without any."""
        style = self.styles["list paragraph"]
        for numbering in root.iter(_NUMBERING):
            container = numbering.getparent()
            if container is not None:
                put(container, "pStyle", val=style)

    def _tables(self, root: etree._Element) -> None:
        data = self.styles["table"]
        framed = self.styles["actes box frame"]
        for table in root.iter(_TABLE):
            look = properties(table, "tblPr")
            style = look.find(w("tblStyle"))
            name = style.get(w("val")) if style is not None else ""
            if name == data:
                put(look, "tblW", w="5000", type="pct")
                _keep_whole(table)
            if name == framed:
                continue  # a box may be longer than a page
            for row in table.findall(_ROW):
                own = properties(row, "trPr")
                if own.find(w("cantSplit")) is None:
                    own.insert(0, etree.Element(w("cantSplit")))

    # -- marks ----------------------------------------------------------------------------------

    def _obey(self, root: etree._Element) -> None:
        barred: etree._Element | None = None
        for instruction in list(root.iter(etree.ProcessingInstruction)):
            mark = self.marks[int(instruction.text or "")]
            parent = instruction.getparent()
            if parent is None:
                continue
            match mark:
                case Opening():
                    _open(parent, mark)
                case TableFollows():
                    _describe(instruction.getnext(), mark.caption)
                case Leads():
                    put(properties(parent, "pPr"), "keepNext", val=str(int(mark.really)))
                case BarBegins():
                    barred = instruction
                    continue
                case BarEnds():
                    if barred is not None:
                        self._bar(barred, instruction)
                        _remove(barred)
                    barred = None
                case SectionEnds():
                    self._end_section(instruction, mark)
            _remove(instruction)

    def _bar(self, begin: etree._Element, end: etree._Element) -> None:
        """A bar at the left of everything between two marks, in one line whatever the indents."""
        element = begin.getnext()
        while element is not None and element is not end:
            if element.tag == _P:
                own = properties(element, "pPr")
                gap = _BAR_GAP + self._indent(own) // _TWIPS_PER_POINT
                border(own, "left", _BAR_COLOUR, 12, min(gap, _WIDEST_GAP))
            elif element.tag == _TABLE:
                edges = put(properties(element, "tblPr"), "tblBorders")
                left = etree.SubElement(edges, w("left"))
                for key, value in (("val", "single"), ("sz", "12"), ("space", "0"),
                                   ("color", _BAR_COLOUR)):  # fmt: skip
                    left.set(w(key), value)
            element = element.getnext()

    def _indent(self, own: etree._Element) -> int:
        level = own.find(f"{_NUMBERING}/{w('ilvl')}")
        if level is not None:
            return LIST_STEP * int(level.get(w("val"), "0"))
        style = own.find(w("pStyle"))
        return self.indents.get(style.get(w("val"), ""), 0) if style is not None else 0

    def _end_section(self, instruction: etree._Element, mark: SectionEnds) -> None:
        section = self.pages.section(mark)
        following = instruction.getnext()
        if following is not None and following.tag == w("sectPr"):
            # The last section's properties stand at the end of the body, not in a paragraph.
            parent = following.getparent()
            if parent is not None:
                parent.replace(following, section)
            return
        previous = instruction.getprevious()
        while previous is not None and previous.tag in (w("bookmarkEnd"), w("bookmarkStart")):
            previous = previous.getprevious()
        if previous is None or previous.tag != _P or _has_section(previous):
            previous = etree.Element(_P)
            put(properties(previous, "pPr"), "pStyle", val=self.styles["actes section end"])
            instruction.addprevious(previous)
        own = properties(previous, "pPr")
        put(own, "sectPr")
        placeholder = own.find(w("sectPr"))
        if placeholder is not None:
            own.replace(placeholder, section)


def _has_section(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None


def _keep_whole(table: etree._Element) -> None:
    """No page ends within a table of a few rows: each leads to the next."""
    rows = table.findall(_ROW)
    if len(rows) <= _MOST_ROWS:
        for row in rows[:-1]:
            for paragraph in row.iter(_P):
                put(properties(paragraph, "pPr"), "keepNext")


def _open(paragraph: etree._Element, mark: Opening) -> None:
    own = properties(paragraph, "pPr")
    if mark.new_page:
        put(own, "pageBreakBefore")
    if mark.spacing:
        after, line = map(str, mark.spacing)
        put(own, "spacing", after=after, line=line, lineRule="exact")
    if mark.colour:
        border(own, "bottom", mark.colour, 36 if mark.part else 12, 8)


def _describe(table: etree._Element | None, caption: str) -> None:
    if table is not None and table.tag == _TABLE and caption:
        put(properties(table, "tblPr"), "tblCaption", val=caption)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def set_lists(numbering: etree._Element, share: float = 1.0) -> None:
    """Lists that begin at the margin, a dot before items and a dash before what is below them.

    ``share`` is that of a copy in larger type: the numbers of its items take as much more.
    """
    step = round(LIST_STEP * max(1, share))
    for level in numbering.iter(w("lvl")):
        depth = int(level.get(w("ilvl"), "0"))
        indent = put(_paragraph_of(level), "ind")
        indent.set(w("left"), str(step * (depth + 1)))
        indent.set(w("hanging"), str(step))
        form, sign = level.find(w("numFmt")), level.find(w("lvlText"))
        if form is not None and sign is not None and form.get(w("val")) == "bullet":
            if sign.get(w("val"), "").strip():  # pandoc's lists without a sign go on a list
                sign.set(w("val"), "–" if depth else "•")
            for look in level.findall(w("rPr")):
                level.remove(look)


def set_notes(notes: etree._Element) -> None:
    """A tab after the number of a note, so that all its lines begin at one place."""
    for number in notes.iter(w("footnoteRef")):
        run = number.getparent()
        following = run.getnext() if run is not None else None
        words = following.find(w("t")) if following is not None else None
        if following is not None and words is not None and words.text == " ":
            following.replace(words, etree.Element(w("tab")))


def _paragraph_of(level: etree._Element) -> etree._Element:
    """The paragraph properties of a level; they stand after its number, not first."""
    found = level.find(w("pPr"))
    return found if found is not None else etree.SubElement(level, w("pPr"))


def relationships_used(root: etree._Element) -> set[str]:
    """The ids of the pictures that a part shows."""
    embed = f"{{{R}}}embed"
    blips = root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")
    return {blip.get(embed, "") for blip in blips}
