"""The styles of a reference document: ours where it lacks them, in the fonts of the language.

Whatever the organiser's document says stands; where it is silent, the edition's language speaks.
Fonts are written by name into the styles, because what an East Asian theme font is depends on the
reader's own Word.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping

from babel.core import get_global
from lxml import etree

from pipeline.proceedings.book import Style
from pipeline.publishing.scripts import is_east_asian, script_of
from pipeline.publishing.word.xml import properties, put, w

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OUR_FONTS = "Actes"  # the font scheme that leaves fonts to the language; see make_reference.py
_SPACED = frozenset({"Kore", "Hang"})  # East Asian scripts with spaces between words (ISO 15924)
# What Word looks for when a font is missing: names in the font's own language and on a Mac, its
# family and its character set (ISO/IEC 29500-1, 17.8.3; 80 is
# Shift-JIS, 81 Korean, 86 GB 2312).
_KNOWN_FONTS = {
    "MS Mincho": ("ＭＳ 明朝,Hiragino Mincho ProN,Noto Serif CJK JP", "roman", "80"),
    "MS Gothic": ("ＭＳ ゴシック,Hiragino Sans,Noto Sans CJK JP", "swiss", "80"),
    "Yu Mincho": ("游明朝,Hiragino Mincho ProN,Noto Serif CJK JP", "roman", "80"),
    "Yu Gothic": ("游ゴシック,Hiragino Sans,Noto Sans CJK JP", "swiss", "80"),
    "Batang": ("바탕,AppleMyungjo,Noto Serif CJK KR", "roman", "81"),
    "Malgun Gothic": ("맑은 고딕,Apple SD Gothic Neo,Noto Sans CJK KR", "swiss", "81"),
    "SimSun": ("宋体,Songti SC,Noto Serif CJK SC", "roman", "86"),
    "SimHei": ("黑体,Heiti SC,Noto Sans CJK SC", "swiss", "86"),
    "Times New Roman": ("Liberation Serif,Times", "roman", "00"),
    "Cambria": ("Caladea,Georgia", "roman", "00"),
    "Century": ("Century Schoolbook,Georgia", "roman", "00"),
    "Calibri": ("Carlito,Helvetica", "swiss", "00"),
    "Arial": ("Helvetica,Liberation Sans", "swiss", "00"),
}
_THEME = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme"}


def full_tag(language: str) -> str:
    """A language with its region, as Word wants it (CLDR likely subtags).

    >>> full_tag("fr"), full_tag("pt-BR"), full_tag("zh-Hans"), full_tag("zh-Hant")
    ('fr-FR', 'pt-BR', 'zh-CN', 'zh-TW')
    """
    if re.search(r"-[A-Z]{2}$", language):
        return language
    known, primary = get_global("likely_subtags"), language.partition("-")[0]
    usual = known.get(primary, "")  # a language in its usual script has no entry of its own
    same = script_of(language) in usual.split("_")
    region = known.get(language.replace("-", "_"), usual if same else "").rpartition("_")[2]
    return f"{primary}-{region}" if region else language


def latin_tag(style: Style) -> str:
    """The language of Latin letters and digits, which ``w:lang w:val`` says (17.3.2.20).

    An East Asian language does not say it of itself: LibreOffice would break numbers anywhere.
    """
    return style.word_latin_language or full_tag(style.language)


def named(sheet: etree._Element) -> Iterator[tuple[str, str, str, etree._Element]]:
    """Kind, name, id and element of each style."""
    for style in sheet.findall(w("style")):
        name = style.find(w("name"))
        if name is not None:
            kind, identifier = style.get(w("type"), ""), style.get(w("styleId"), "")
            yield kind, name.get(w("val"), ""), identifier, style


def add_missing(sheet: etree._Element, ours: etree._Element) -> None:
    """Give ``sheet`` our styles whose names it lacks; Word takes names regardless of case."""
    known = {name.lower(): identifier for _kind, name, identifier, _element in named(sheet)}
    taken = set(known.values())
    renamed: dict[str, str] = {}
    added: list[etree._Element] = []
    for _kind, name, identifier, element in named(ours):
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
        added[-1].attrib.pop(w("default"), "")
    for element in added:
        for tag in ("basedOn", "next", "link"):
            for reference in element.findall(w(tag)):
                reference.set(w("val"), renamed.get(reference.get(w("val"), ""), ""))
        sheet.append(element)


def indents(sheet: etree._Element) -> dict[str, int]:
    """The left indent of each style (by its id) that has one, in twips."""
    found: dict[str, int] = {}
    for _kind, _name, identifier, element in named(sheet):
        indent = element.find(f"{w('pPr')}/{w('ind')}")
        left, hanging = (
            (indent.get(w("left"), "0"), indent.get(w("hanging"), "0"))
            if indent is not None
            else ("0", "0")
        )
        if left.isdecimal() and hanging.isdecimal():
            found[identifier] = max(0, int(left) - int(hanging))
    return found


def fill_theme(theme: etree._Element | None, style: Style) -> dict[str, str]:
    """Fill in the theme's fonts where they are the language's to choose.

    Returns the font of each theme name (``minorEastAsia``).
    """
    chosen = {
        "major": (style.word_heading_latin, style.word_heading_east_asian),
        "minor": (style.word_latin, style.word_east_asian),
    }
    found: dict[str, str] = {}
    for kind, (latin, east) in chosen.items():
        found[f"{kind}HAnsi"], found[f"{kind}EastAsia"] = latin, east
    for scheme in theme.iter(f"{_A}fontScheme") if theme is not None else ():
        ours = scheme.get("name") == _OUR_FONTS
        for kind, (latin, east) in chosen.items():
            fonts = scheme.find(f"{_A}{kind}Font")
            if fonts is not None:
                found[f"{kind}HAnsi"] = _face(fonts, "latin", latin, ours)
                found[f"{kind}EastAsia"] = _face(fonts, "ea", east, ours)
                for own in fonts.findall(f"{_A}font[@script='Jpan']"):
                    own.set("typeface", found[f"{kind}EastAsia"])
    return {**found, "minorAscii": found["minorHAnsi"], "majorAscii": found["majorHAnsi"]}


def _face(fonts: etree._Element, tag: str, wanted: str, ours: bool) -> str:
    element = fonts.find(_A + tag)
    if element is None:
        return wanted
    if ours or not element.get("typeface"):
        element.set("typeface", wanted)
    return element.get("typeface", wanted)


def write_fonts(sheet: etree._Element, theme: Mapping[str, str]) -> None:
    """Theme fonts by name, and an East Asian font wherever a Latin one is named."""
    defaults = _run_defaults(sheet)
    if defaults.find(w("rFonts")) is None:
        put(defaults, "rFonts", **dict(zip(_THEME.values(),
            ("minorHAnsi", "minorHAnsi", "minorEastAsia"), strict=True)))  # fmt: skip
    for fonts in sheet.iter(w("rFonts")):
        for key, theme_key in _THEME.items():
            name = fonts.get(w(theme_key))
            if name:
                fonts.set(w(key), theme.get(name, theme["minorHAnsi"]))
                del fonts.attrib[w(theme_key)]
        if fonts.get(w("ascii")) and not fonts.get(w("eastAsia")):
            fonts.set(w("eastAsia"), theme["minorEastAsia"])


def set_gothic(sheet: etree._Element, theme: Mapping[str, str]) -> None:
    """Latin letters among bold Gothic ones are of their kind; a badge is of one font and height."""
    for _kind, name, _identifier, element in named(sheet):
        fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
        if fonts is None or fonts.get(w("eastAsia")) != theme["majorEastAsia"]:
            continue
        badge = name.lower() == "actes badge" and fonts.get(w("ascii")) == theme["majorHAnsi"]
        if badge or fonts.get(w("ascii")) is None:
            for key in ("ascii", "hAnsi"):
                fonts.set(w(key), theme["majorEastAsia" if badge else "majorHAnsi"])


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


def add_fonts(table: etree._Element, style: Style) -> None:
    """The fonts of the language in the font table, with what may stand in for them."""
    known = {font.get(w("name")) for font in table}
    for name in sorted({style.word_latin, style.word_east_asian, style.word_heading_latin,
                        style.word_heading_east_asian} & set(_KNOWN_FONTS)):  # fmt: skip
        if name not in known:
            font = etree.SubElement(table, w("font"))
            font.set(w("name"), name)
            values = dict(zip(("altName", "family", "charset"), _KNOWN_FONTS[name], strict=True))
            for tag in ("altName", "charset", "family"):
                etree.SubElement(font, w(tag)).set(w("val"), values[tag])


def set_language(sheet: etree._Element, style: Style, ours: etree._Element) -> str:
    """The languages of runs that say nothing; returns the East Asian one."""
    tag = full_tag(style.language)
    defaults = _run_defaults(sheet)
    old = defaults.find(w("lang"))
    own = ours.find(f".//{w('lang')}")
    before = own.get(w("eastAsia"), "") if own is not None else ""
    other = full_tag(style.word_east_asian_language) if style.word_east_asian_language else before
    east = tag if is_east_asian(style.language) else other
    bidi = old.get(w("bidi"), "ar-SA") if old is not None else "ar-SA"
    put(defaults, "lang", val=latin_tag(style), eastAsia=east, bidi=bidi)
    # A style with a language of its own would speak over the edition's.
    for element in sheet.findall(w("style")):
        for lang in list(element.iter(w("lang"))):
            parent = lang.getparent()
            if parent is not None:
                parent.remove(lang)
    return east


def set_paragraphs(sheet: etree._Element, style: Style) -> None:
    """Line breaking for every paragraph; indent and justification of body text where unsaid."""
    everywhere = _defaults(sheet, "pPrDefault", "pPr")
    for name in ("kinsoku", "overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        if everywhere.find(w(name)) is None:
            put(everywhere, name)
    eastern = is_east_asian(style.language)
    ems = re.fullmatch(r"(\d+(?:\.\d+)?)em", style.indent)
    for _kind, name, _identifier, element in named(sheet):
        if eastern and name.lower() == "compact":
            _even_rows(element)
        if name.lower() == "normal" and script_of(style.language) in _SPACED:
            own = _paragraph_of(element)  # its letters stand against digits and Latin ones
            put(own, "autoSpaceDE", val="0")
            put(own, "autoSpaceDN", val="0")
        if name.lower() not in (
            "body text",
            "list paragraph",
            "abstract",
            "definition",
            "actes box",
        ):
            continue
        own = _paragraph_of(element)
        if style.justify and own.find(w("jc")) is None:
            put(own, "jc", val="both")
        indented = name.lower() in ("body text", "actes box")
        if indented and ems and float(ems[1]) and own.find(w("ind")) is None:
            hundredths = round(float(ems[1]) * 100)
            put(own, "ind", firstLineChars=str(hundredths),
                firstLine=str(round(hundredths * 2.1)))  # fmt: skip


def _paragraph_of(style: etree._Element) -> etree._Element:
    """The paragraph properties of a style, made before those of its runs when it has none."""
    own = style.find(w("pPr"))
    if own is None:
        own = etree.Element(w("pPr"))
        run = style.find(w("rPr"))
        style.insert(len(style) if run is None else style.index(run), own)
    return own


def _even_rows(style: etree._Element) -> None:
    """Lines of a table as high with digits alone as with kanji: they stand side by side."""
    spacing = style.find(f"{w('pPr')}/{w('spacing')}")
    if spacing is not None and spacing.get(w("line")) is None:
        spacing.set(w("line"), "320")
        spacing.set(w("lineRule"), "atLeast")
