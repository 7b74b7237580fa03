"""The parts of a Word file around its text: headers, footers, properties, settings; and the ZIP."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.proceedings.book import Book
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.marks import SectionEnds
from pipeline.publishing.word.reference import allowed_target
from pipeline.publishing.word.xml import R, W, parse, serialise, w

_FIXED = (1980, 1, 1, 0, 0, 0)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
_PAGE_SIZE = {"w": "11906", "h": "16838"}
_MARGINS = {"top": "1701", "right": "1418", "bottom": "1588", "left": "1418", "header": "794",
            "footer": "737", "gutter": "0"}  # fmt: skip
_DOCUMENT_RELATIONSHIPS = "word/_rels/document.xml.rels"


@dataclass
class Package:
    """A Word file in memory: its parts by name, and the page of its sections.

    ``foot`` is what stands above the page number, as XML: the places for initials.
    """

    parts: dict[str, bytes]
    book: Book
    styles: Mapping[str, str]
    foot: str = ""
    base: etree._Element = field(default_factory=lambda: etree.Element(w("sectPr")))
    _made: dict[tuple[str, tuple[str, str]], str] = field(default_factory=dict)
    _relationships: list[tuple[str, str, str]] = field(default_factory=list)

    # -- relationships and content types --------------------------------------------------------

    def relate(self, identifier: str, kind: str, target: str) -> str:
        """A relationship of the main document, written by `finish`."""
        self._relationships.append((identifier, f"{_OFFICE}/{kind}", target))
        return identifier

    def add_pictures(self, files: Mapping[str, bytes], used: Mapping[str, set[str]]) -> None:
        """The pictures, each related to the parts (by file of relationships) that show it."""
        for identifier, png in files.items():
            name = f"media/{identifier.removeprefix('rIdP').lower()}.png"
            self.parts[f"word/{name}"] = png
            for relationships, identifiers in used.items():
                if identifier in identifiers:
                    self._append(relationships, [(identifier, f"{_OFFICE}/image", name)])

    def _append(self, part: str, entries: Iterable[tuple[str, str, str]]) -> None:
        root = parse(self.parts.get(part, f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()))
        for identifier, kind, target in entries:
            etree.SubElement(
                root, f"{{{_RELATIONSHIPS}}}Relationship", Id=identifier, Type=kind, Target=target
            )
        self.parts[part] = serialise(root)

    def _declare(self, overrides: Iterable[tuple[str, str]]) -> None:
        root = parse(self.parts["[Content_Types].xml"])
        known = {element.get("Extension", "").lower() for element in root}
        if "png" not in known:
            root.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension="png",
                                         ContentType="image/png"))  # fmt: skip
        for name, mime in overrides:
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=name, ContentType=mime)
        self.parts["[Content_Types].xml"] = serialise(root)

    # -- sections, headers, footers -------------------------------------------------------------

    def section(self, end: SectionEnds) -> etree._Element:
        """A section's properties: page, header, footer, columns (ISO/IEC 29500-1, 17.6.17)."""
        section = etree.Element(w("sectPr"), nsmap={"w": W, "r": R})
        self._margins(section, end)
        if end.first_note:
            notes = etree.SubElement(section, w("footnotePr"))
            etree.SubElement(notes, w("numStart")).set(w("val"), str(end.first_note))
            etree.SubElement(notes, w("numRestart")).set(w("val"), "eachSect")
        etree.SubElement(section, w("type")).set(w("val"), end.turn)
        for name, defaults in (("pgSz", _PAGE_SIZE), ("pgMar", _MARGINS)):
            own = self.base.find(w(name))
            element = copy.deepcopy(own) if own is not None else etree.Element(w(name))
            if own is None:
                for key, value in defaults.items():
                    element.set(w(key), value)
            section.append(element)
        columns = etree.SubElement(section, w("cols"))
        columns.set(w("num"), str(end.columns))
        columns.set(w("space"), "567")
        if end.opens and end.turn != "continuous":
            etree.SubElement(section, w("titlePg"))
        return section

    def _margins(self, section: etree._Element, end: SectionEnds) -> None:
        """Headers and footers: the reference document's own where it has some, else ours."""
        own = self.base.findall(w("headerReference")), self.base.findall(w("footerReference"))
        if own[0]:
            section.extend(copy.deepcopy(reference) for reference in own[0])
        else:
            opening = SectionEnds("none")
            _refer(section, "header", "first", self._header(opening))
            _refer(section, "header", "default", self._header(end))
        if own[1]:
            section.extend(copy.deepcopy(reference) for reference in own[1])
        else:
            for kind in ("first", "default"):
                _refer(section, "footer", kind, self._footer(bare=end == SectionEnds("none")))

    def _header(self, end: SectionEnds) -> str:
        """The id of the header with a section's running words; openings have only the mark."""
        theme, title = end.running
        style = x.quoted(self.styles["header"])
        start = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>'
        code = self._draft_mark()
        if end.header == "part":
            code += (f"{start}</w:pPr>{x.field('STYLEREF 1', theme)}{x.TAB}"
                     f"{x.field('STYLEREF 2', title)}</w:p>")  # fmt: skip
        elif end.header in ("left", "right"):
            across = x.TAB if end.header == "right" else ""
            field = x.field(f'STYLEREF "{theme}"', title)
            code += f"{start}</w:pPr>{across}{field}</w:p>"
        elif end.header == "chapter":
            code += f"{start}</w:pPr>{x.TAB}{x.field('STYLEREF 1', theme)}</w:p>"
        if not code:
            end_style = x.quoted(self.styles["actes section end"])
            code = f'<w:p><w:pPr><w:pStyle w:val="{end_style}"/></w:pPr></w:p>'
        return self._margin_part("header", "hdr", (end.header, end.running), code)

    def _footer(self, bare: bool) -> str:
        """The id of the footer with the page number; a cover's is empty."""
        style = x.quoted(self.styles["footer"])
        above = "" if bare else self.foot
        apart = '<w:spacing w:before="120"/>' if above else ""
        code = f'{above}<w:p><w:pPr><w:pStyle w:val="{style}"/>{apart}</w:pPr>'
        if not bare:
            for part in _split_fields(self.book.labels.get("page-of", "{page}")):
                name = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(part)
                code += x.field(name, "1") if name else x.run(part)
        return self._margin_part("footer", "ftr", (str(bare), ("", "")), code + "</w:p>")

    def _margin_part(
        self, kind: str, root: str, key: tuple[str, tuple[str, str]], code: str
    ) -> str:
        made = (f"{kind} {key[0]}", key[1])
        if made not in self._made:
            number = 1 + sum(name.startswith(kind) for name, _running in self._made)
            name = f"actes-{kind}{number}.xml"
            content = f"<w:{root} {_NAMESPACES}>{code}</w:{root}>"
            self.parts[f"word/{name}"] = serialise(parse(content.encode("utf-8")))
            self._made[made] = self.relate(f"rIdActes{kind}{number}", kind, name)
        return self._made[made]

    def _draft_mark(self) -> str:
        words = self.book.labels.get("draft-mark", "") if self.book.draft else ""
        if not words:
            return ""
        style = x.quoted(self.styles["actes draft mark"])
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{x.run(words)}</w:p>'

    def mark_own_margins(self) -> None:
        """A draft's mark, and places for initials, in what the reference document brought."""
        for kind, code in (("header", self._draft_mark()), ("footer", self.foot)):
            for reference in self.base.findall(w(f"{kind}Reference")) if code else ():
                self._insert(reference.get(f"{{{R}}}id"), code)

    def _insert(self, identifier: str | None, code: str) -> None:
        """Put XML first in a header or footer, found by its relationship."""
        for relation in parse(self.parts[_DOCUMENT_RELATIONSHIPS]):
            name = f"word/{relation.get('Target', '')}"
            if relation.get("Id") == identifier and name in self.parts:
                margin = parse(self.parts[name])
                margin.insert(0, parse(f"<w:hdr {_NAMESPACES}>{code}</w:hdr>".encode())[0])
                self.parts[name] = serialise(margin)

    # -- the whole ------------------------------------------------------------------------------

    def finish(self) -> bytes:
        """The file's bytes: the same for the same parts, whatever the day."""
        self._append(_DOCUMENT_RELATIONSHIPS, self._relationships)
        self._declare(
            (f"/word/{target}", f"{_MIME}.{kind.rpartition('/')[2]}+xml")
            for _identifier, kind, target in self._relationships
            if kind.endswith(("/header", "/footer"))
        )
        for name in [name for name in self.parts if name.endswith(".rels")]:
            self.parts[name] = _only_allowed(self.parts[name])
        return zipped(self.parts)


def _refer(section: etree._Element, kind: str, when: str, identifier: str) -> None:
    reference = etree.SubElement(section, w(f"{kind}Reference"))
    reference.set(w("type"), when)
    reference.set(f"{{{R}}}id", identifier)


def _split_fields(label: str) -> list[str]:
    return [part for part in re.split(r"(\{pages?\})", label) if part]


def _only_allowed(content: bytes) -> bytes:
    """Relationships without those that lead outside by anything but http, https and mailto."""
    root = parse(content)
    for relationship in list(root):
        target = relationship.get("Target", "")
        if relationship.get("TargetMode") == "External" and not allowed_target(target):
            root.remove(relationship)
    return serialise(root)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a ZIP with fixed dates, the content types first as Word writes them."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name in sorted(parts, key=lambda part: (part != "[Content_Types].xml", part)):
            entry = zipfile.ZipInfo(name, _FIXED)
            packed = name.endswith((".png", ".jpeg", ".jpg"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, parts[name], compresslevel=6)
    return output.getvalue()
