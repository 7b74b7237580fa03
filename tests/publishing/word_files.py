"""The Word files of the books of `word_books`, and what stands in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from lxml import etree

from pipeline.proceedings.book import Book
from pipeline.publishing.word import docx as word
from pipeline.publishing.word.xml import w
from tests.publishing import word_books as books

BOOKS: dict[str, Callable[..., Book]] = {"fr": books.french, "ja": books.japanese}
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def made(book: Book, reference: Path = books.REFERENCE) -> bytes:
    return word.docx(book, reference, books.raster, books.cake_png)


@lru_cache(maxsize=4)
def file_of(language: str, draft: bool = True) -> bytes:
    return made(BOOKS[language](draft))


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t")))


def in_style(root: etree._Element, style: str) -> list[etree._Element]:
    return [
        paragraph
        for paragraph in root.iter(w("p"))
        if (found := paragraph.find(f"{w('pPr')}/{w('pStyle')}")) is not None
        and found.get(w("val")) == style
    ]


def runs_with(root: etree._Element, string: str) -> Iterator[etree._Element]:
    return (run for run in root.iter(w("r")) if string in (run.findtext(w("t")) or ""))


def style(content: bytes, name: str) -> etree._Element:
    for element in part(content, "word/styles.xml").iter(w("style")):
        if element.find(w("name")).get(w("val")).lower() == name.lower():
            return element
    raise AssertionError(name)
