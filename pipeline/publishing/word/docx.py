"""A book as a Word file that an editor can go on with.

Pieces become pandoc blocks in named styles, one pandoc call writes them, and a finishing pass puts
in what pandoc has no words for: sections, headers, languages, alternative texts, properties.
pandoc runs in its sandbox: the only file it reads is the reference document made ready here.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from lxml import etree

from pipeline.proceedings.book import Book
from pipeline.publishing.word import properties as word_properties
from pipeline.publishing.word.cells import cells_of, put_right
from pipeline.publishing.word.columns import Columns, completed, sheet_of
from pipeline.publishing.word.document import (
    Finisher,
    relationships_used,
    set_lists,
    set_notes,
)
from pipeline.publishing.word.package import Package
from pipeline.publishing.word.pieces import CakePng, compose
from pipeline.publishing.word.reference import Prepared, prepare
from pipeline.publishing.word.runs import Runs
from pipeline.publishing.word.text import Raster, Setter
from pipeline.publishing.word.xml import parse, serialise, w
from pipeline.texts.pandoc import document, write

_DOCUMENT, _FOOTNOTES = "word/document.xml", "word/footnotes.xml"
_STYLES = "word/styles.xml"
_NUMBERING, _SETTINGS = "word/numbering.xml", "word/settings.xml"


def docx(book: Book, reference: Path, raster: Raster, cake_png: CakePng) -> bytes:
    """The bytes of a Word file; the same for the same book, reference and pictures.

    ``raster(path, width_mm)`` gives the PNG of an image of the texts, ``cake_png`` that of the
    wedding cake. Raises ActesError ``reference-unreadable``, ``reference-external`` and
    ``pandoc-failed``.
    """
    content = reference.read_bytes()
    columns = None
    if book.sides:
        both = [prepare(content, side.style, alone=False) for side in book.sides]
        both = both if book.facing else [completed(found) for found in both]
        prepared = both[0]
        sheets = [sheet_of(found) for found in both]
        columns = Columns(book.sides, prepared.styles, sheets, narrow=not book.facing)
    else:
        prepared = prepare(content, book.style)
    setter = Setter(book.labels, prepared.styles, raster, prepared.width_mm, prepared.height_mm)
    blocks = compose(book, setter, cake_png, columns.sheets if columns else ())
    with tempfile.TemporaryDirectory(prefix="actes-word-") as folder:
        sheet = Path(folder, "reference.docx")
        sheet.write_bytes(prepared.content)
        options = ["--sandbox", "--syntax-highlighting=none", f"--reference-doc={sheet}"]
        written = write(document(blocks), "docx", options)
    return _finished(written, book, prepared, setter, columns)


def _finished(
    written: bytes, book: Book, prepared: Prepared, setter: Setter, columns: Columns | None
) -> bytes:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
    package = Package(parts, book, prepared.styles)
    root, notes = parse(parts[_DOCUMENT]), parse(parts[_FOOTNOTES])
    package.base = _page(root)
    package.mark_own_margins()
    cells = list(cells_of(root))
    set_notes(notes)
    Finisher(setter.marks.found, prepared.styles, prepared.indents, package).finish(root)
    numbering = parse(parts[_NUMBERING])
    set_lists(numbering)
    parts[_NUMBERING] = serialise(numbering)
    runs = Runs(book.language, prepared.styles, book.style.word_heading_east_asian)
    done = put_right(cells, notes, columns, plain=False) if columns else frozenset()
    used = {}
    for name, part in ((_DOCUMENT, root), (_FOOTNOTES, notes)):
        runs.finish(part, done)
        parts[name] = serialise(part)
        used[f"word/_rels/{Path(name).name}.rels"] = relationships_used(part)
    package.add_pictures(setter.pictures.files, used)
    parts["docProps/core.xml"] = word_properties.core(book)
    parts["docProps/app.xml"] = word_properties.application()
    for style in (*(side.style for side in reversed(book.sides)), book.style):
        own = replace(book, language=style.language, style=style)
        parts[_SETTINGS] = word_properties.settings(parts[_SETTINGS], own, prepared.east_asian)
    if book.facing:
        parts[_SETTINGS] = word_properties.mirrored(parts[_SETTINGS])
    if columns:
        parts[_STYLES] = columns.finish(parts[_STYLES])
    return package.finish()


def _page(root: etree._Element) -> etree._Element:
    """The page as the reference document sets it."""
    found = root.find(f"{w('body')}/{w('sectPr')}")
    return found if found is not None else etree.Element(w("sectPr"))
