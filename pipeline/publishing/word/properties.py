"""What a Word file says of itself: its properties and settings."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.proceedings.book import Book
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.word.styles import full_tag, latin_tag
from pipeline.publishing.word.xml import parse, quoted, serialise, w

_WORD_2013 = "15"  # the mode of all Words since; without it Word says « compatibility mode »
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_APPLICATION = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def core(book: Book) -> bytes:
    """``docProps/core.xml``: title, subject, author, keywords, language and the book's date."""
    date = re.sub(r"[^0-9-]", "", book.date)[:10]
    stamp = f'xsi:type="dcterms:W3CDTF">{date}T00:00:00Z'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties {_CORE}>'
        f"<dc:title>{quoted(book.title)}</dc:title><dc:subject>{quoted(book.subject)}</dc:subject>"
        f"<dc:creator>{quoted(book.author)}</dc:creator>"
        f"<cp:keywords>{quoted(', '.join(book.keywords))}</cp:keywords>"
        f"<dc:language>{quoted(full_tag(book.language))}</dc:language>"
        f"<cp:lastModifiedBy>{quoted(book.author)}</cp:lastModifiedBy>"
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
        "</cp:coreProperties>"
    ).encode()


def application() -> bytes:
    """``docProps/app.xml``: nothing that changes from one machine to the next."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_APPLICATION}"><Application>Microsoft Office Word</Application>'
        "<DocSecurity>0</DocSecurity><AppVersion>16.0000</AppVersion></Properties>"
    ).encode()


# The settings this module writes, in the schema's order (ISO/IEC 29500-1, CT_Settings), between
# those that pandoc takes over from the reference document.
_ORDER = (
    "writeProtection view zoom removePersonalInformation removeDateAndTime "
    "doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText "
    "printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts "
    "saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors "
    "activeWritingStyle proofState formsDesign attachedTemplate linkStyles stylePaneFormatFilter "
    "stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves "
    "doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet "
    "defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps "
    "showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders "
    "bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin "
    "doNotShadeFormData noPunctuationKerning characterSpacingControl printTwoOnOne "
    "strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture "
    "doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText "
    "doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt "
    "showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr "
    "compat docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping "
    "doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions "
    "readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags "
    "decimalSymbol listSeparator"
)
_RANK = {name: rank for rank, name in enumerate(_ORDER.split())}


def settings(content: bytes, book: Book, east_asian: str) -> bytes:
    """Settings: fields brought up to date on opening, hyphenation or kinsoku, the languages."""
    root = parse(content)
    wanted: dict[str, dict[str, str]] = {"updateFields": {"val": "true"}}
    if is_east_asian(book.language):
        wanted["characterSpacingControl"] = {"val": "compressPunctuation"}
        wanted["strictFirstAndLastChars"] = {}
    else:
        wanted["autoHyphenation"] = {}
        wanted["consecutiveHyphenLimit"] = {"val": "2"}
        wanted["doNotHyphenateCaps"] = {}
    wanted["themeFontLang"] = {"val": latin_tag(book.style), "eastAsia": east_asian}
    for name, values in wanted.items():
        element = _replaced(root, name)
        for key, value in values.items():
            element.set(w(key), value)
    if root.find(w("compat")) is None:
        compatibility = _replaced(root, "compat")
        # A line that ends with a break is not stretched to the margin.
        etree.SubElement(compatibility, w("doNotExpandShiftReturn"))
        mode = etree.SubElement(compatibility, w("compatSetting"))
        for key, value in (("name", "compatibilityMode"),
                           ("uri", "http://schemas.microsoft.com/office/word"),
                           ("val", _WORD_2013)):  # fmt: skip
            mode.set(w(key), value)
    root[:] = sorted(root, key=_rank)
    return serialise(root)


def mirrored(content: bytes) -> bytes:
    """Settings of a file whose pages face each other: inner and outer margins change sides."""
    root = parse(content)
    _replaced(root, "mirrorMargins")
    root[:] = sorted(root, key=_rank)
    return serialise(root)


def protected(content: bytes) -> bytes:
    """Settings of a file that may be changed only where it says so (`permStart`).

    Without a password: it keeps from mistakes, and whoever must change more can lift it.
    """
    root = parse(content)
    element = _replaced(root, "documentProtection")
    element.set(w("edit"), "readOnly")
    element.set(w("enforcement"), "1")
    root[:] = sorted(root, key=_rank)
    return serialise(root)


def _replaced(root: etree._Element, name: str) -> etree._Element:
    for old in root.findall(w(name)):
        root.remove(old)
    return etree.SubElement(root, w(name))


def _rank(element: etree._Element) -> int:
    name = etree.QName(element).localname
    return _RANK.get(name, len(_RANK))
