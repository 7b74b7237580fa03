"""The declaration as PDF: two texts in columns, read row by row."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from pipeline.errors import ActesError
from pipeline.proceedings import book as b
from pipeline.proceedings.parallel import ParallelBook, ParallelRow, Party, Signatory
from pipeline.publishing.typst import parallel as typst_parallel
from pipeline.texts import ast
from tests.publishing import pdf_books as books

TEMPLATES = Path(__file__).parents[2] / "templates"


def _side(language: str, title: str) -> b.Side:
    return b.Side(language, books.STYLES[language], books.words(title), books.LABELS[language])


def _row(number: int, french: str, japanese: str) -> ParallelRow:
    cells = tuple(
        (ast.header(2, books.words(head), f"c{number}"), ast.para([*ast.text(words), note]))
        for head, words, note in (
            (f"Article {number}", french, ast.link(ast.text("voir"), "#c1")),
            (f"第{number}条", japanese, ast.link(ast.text("参照"), "#c1")),
        )
    )
    return ParallelRow("clause", f"c{number}", cells)


def _book(*rows: ParallelRow, draft: bool = True) -> ParallelBook:
    section = ParallelRow(
        "section",
        "s",
        ((ast.header(1, books.words("Économie")),), (ast.header(1, books.words("経済")),)),
    )
    person = Signatory(
        (
            (books.words("Élise Morvannec"), books.words("adjointe")),
            (books.words("エリーズ・モルヴァネック"), books.words("副市長")),
        )
    )
    return ParallelBook(
        (_side("fr", "Déclaration"), _side("ja", "宣言")),
        (books.words("Shizuoka"), books.words("静岡市")),
        (section, *rows),
        (books.words("Signatures"), books.words("署名")),
        (Party("fr", (books.words("France"), books.words("フランス")), (person,)),),
        "Déclaration – 宣言",
        "Secrétariat",
        "2024-12-01",
        draft,
        ("PROJET", "草案") if draft else (),
    )


def _pages(content: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def test_clauses_stand_side_by_side_in_reading_order(tmp_path: Path) -> None:
    rows = [_row(n, f"Nous ferons {n}.", f"我々は{n}を行う。") for n in range(1, 15)]
    text = "".join(_pages(typst_parallel.pdf(_book(*rows), tmp_path, TEMPLATES)))
    order = [text.index(words) for n in range(1, 15) for words in (f"Nousferons{n}.", f"は{n}を")]
    assert order == sorted(order)
    assert text.index("ÉliseMorvannec") < text.index("エリーズ・モルヴァネック")


def test_every_page_of_a_draft_is_marked_in_both_languages(tmp_path: Path) -> None:
    rows = [_row(n, "Des mots. " * 40, "言葉である。" * 40) for n in range(1, 12)]
    pages = _pages(typst_parallel.pdf(_book(*rows), tmp_path, TEMPLATES))
    assert len(pages) > 2
    assert all("PROJET草案" in page for page in pages)
    final = _pages(typst_parallel.pdf(_book(*rows, draft=False), tmp_path, TEMPLATES))
    assert not any("PROJET" in page for page in final)


def test_same_bytes_in_any_folder(tmp_path: Path) -> None:
    book = _book(_row(1, "Un.", "一。"))
    one, two = (typst_parallel.pdf(book, tmp_path / n, TEMPLATES) for n in ("a", "b c"))
    assert one == two


def test_a_missing_glyph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ActesError, match="glyph-missing"):
        typst_parallel.pdf(_book(_row(1, "\ue123", "一。")), tmp_path, TEMPLATES)
