"""The reference document made ready for an edition: read with care, completed, packed again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from pipeline.errors import stop
from pipeline.proceedings.book import Style
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.word import styles as word_styles
from pipeline.publishing.word.measures import MM_PER_TWIP
from pipeline.publishing.word.xml import parse, serialise, w
from pipeline.workspace.languages import program_templates

_LIMIT = 64_000_000  # bytes a reference document may unpack to
_STYLES, _THEME = "word/styles.xml", "word/theme/theme1.xml"
_DOCUMENT, _FONTS = "word/document.xml", "word/fontTable.xml"


@dataclass(frozen=True)
class Prepared:
    """A reference document for one edition."""

    content: bytes
    styles: Mapping[str, str]  # a style's name, lower case, to its id
    indents: Mapping[str, int]  # a style's id to its left indent, in twips
    east_asian: str  # the language of East Asian runs that say nothing
    width_mm: float
    height_mm: float


@lru_cache(maxsize=8)
def prepare(reference: bytes, style: Style, alone: bool = True) -> Prepared:
    """The reference document in the language of ``style``, which is ``alone`` in the edition.

    Raises ActesError ``reference-unreadable`` and ``reference-external``."""
    parts = _parts(reference)
    theme = _read(parts[_THEME]) if _THEME in parts else None
    fonts = word_styles.fill_theme(theme, style)
    if theme is not None:
        parts[_THEME] = serialise(theme)
    sheet, ours = _read(parts[_STYLES]), parse(_parts(_ours())[_STYLES])
    word_styles.add_missing(sheet, ours)
    word_styles.write_fonts(sheet, fonts)
    if alone and is_east_asian(style.language):
        word_styles.set_gothic(sheet, fonts)
    east = word_styles.set_language(sheet, style, ours)
    word_styles.set_paragraphs(sheet, style)
    parts[_STYLES] = serialise(sheet)
    if _FONTS in parts:
        table = _read(parts[_FONTS])
        word_styles.add_fonts(table, style)
        parts[_FONTS] = serialise(table)
    styles = word_styles.named(sheet)
    names = {name.lower(): identifier for _kind, name, identifier, _element in styles}
    area = _text_area(_read(parts[_DOCUMENT]))
    return Prepared(_packed(parts), names, word_styles.indents(sheet), east, *area)


@lru_cache(maxsize=1)
def _ours() -> bytes:
    return (program_templates() / "reference.docx").read_bytes()


# -- the package ----------------------------------------------------------------------------------


def _parts(reference: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(reference)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > _LIMIT:
                raise stop("reference-unreadable", "templates/reference.docx")
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError):
        raise stop("reference-unreadable", "templates/reference.docx") from None
    for name in (_STYLES, _DOCUMENT, "[Content_Types].xml"):
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


def _packed(parts: Mapping[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name), parts[name])
    return output.getvalue()


def _text_area(document: etree._Element) -> tuple[float, float]:
    """Width and height of the text in mm, of the last section; A4 where it says nothing."""
    size = next(reversed(list(document.iter(w("pgSz")))), None)
    margins = next(reversed(list(document.iter(w("pgMar")))), None)

    def number(element: etree._Element | None, key: str, default: int) -> int:
        try:
            return abs(int(element.get(w(key), default))) if element is not None else default
        except ValueError:
            return default

    width = (
        number(size, "w", 11906) - number(margins, "left", 1418) - number(margins, "right", 1418)
    )
    height = (
        number(size, "h", 16838) - number(margins, "top", 1701) - number(margins, "bottom", 1588)
    )
    return max(width, 1440) * MM_PER_TWIP, max(height, 1440) * MM_PER_TWIP
