"""The summary of commitments: the sentences that commit, in their own words, on one page."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pypdf
import pytest

from pipeline.proceedings.parallel import ParallelBook, ParallelRow
from pipeline.publishing.commitments import binding, summary
from pipeline.publishing.typst import parallel as typst_parallel
from pipeline.publishing.word.parallel import docx as word_parallel
from pipeline.publishing.word.parallel.one_page import share_of
from pipeline.texts import ast
from pipeline.workspace.languages import load_language, program_templates
from tests.publishing import pdf_books as books
from tests.publishing.parallel_books import REFERENCE, SIDES
from tests.support.workspace import docx_text

TEMPLATES = program_templates()
CASES = {
    "fr": (
        "Nous affirmons que l’eau est un bien commun. Nous nous efforçons de l’économiser.\n\n"
        "Les villes s’engagent à :\n\n1. planter ;\n2. abriter.\n\n"
        "Les villes rappellent :\n\n- que Nancy a ouvert la voie.\n",
        ["Nous nous efforçons de l’économiser.", "Les villes s’engagent à :", "planter ; abriter."],
    ),
    "ja": (
        "水は共有財であることを確認する。節水に努める。\n\n次に掲げることを約束する。\n\n"
        "1. 木を植えること。\n\n次のことを想起する。\n\n- ナンシーで始まったこと。\n",
        ["節水に努める。", "次に掲げることを約束する。", "木を植えること。"],
    ),
    # No words of promise are known in this language: nothing is left out.
    "nl": ("Water is van ons allen. Wij beloven het te sparen.\n",
           ["Water is van ons allen. Wij beloven het te sparen."]),
}  # fmt: skip


@pytest.mark.parametrize("language", CASES)
def test_what_commits_is_kept_with_the_lists_it_announces(language: str) -> None:
    text, expected = CASES[language]
    kept = binding(books.blocks(text), language)
    assert [" ".join(ast.plain_text([block]).split()) for block in kept] == expected


def long_copy(language: str, clauses: int) -> ParallelBook:
    """A copy of one text with many commitments."""
    text = "\n".join([CASES[language][0]] * 2)
    section = ParallelRow(
        "section",
        "s",
        (
            (
                ast.header(
                    1,
                    ast.text("1"),
                ),
            ),
        ),
    )
    empty = ParallelRow("section", "e", ((ast.header(1, ast.text("Vide")),),))
    rows = [
        ParallelRow("clause", f"c{n}", ((ast.header(2, ast.text(f"§{n}")), *books.blocks(text)),))
        for n in range(clauses)
    ]
    return ParallelBook(
        (SIDES[language],), (books.words("2025"),), (section, *rows, empty), (books.words("X"),),
        (), "D", "Secrétariat", "2025-03-03", draft=False, draft_marks=("",),
    )  # fmt: skip


def size_of(page: pypdf.PageObject) -> float:
    """The size of most letters on a page, in points."""
    found: Counter[float] = Counter()

    def weigh(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        found[round(size * abs(tm[0] * cm[0]), 1)] += len(text.strip())

    page.extract_text(visitor_text=weigh)
    return max(found, key=lambda size: found[size])


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_it_is_one_page_that_says_the_text_alone_is_authentic(
    language: str, tmp_path: Path
) -> None:
    table = load_language(tmp_path, language)
    book = summary(long_copy(language, 6), table)
    pdf = pypdf.PdfReader(io.BytesIO(typst_parallel.pdf(book, tmp_path, TEMPLATES)))
    file = tmp_path / "summary.docx"
    file.write_bytes(word_parallel.docx(book, REFERENCE))
    assert len(pdf.pages) == 1
    assert size_of(pdf.pages[0]) > 7.5  # points: space is given up before letters are
    for said in (pdf.pages[0].extract_text(), docx_text(file)):
        squeezed = "".join(said.split())
        assert "".join(table.labels["commitments"].split()) in squeezed
        assert "".join(table.labels["commitments-note"].split()) in squeezed
        assert squeezed.count("".join(CASES[language][1][0].split())) == 12
        assert "Vide" not in squeezed


def test_word_is_set_smaller_the_more_there_is_to_say() -> None:
    table = load_language(Path(), "fr")
    shares = [share_of(summary(long_copy("fr", n), table), 160.0, 240.0) for n in (1, 4, 5, 60)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    assert shares[-1] == 0.6
    assert len(set(shares)) == 4
