"""The styles of a parallel edition: ours, and each as the language of a column wants it.

A column's paragraphs stand in styles of their own (« Actes Parallel Text ja »), based on those of
the reference document, with the fonts, the language, the indent and the justification that this
document would have in an edition of that language alone. So no run needs to say what it is in, and
an editor changes a column, or both, in one place.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.proceedings.book import Side
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.word import styles as word_styles
from pipeline.publishing.word.measures import TWIPS_PER_POINT
from pipeline.publishing.word.package import zipped
from pipeline.publishing.word.reference import Prepared
from pipeline.publishing.word.type import Sheet
from pipeline.publishing.word.xml import W, parse, properties, put, quoted, serialise, w

_STYLES = "word/styles.xml"


def _heading(before: int, after: int, points: float, level: int, place: str) -> tuple[str, str]:
    size = round(points * 2)
    return (
        f'<w:spacing w:before="{before}" w:after="{after}"/><w:jc w:val="{place}"/>'
        f'<w:outlineLvl w:val="{level}"/>',
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
    )


_BODY_LEVEL = 9  # no heading (ISO/IEC 29500-1, 17.3.1.20)
_SMALL = '<w:sz w:val="17"/><w:szCs w:val="17"/>'
_TEN = '<w:sz w:val="20"/><w:szCs w:val="20"/>'
# Name, based on, paragraph properties in the schema's order, run properties.
_OURS: tuple[tuple[str, str, str, str], ...] = (
    ("Actes Parallel Title", "Actes Section", *_heading(60, 160, 15, _BODY_LEVEL, "center")),
    ("Actes Parallel Place", "Normal",
     '<w:spacing w:before="40" w:after="200"/><w:jc w:val="center"/>', _TEN),
    ("Actes Parallel Standing", "Actes Standing",
     '<w:keepNext/><w:spacing w:before="40" w:after="40"/><w:jc w:val="left"/>', _SMALL),
    ("Actes Parallel Title Standing", "Actes Standing",
     '<w:keepNext/><w:spacing w:before="0" w:after="80"/><w:jc w:val="center"/>', _SMALL),
    ("Actes Parallel Section", "Actes Section", *_heading(320, 120, 13, 0, "center")),
    ("Actes Parallel Article", "Actes Section", *_heading(180, 60, 10.5, 1, "left")),
    ("Actes Parallel Text", "Body Text",
     '<w:spacing w:before="0" w:after="80" w:line="276" w:lineRule="auto"/>'
     '<w:jc w:val="left"/>', _TEN),
    ("Actes Parallel List", "List Paragraph",
     '<w:spacing w:before="0" w:after="40" w:line="276" w:lineRule="auto"/>'
     '<w:jc w:val="left"/>', _TEN),
    ("Actes Parallel Cell", "Compact",
     '<w:suppressAutoHyphens w:val="0"/><w:spacing w:before="20" w:after="20"/>'
     '<w:jc w:val="left"/>', _TEN),
    ("Actes Parallel Closing", "Body Text",
     '<w:keepNext/><w:keepLines/><w:spacing w:before="400" w:after="80" w:line="276" '
     'w:lineRule="auto"/><w:jc w:val="left"/>', _TEN),
    ("Actes Parallel Initials", "Normal",
     '<w:spacing w:before="0" w:after="0"/><w:jc w:val="left"/>',
     '<w:sz w:val="16"/><w:szCs w:val="16"/>'),
    ("Actes Parallel Party", "Actes Section", *_heading(280, 60, 11, _BODY_LEVEL, "left")),
    ("Actes Parallel Section Next", "Actes Parallel Section",
     f'<w:spacing w:before="0" w:after="120"/><w:outlineLvl w:val="{_BODY_LEVEL}"/>', ""),
    ("Actes Parallel Party Next", "Actes Parallel Party",
     '<w:spacing w:before="0" w:after="60"/>', ""),
    ("Actes Parallel To Sign", "Normal",
     '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="1F2A44"/>'
     '</w:pBdr><w:spacing w:before="1000" w:after="60"/>', _TEN),
    ("Actes Parallel Signatory Next", "Actes Parallel Signatory",
     '<w:spacing w:before="100" w:after="0"/>', ""),
    ("Actes Parallel Signatory", "Normal",
     '<w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="0" w:after="0"/>'
     '<w:jc w:val="left"/>', _TEN),
)  # fmt: skip
_RUNNING = ("text", "list", "closing")  # set to both margins where the language is
_FOUNDATIONS = (
    "Normal", "Body Text", "Compact", "List Paragraph", "Actes Section", "Actes Standing",
)  # fmt: skip
# What pandoc sets a column's text in, and what it stands in here.
_PLACES = {
    "heading 1": "actes parallel section",
    "heading 2": "actes parallel article",
    "body text": "actes parallel text",
    "first paragraph": "actes parallel text",
    "compact": "actes parallel cell",
    "list paragraph": "actes parallel list",
}


def completed(prepared: Prepared, share: float = 1.0, spaces: float = 1.0) -> Prepared:
    """The reference document with the styles of a parallel edition, where it lacks them.

    Their sizes are multiplied by ``share``, the spaces between their paragraphs by ``spaces``.
    """
    with zipfile.ZipFile(io.BytesIO(prepared.content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parse(parts[_STYLES])
    word_styles.add_missing(sheet, _ours())
    if (share, spaces) != (1, 1):
        _resize(sheet, share, spaces)
    parts[_STYLES] = serialise(sheet)
    names = {name.lower(): found for _kind, name, found, _element in word_styles.named(sheet)}
    return replace(prepared, content=zipped(parts), styles=names)


def _resize(sheet: etree._Element, share: float, spaces: float) -> None:
    ours = {name for name, _based_on, _paragraph, _run in _OURS}
    measures = (("sz", ("val",), share), ("szCs", ("val",), share),
                ("spacing", ("before", "after"), spaces))  # fmt: skip
    for _kind, name, _identifier, style in word_styles.named(sheet):
        for element, attributes, factor in measures if name in ours else ():
            for found in style.iter(w(element)):
                for key in (w(attribute) for attribute in attributes):
                    if found.get(key, "").isdigit():
                        found.set(key, str(round(int(found.get(key, "")) * factor)))


def sheet_of(prepared: Prepared) -> etree._Element:
    """The styles of a reference document."""
    with zipfile.ZipFile(io.BytesIO(prepared.content)) as archive:
        return parse(archive.read(_STYLES))


def _ours() -> etree._Element:
    bare = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        "</w:style>"
        for name in _FOUNDATIONS
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{based_on.replace(" ", "")}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        for name, based_on, paragraph, run in _OURS
    )
    return parse(f'<w:styles xmlns:w="{W}">{bare}{styles}</w:styles>'.encode())


@dataclass
class Columns:
    """The styles of each column, made when a paragraph first needs them.

    ``names`` maps style names to ids; ``sheets`` are the reference document's styles as each side
    alone would have them. All have the same ids: they come from the same file. Columns are
    ``narrow``; pages are not, and their lines are as far apart on both of two that face each other.
    """

    sides: Sequence[Side]
    names: Mapping[str, str]
    sheets: Sequence[etree._Element]
    narrow: bool = True
    made: dict[tuple[int, str, bool], str] = field(default_factory=dict)
    added: list[etree._Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._places = {
            self.names[was]: self.names[becomes]
            for was, becomes in _PLACES.items()
            if self.narrow and was in self.names
        }
        self._sheets = [Sheet(sheet, self.names) for sheet in self.sheets]

    def dress(self, part: etree._Element, number: int) -> None:
        """Every paragraph of a cell or note in the styles of side ``number``."""
        for paragraph in part.iter(w("p")):
            own = properties(paragraph, "pPr")
            style = own.find(w("pStyle"))
            found = style.get(w("val"), "") if style is not None else self.names["normal"]
            head = found == self.names["compact"] and _in_head(paragraph)
            put(own, "pStyle", val=self.style(found, number, head))

    def style(self, identifier: str, number: int, head: bool = False) -> str:
        """The id of a style as side ``number`` has it; in the ``head`` of a table, its fonts are
        those of heads, which the style of the table gives in an edition of one language."""
        base = self._places.get(identifier, identifier)
        if base not in self._sheets[number].by_id:
            return base
        if (number, base, head) not in self.made:
            self.made[number, base, head] = self._derive(base, number, head)
        return self.made[number, base, head]

    def run_properties(self, identifier: str, number: int) -> str:
        """Fonts and language of side ``number`` in a style, for a run among others."""
        holder = etree.Element(w("rPr"))
        self._speak(holder, identifier, number)
        return "".join(etree.tostring(child, encoding="unicode") for child in holder)

    def finish(self, sheet: bytes) -> bytes:
        """The stylesheet with all styles made."""
        root = parse(sheet)
        root.extend(self.added)
        etree.cleanup_namespaces(root)
        return serialise(root)

    def _derive(self, base: str, number: int, head: bool) -> str:
        tag = self.sides[number].language + "-head" * head
        name = self._sheets[0].by_id[base].find(w("name"))
        words = f"{name.get(w('val'), base) if name is not None else base} {tag}"
        identifier = f"{base}-{tag}"
        while identifier in self._sheets[0].by_id:
            identifier += "-"
        element = parse(
            f'<w:style xmlns:w="{W}" w:type="paragraph" w:customStyle="1" '
            f'w:styleId="{quoted(identifier)}"><w:name w:val="{quoted(words)}"/>'
            f'<w:basedOn w:val="{quoted(base)}"/><w:qFormat/><w:pPr/><w:rPr/></w:style>'.encode()
        )
        self._stand(element[-2], base, number)
        self._speak(element[-1], self.names["actes section"] if head else base, number)
        self.added.append(element)
        return identifier

    def _stand(self, target: etree._Element, base: str, number: int) -> None:
        """Indent and justification where they are not those of the document's first language.

        A narrow column of Japanese is set to both margins, one of words is not: whether they are
        hyphenated is up to the reader's own Word.
        """
        silent = {"ind": {"firstLineChars": "0", "firstLine": "0"}, "jc": {"val": "left"},
                  "autoSpaceDE": {}, "autoSpaceDN": {}}  # fmt: skip
        for name, otherwise in silent.items():
            was, wanted = (self._effective(base, n, "pPr", name) for n in (0, number))
            if was != wanted:
                put(target, name, **(wanted or otherwise))
        if not self.narrow:
            pitch = self._sheets[number].pitch_of(base)
            if pitch is not None:  # no picture stands in a heading that lines must make room for
                rule = "exact" if self._effective(base, number, "pPr", "outlineLvl") else "atLeast"
                put(target, "spacing", line=str(round(pitch * TWIPS_PER_POINT)), lineRule=rule)
            return
        side = self.sides[number]
        running = base in {self.names[f"actes parallel {name}"] for name in _RUNNING}
        eastern = is_east_asian(side.language)
        if running and side.style.justify and eastern:
            put(target, "jc", val="both")
        elif not eastern and self._effective(base, number, "pPr", "jc").get("val") == "both":
            put(target, "jc", val="left")

    def _speak(self, target: etree._Element, base: str, number: int) -> None:
        fonts = self._effective(base, number, "rPr", "rFonts")
        if fonts:
            put(target, "rFonts", **fonts)
        tag = word_styles.full_tag(self.sides[number].language)
        default = self._effective(base, number, "rPr", "lang").get("eastAsia", "")
        eastern = tag if is_east_asian(tag) else default
        latin = word_styles.latin_tag(self.sides[number].style)
        put(target, "lang", val=latin, **({"eastAsia": eastern} if eastern else {}))

    def _effective(self, identifier: str, number: int, container: str, name: str) -> dict[str, str]:
        """What a style says nearest, as `Sheet.said` looks for it."""
        found = next(self._sheets[number].said(identifier, container, name), None)
        return _attributes(found) if found is not None else {}


def _in_head(paragraph: etree._Element) -> bool:
    """Whether a paragraph stands in the head of a table of data, which has the font of heads."""
    row = next(paragraph.iterancestors(w("tr")), None)
    return row is not None and row.find(f"{w('trPr')}/{w('tblHeader')}") is not None


def _attributes(element: etree._Element) -> dict[str, str]:
    return {etree.QName(str(key)).localname: str(value) for key, value in element.attrib.items()}
