"""WordprocessingML in small: names, quoting, fields, properties put where the schema wants them.

Every piece of raw XML that Actes gives to pandoc is built here, and every word in it goes through
`quoted`. Order of elements: ISO/IEC 29500-1, CT_PPr, CT_RPr and CT_TblPr; Word calls a file damaged
when some of them stand out of order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from lxml import etree

from pipeline.texts import ast
from pipeline.texts.pandoc import Node

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PREFIX = f"{{{W}}}"

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;",
            "\t": " ", "\n": " ", "\r": " "}  # fmt: skip
_SPECIAL = re.compile("[&<>\"'\t\n\r]")
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")

_PARAGRAPH_ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr pPrChange"
)
_RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
)
_TABLE_ORDER = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
)
_RANKS = {
    _PREFIX + container: {_PREFIX + name: rank for rank, name in enumerate(order.split())}
    for container, order in (
        ("pPr", _PARAGRAPH_ORDER),
        ("rPr", _RUN_ORDER),
        ("tblPr", _TABLE_ORDER),
    )
}


def w(name: str) -> str:
    """A WordprocessingML name as lxml writes it."""
    return _PREFIX + name


def quoted(words: str) -> str:
    """Words as XML text or attribute value: nothing in them can end it or open an element.

    Characters that XML 1.0 forbids are dropped; tabs and line ends become spaces.
    """
    return _SPECIAL.sub(lambda found: _ESCAPES[found.group()], legal(words))


def legal(words: str) -> str:
    """Words without the characters that XML 1.0 forbids."""
    return _ILLEGAL.sub("", words)


def bookmark_name(identifier: str) -> str:
    """A bookmark name that Word accepts (a letter, then letters, digits, _; at most 40).

    An identifier that is such a name stays itself; any other gets a fingerprint, so that two
    identifiers never share a name.
    """
    if _PLAIN_NAME.fullmatch(identifier) and not identifier.lower().startswith("x_"):
        return identifier
    digest = hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()[:10]
    return f"x_{re.sub('[^A-Za-z0-9]+', '_', identifier)[:27]}_{digest}"


# -- raw XML for pandoc ---------------------------------------------------------------------------


def block(code: str) -> Node:
    """Raw XML between paragraphs."""
    return ast.raw_block("openxml", code)


def inline(code: str) -> Node:
    """Raw XML inside a paragraph."""
    return ast.raw_inline("openxml", code)


def run(words: str, properties: str = "") -> str:
    """A run of text."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{quoted(words)}</w:t></w:r>'


def ruby(words: str, reading: str, size: int, language: str, look: str = "") -> str:
    """A run of words under their reading, which has half the ``size`` of a text (in half-points).

    ``look`` are the run properties of the words.

    ISO/IEC 29500-1, 17.3.3.25. Screen readers and searches find the words alone.
    """
    half = max(size // 2, 2)
    small = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    return (
        '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="distributeSpace"/>'
        f'<w:hps w:val="{half}"/><w:hpsRaise w:val="{size - 2}"/>'
        f'<w:hpsBaseText w:val="{size}"/><w:lid w:val="{quoted(language)}"/></w:rubyPr>'
        f"<w:rt>{run(reading, small)}</w:rt>"
        f"<w:rubyBase>{run(words, look)}</w:rubyBase></w:ruby></w:r>"
    )


TAB = "<w:r><w:tab/></w:r>"


def field_begin(instruction: str, dirty: bool = False, look: str = "") -> str:
    """A field up to its result; ``look`` are run properties."""
    stale = ' w:dirty="true"' if dirty else ""
    start = f"<w:r><w:rPr>{look}</w:rPr>" if look else "<w:r>"
    return (
        f'{start}<w:fldChar w:fldCharType="begin"{stale}/></w:r>'
        f'{start}<w:instrText xml:space="preserve"> {quoted(instruction)} </w:instrText></w:r>'
        f'{start}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
UNKNOWN_PAGE = "…"
"""Stands for a page number until Word or LibreOffice computes it, which both do on opening."""


def field(instruction: str, result: str, look: str = "") -> str:
    """A field with the text it shows until it is brought up to date."""
    return field_begin(instruction, look=look) + run(result, look) + FIELD_END


def page_reference(identifier: str) -> str:
    """The page of a bookmark, as a link to it."""
    return field(f"PAGEREF {bookmark_name(identifier)} \\h", UNKNOWN_PAGE)


def bookmark(identifier: str, number: int) -> tuple[str, str]:
    """Begin and end of a bookmark; ``number`` is unique in the document.

    It holds something: LibreOffice finds no page for an empty one.
    """
    name = quoted(bookmark_name(identifier))
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>',
        f'<w:bookmarkEnd w:id="{number}"/>',
    )


def linked(identifier: str, inlines: Sequence[Node], then: str = "") -> list[Node]:
    """Inlines (and raw XML after them) as a link to a bookmark, without a link's colours."""
    start = f'<w:hyperlink w:anchor="{quoted(bookmark_name(identifier))}" w:history="1">'
    return [inline(start), *inlines, inline(then + "</w:hyperlink>")]


# -- properties in the finished document ----------------------------------------------------------


def parse(xml: bytes) -> etree._Element:
    """A part of a package; entities are not expanded and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(xml, parser)


def serialise(root: etree._Element) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def properties(element: etree._Element, name: str) -> etree._Element:
    """The properties (``pPr``, ``rPr``, ``tblPr``) of an element, made when it has none."""
    tag = _PREFIX + name
    if len(element) and element[0].tag == tag:
        return element[0]
    found = element.find(tag)
    if found is None:
        found = etree.Element(tag)
        element.insert(0, found)
    return found


def put(container: etree._Element, name: str, **values: str) -> etree._Element:
    """Give properties a child with these attributes, in the place the schema wants; return it.

    A child of that name is replaced.
    """
    tag = _PREFIX + name
    ranks = _RANKS[str(container.tag)]
    for old in container.findall(tag):
        container.remove(old)
    rank = ranks[tag]
    later = (n for n, sibling in enumerate(container) if ranks.get(str(sibling.tag), 99) > rank)
    position = next(later, len(container))
    new = etree.Element(tag)
    for key, value in values.items():
        new.set(_PREFIX + key, legal(value))
    container.insert(position, new)
    return new


def hexadecimal(colour: str) -> str:
    """« #rrggbb » as Word writes it; anything else leaves the choice to Word."""
    found = re.fullmatch(r"#?([0-9A-Fa-f]{6})", colour)
    return found[1].upper() if found else "auto"


def border(container: etree._Element, side: str, colour: str, eighths: int, gap: int) -> None:
    """One border of a paragraph (``pPr``) beside those it has."""
    existing = container.find(_PREFIX + "pBdr")
    edges = put(container, "pBdr") if existing is None else existing
    sides = ("top", "left", "bottom", "right")
    before = {_PREFIX + earlier for earlier in sides[: sides.index(side)]}
    element = etree.Element(_PREFIX + side)
    for key, value in (
        ("val", "single"),
        ("sz", str(eighths)),
        ("space", str(gap)),
        ("color", hexadecimal(colour)),
    ):
        element.set(_PREFIX + key, value)
    edges.insert(sum(edge.tag in before for edge in edges), element)
