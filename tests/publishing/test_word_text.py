"""What a Word file says, in order; and that LibreOffice says the same of it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from pipeline.proceedings.book import Book, Chapter, Notice
from pipeline.publishing.word import docx as word
from pipeline.publishing.word.pieces import entries
from pipeline.publishing.word.xml import w
from pipeline.texts import ast
from tests.publishing import word_books as books

BOOKS = {"fr": books.french, "ja": books.japanese}


def squeezed(string: str) -> str:
    return re.sub(r"[\s\u200b]+", "", string)


def words_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "".join(text.text or "" for text in root.iter(w("t")))


def chapters(book: Book) -> Iterator[str]:
    """The words of each paragraph, heading, cell and caption of the texts, in order."""
    for piece in book.pieces:
        if not isinstance(piece, Chapter):
            continue
        yield ast.plain_text(piece.title)
        if piece.head:
            for row in piece.head.rows:
                yield ast.plain_text(row.label)
                yield ast.plain_text(row.value)
            yield from (badge.words for badge in piece.head.badges)
            yield ast.plain_text(piece.head.abstract_label)
            yield ast.plain_text(piece.head.abstract)
        for content in piece.content:
            if isinstance(content, Notice):
                yield ast.plain_text(content.words)
                continue
            yield content.mark
            for node in ast.walk(content.blocks):
                if node["t"] in ("Para", "Plain", "Header") and not is_picture(node):
                    for inlines in ast.inline_lists(node):
                        yield ast.plain_text(inlines)


def is_picture(node: dict[str, object]) -> bool:
    return any(n["t"] == "Image" for n in ast.walk([node]))


def in_order(parts: Iterator[str], whole: str) -> None:
    position = 0
    for part in parts:
        found = whole.find(squeezed(part), position)
        assert found >= 0, part
        position = found


@pytest.mark.parametrize("language", BOOKS)
def test_the_file_says_what_the_pieces_say_in_their_order(language: str) -> None:
    book = BOOKS[language]()
    notes = [n for n in ast.walk(books.french_blocks()) if n["t"] == "Note"]
    content = word.docx(book, books.REFERENCE, books.raster, books.cake_png)
    assert notes
    kept = (part for part in chapters(book) if not any(squeezed(part) == squeezed(
        ast.plain_text(n["c"])) for b in (books.french_blocks(), books.japanese_blocks())
        for n in ast.walk(b) if n["t"] == "Note"))  # fmt: skip
    in_order(kept, squeezed(words_of(content)))


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", BOOKS)
def test_libreoffice_reads_it(language: str, tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    book = BOOKS[language]()
    content = word.docx(book, books.REFERENCE, books.raster, books.cake_png)
    (tmp_path / "book.docx").write_bytes(content)
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path),
         str(tmp_path / "book.docx")],
        check=True, capture_output=True, timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    said = squeezed((tmp_path / "book.txt").read_text(encoding="utf-8"))
    in_order((ast.plain_text(entry.title) for entry in entries(book)), said)
    # After the table of contents, the same titles again at the head of their pages.
    last = said.rfind(squeezed(ast.plain_text(entries(book)[-1].title)))
    assert last > said.find(squeezed(ast.plain_text(entries(book)[-1].title)))
