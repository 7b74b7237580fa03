"""Texts in parallel as a Word file: one table, a column a side, for editors of both languages.

`table` makes its rows and `columns` their styles; what is left to pandoc and what is finished
afterwards is as in `word.docx`.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path

from lxml import etree

from pipeline.proceedings.book import Book
from pipeline.proceedings.parallel import ParallelBook
from pipeline.publishing.pages.abreast import LARGE
from pipeline.publishing.word import properties as word_properties
from pipeline.publishing.word import xml as x
from pipeline.publishing.word.cells import cells_of, put_right
from pipeline.publishing.word.columns import Columns, completed, sheet_of
from pipeline.publishing.word.document import Finisher, set_lists, set_notes
from pipeline.publishing.word.package import Package
from pipeline.publishing.word.parallel.initials import places_for_initials
from pipeline.publishing.word.parallel.one_page import TIGHT, share_of
from pipeline.publishing.word.parallel.table import Composer
from pipeline.publishing.word.reference import Prepared, prepare
from pipeline.publishing.word.xml import parse, serialise, w
from pipeline.texts.pandoc import document, write

_DOCUMENT, _FOOTNOTES, _STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"
_NUMBERING, _SETTINGS = "word/numbering.xml", "word/settings.xml"
_BETWEEN_MARKS = "\u2003"


def docx(book: ParallelBook, reference: Path) -> bytes:
    """The bytes of a Word file; the same for the same book and reference.

    Raises ActesError ``reference-unreadable``, ``reference-external`` and ``pandoc-failed``.
    """
    content = reference.read_bytes()
    prepared = [prepare(content, side.style, alone=False) for side in book.sides]
    share = share_of(book, prepared[0].width_mm, prepared[0].height_mm) if book.one_page else 1.0
    share = LARGE if book.large else share
    spaces = share * TIGHT if book.one_page else share
    prepared = [completed(found, share, spaces) for found in prepared]
    composer = Composer(book, prepared[0])
    with tempfile.TemporaryDirectory(prefix="actes-word-") as folder:
        sheet = Path(folder, "reference.docx")
        sheet.write_bytes(prepared[0].content)
        options = ["--sandbox", "--syntax-highlighting=none", f"--reference-doc={sheet}"]
        written = write(document(composer.blocks()), "docx", options)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}
    columns = Columns(book.sides, prepared[0].styles, [sheet_of(found) for found in prepared])
    return _finished(parts, book, prepared[0], composer, columns)


def _volume(book: ParallelBook) -> Book:
    """What the file has in common with a volume's: properties, foot and mark."""
    side = book.sides[0]
    forms = dict.fromkeys(side.labels.get("page-of", "{page}") for side in book.sides)
    labels = {
        **side.labels,
        "draft-mark": _BETWEEN_MARKS.join(book.draft_marks),
        "page-of": _BETWEEN_MARKS.join(forms),
    }
    return Book(
        side.language, book.title, "", book.author, (), book.date, book.draft, side.style, labels,
        (),
    )  # fmt: skip


# -- the finished file --------------------------------------------------------------------------


def _finished(
    parts: dict[str, bytes],
    book: ParallelBook,
    prepared: Prepared,
    composer: Composer,
    columns: Columns,
) -> bytes:
    volume = _volume(book)
    foot = places_for_initials(book, columns, composer.width)
    package = Package(parts, volume, prepared.styles, foot)
    root, notes = parse(parts[_DOCUMENT]), parse(parts[_FOOTNOTES])
    page = root.find(f"{w('body')}/{w('sectPr')}")
    package.base = page if page is not None else etree.Element(w("sectPr"))
    package.mark_own_margins()
    cells = list(cells_of(root))
    set_notes(notes)
    finisher = Finisher(composer.setters[0].marks.found, prepared.styles, prepared.indents, package)
    finisher.finish(root)
    put_right(cells, notes, columns)
    numbering = parse(parts[_NUMBERING])
    set_lists(numbering, LARGE if book.large else 1)
    parts |= {
        _DOCUMENT: serialise(root),
        _FOOTNOTES: serialise(notes),
        _NUMBERING: serialise(numbering),
        "docProps/core.xml": word_properties.core(volume),
        "docProps/app.xml": word_properties.application(),
    }
    for side in reversed(book.sides):  # each language's own settings, the first side's last
        own = Book(side.language, "", "", "", (), book.date, book.draft, side.style, {}, ())
        parts[_SETTINGS] = word_properties.settings(parts[_SETTINGS], own, prepared.east_asian)
    for name in [name for name in parts if re.fullmatch(r"word/[\w-]*header\d*\.xml", name)]:
        parts[name] = _marks_by_side(parts[name], book, prepared, columns)
    parts[_STYLES] = columns.finish(parts[_STYLES])
    return package.finish()


def _marks_by_side(
    content: bytes, book: ParallelBook, prepared: Prepared, columns: Columns
) -> bytes:
    """A header whose draft mark is in each language's own fonts."""
    root = parse(content)
    whole = _BETWEEN_MARKS.join(book.draft_marks)
    style = prepared.styles["actes draft mark"]
    for run in [run for run in root.iter(w("r")) if run.findtext(w("t")) == whole]:
        marks = x.run(_BETWEEN_MARKS).join(
            x.run(mark, columns.run_properties(style, number))
            for number, mark in enumerate(book.draft_marks)
        )
        new = parse(f'<w:p xmlns:w="{x.W}">{marks}</w:p>'.encode())
        parent = run.getparent()
        if parent is not None:
            position = parent.index(run)
            parent[position : position + 1] = list(new)
    return serialise(root)
