"""The reference document made ready for an edition: our styles where it lacks them, its language.

Whatever the organiser's document says stands; where it is silent, the edition's language speaks:
East Asian fonts, language tags, the first line's indent, justification. Fonts are written by name
into the styles, because an East Asian theme font depends on the reader's own Word.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel.core import get_global
from lxml import etree

from pipeline.errors import stop
from pipeline.proceedings.book import Style
from pipeline.publishing.word_xml import parse, properties, put, serialise, w
from pipeline.workspace.languages import program_templates

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LIMIT = 64_000_000  # bytes a reference document may unpack to
_OUR_FONTS = "Actes"  # the font scheme that leaves fonts to the language; see make_reference.py
_EAST_ASIAN = frozenset({"Jpan", "Hans", "Hant", "Kore", "Hani", "Hang"})  # ISO 15924
_MM_PER_TWIP = 25.4 / 1440
_THEME = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme"}
_STYLES, _FIRST_THEME = "word/styles.xml", "word/theme/theme1.xml"


@dataclass(frozen=True)
class Prepared:
    """A reference document for one edition."""

    content: bytes
    styles: Mapping[str, str]  # a style's name, lower case, to its id
    width_mm: float
    height_mm: float


def full_tag(language: str) -> str:
    """A language with its region, as Word wants it (CLDR likely subtags).

    >>> full_tag("fr"), full_tag("ja"), full_tag("pt-BR")
    ('fr-FR', 'ja-JP', 'pt-BR')
    """
    if re.search(r"-[A-Z]{2}$", language):
        return language
    likely = get_global("likely_subtags").get(language.replace("-", "_"), "")
    region = likely.rpartition("_")[2]
    return f"{language.split('-')[0]}-{region}" if region else language


def is_east_asian(language: str) -> bool:
    """Whether a language is written in a script that Word sets in the East Asian font."""
    likely = get_global("likely_subtags").get(language.split("-")[0], "")
    return bool(_EAST_ASIAN.intersection([*language.split("-"), *likely.split("_")]))


@lru_cache(maxsize=8)
def prepare(reference: bytes, style: Style) -> Prepared:
    """Raises ActesError ``reference-unreadable`` and ``reference-external``."""
    parts = _parts(reference)
    theme = _themed(parts, style)
    sheet = _part(parts, _STYLES)
    _add_missing(sheet, parse(_parts(_ours())[_STYLES]))
    _write_fonts(sheet, theme)
    _set_language(sheet, style)
    _set_paragraphs(sheet, style)
    parts[_STYLES] = serialise(sheet)
    names = {
        name.lower(): identifier for _kind, name, identifier, _element in _styles(sheet)
    }  # fmt: skip
    return Prepared(_packed(parts), names, *_text_area(parts))


@lru_cache(maxsize=1)
def _ours() -> bytes:
    return (program_templates() / "reference.docx").read_bytes()


# -- the package ------------------------------------------------------------------------------------


def _parts(reference: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(reference)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > _LIMIT:
                raise stop("reference-unreadable", "templates/reference.docx")
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        raise stop("reference-unreadable", "templates/reference.docx") from None
    for name in (_STYLES, "word/document.xml", "[Content_Types].xml"):
        if name not in parts:
            raise stop("reference-unreadable", "templates/reference.docx")
    # An attached template (often file:///C:/…/Normal.dotm) is no business of the edition's readers.
    parts.pop("word/_rels/settings.xml.rels", None)
    for name, content in parts.items():
        if re.fullmatch(r"word/_rels/(?:header|footer)\d*\.xml\.rels", name):
            _refuse_external(content)
    return parts


def _refuse_external(content: bytes) -> None:
    for relationship in _read(content):
        target = relationship.get("Target", "")
        if relationship.get("TargetMode") == "External" and not allowed_target(target):
            raise stop("reference-external", "templates/reference.docx", target=target[:80])


def allowed_target(target: str) -> bool:
    """Whether a document may point outside itself to ``target``."""
    return re.match(r"(?:https?://[^/\\]|mailto:)", target, re.IGNORECASE) is not None


def _read(content: bytes) -> etree._Element:
    try:
        return parse(content)
    except etree.XMLSyntaxError:
        raise stop("reference-unreadable", "templates/reference.docx") from None


def _part(parts: Mapping[str, bytes], name: str) -> etree._Element:
    return _read(parts[name])


def _packed(parts: Mapping[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name), parts[name])
    return output.getvalue()


def _text_area(parts: Mapping[str, bytes]) -> tuple[float, float]:
    """Width and height of the text in mm, of the last section; A4 where it says nothing."""
    document = _part(parts, "word/document.xml")
    size = next(reversed(list(document.iter(w("pgSz")))), None)
    margins = next(reversed(list(document.iter(w("pgMar")))), None)

    def number(element: etree._Element | None, key: str, default: int) -> int:
        try:
            return abs(int(element.get(w(key), default))) if element is not None else default
        except ValueError:
            return default

    width = number(size, "w", 11906) - number(margins, "left", 1418) - number(margins, "right", 1418)
    height = number(size, "h", 16838) - number(margins, "top", 1701) - number(margins, "bottom", 1588)
    return max(width, 1440) * _MM_PER_TWIP, max(height, 1440) * _MM_PER_TWIP


# -- styles -----------------------------------------------------------------------------------------


def _styles(sheet: etree._Element) -> Iterator[tuple[str, str, str, etree._Element]]:
    """Kind, name, id and element of each style."""
    for style in sheet.findall(w("style")):
        name = style.find(w("name"))
        if name is not None:
            kind, identifier = style.get(w("type"), ""), style.get(w("styleId"), "")
            yield kind, name.get(w("val"), ""), identifier, style


def _add_missing(sheet: etree._Element, ours: etree._Element) -> None:
    """Give ``sheet`` our styles whose names it lacks; Word takes names regardless of case."""
    known = {name.lower(): identifier for _kind, name, identifier, _element in _styles(sheet)}
    taken = set(known.values())
    renamed: dict[str, str] = {}
    added: list[etree._Element] = []
    for _kind, name, identifier, element in _styles(ours):
        if name.lower() in known:
            renamed[identifier] = known[name.lower()]
            continue
        new = identifier
        while new in taken:
            new = f"Actes{new}"
        renamed[identifier] = new
        taken.add(new)
        added.append(copy.deepcopy(element))
        added[-1].set(w("styleId"), new)
        added[-1].attrib.pop(w("default"), None)
    for element in added:
        for tag in ("basedOn", "next", "link"):
            for reference in element.findall(w(tag)):
                reference.set(w("val"), renamed.get(reference.get(w("val"), ""), ""))
        sheet.append(element)


def _themed(parts: dict[str, bytes], style: Style) -> dict[str, str]:
    """Fill in the theme's fonts where they are the language's to choose.

    Returns the font of each theme name (``minorEastAsia``).
    """
    chosen = {
        "major": (style.word_heading_latin, style.word_heading_east_asian),
        "minor": (style.word_latin, style.word_east_asian),
    }
    found = {f"{kind}{script}": font for kind, fonts in chosen.items()
             for script, font in zip(("HAnsi", "EastAsia"), fonts, strict=True)}  # fmt: skip
    if _FIRST_THEME in parts:
        theme = _part(parts, _FIRST_THEME)
        for scheme in theme.iter(f"{_A}fontScheme"):
            ours = scheme.get("name") == _OUR_FONTS
            for kind, (latin, east) in chosen.items():
                fonts = scheme.find(f"{_A}{kind}Font")
                if fonts is not None:
                    found[f"{kind}HAnsi"] = _face(fonts, "latin", latin, ours)
                    found[f"{kind}EastAsia"] = _face(fonts, "ea", east, ours)
                    for own in fonts.findall(f"{_A}font[@script='Jpan']"):
                        own.set("typeface", found[f"{kind}EastAsia"])
        parts[_FIRST_THEME] = serialise(theme)
    return {**found, "minorAscii": found["minorHAnsi"], "majorAscii": found["majorHAnsi"]}


def _face(fonts: etree._Element, tag: str, wanted: str, ours: bool) -> str:
    element = fonts.find(_A + tag)
    if element is None:
        return wanted
    if ours or not element.get("typeface"):
        element.set("typeface", wanted)
    return element.get("typeface", wanted)


def _write_fonts(sheet: etree._Element, theme: Mapping[str, str]) -> None:
    """Theme fonts by name, and an East Asian font wherever a Latin one is named."""
    defaults = _run_defaults(sheet)
    if defaults.find(w("rFonts")) is None:
        put(defaults, "rFonts", **dict(zip(_THEME.values(),
            ("minorHAnsi", "minorHAnsi", "minorEastAsia"), strict=True)))  # fmt: skip
    for fonts in sheet.iter(w("rFonts")):
        for key, theme_key in _THEME.items():
            name = fonts.attrib.pop(w(theme_key), None)
            if name is not None:
                fonts.set(w(key), theme.get(name, theme["minorHAnsi"]))
        if fonts.get(w("ascii")) and not fonts.get(w("eastAsia")):
            fonts.set(w("eastAsia"), theme["minorEastAsia"])


def _run_defaults(sheet: etree._Element) -> etree._Element:
    return _defaults(sheet, "rPrDefault", "rPr")


def _defaults(sheet: etree._Element, outer: str, inner: str) -> etree._Element:
    defaults = sheet.find(w("docDefaults"))
    if defaults is None:
        defaults = etree.Element(w("docDefaults"))
        sheet.insert(0, defaults)
    container = defaults.find(w(outer))
    if container is None:
        container = etree.SubElement(defaults, w(outer))
        if outer == "rPrDefault":
            defaults.insert(0, container)
    return properties(container, inner)


def _set_language(sheet: etree._Element, style: Style) -> None:
    tag = full_tag(style.language)
    defaults = _run_defaults(sheet)
    old = defaults.find(w("lang"))
    ours = parse(_parts(_ours())[_STYLES]).find(f".//{w('lang')}")
    before = ours.get(w("eastAsia"), "") if ours is not None else ""
    east = tag if is_east_asian(style.language) else before
    bidi = old.get(w("bidi"), "ar-SA") if old is not None else "ar-SA"
    put(defaults, "lang", val=tag, eastAsia=east, bidi=bidi)
    # A style with a language of its own would speak over the edition's.
    for element in sheet.findall(w("style")):
        for lang in list(element.iter(w("lang"))):
            parent = lang.getparent()
            if parent is not None:
                parent.remove(lang)


def _set_paragraphs(sheet: etree._Element, style: Style) -> None:
    """Line breaking for every paragraph; indent and justification of body text where unsaid."""
    everywhere = _defaults(sheet, "pPrDefault", "pPr")
    for name in ("kinsoku", "overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        if everywhere.find(w(name)) is None:
            put(everywhere, name)
    ems = re.fullmatch(r"(\d+(?:\.\d+)?)em", style.indent)
    for _kind, name, _identifier, element in _styles(sheet):
        if name.lower() not in ("body text", "list paragraph", "abstract", "definition", "actes box"):
            continue
        own = element.find(w("pPr"))
        if own is None:
            own = etree.Element(w("pPr"))
            run = element.find(w("rPr"))
            element.insert(len(element) if run is None else element.index(run), own)
        if style.justify and own.find(w("jc")) is None:
            put(own, "jc", val="both")
        indented = name.lower() in ("body text", "actes box")
        if indented and ems and float(ems[1]) and own.find(w("ind")) is None:
            hundredths = round(float(ems[1]) * 100)
            put(own, "ind", firstLineChars=str(hundredths),
                firstLine=str(round(hundredths * 2.1)))  # fmt: skip
