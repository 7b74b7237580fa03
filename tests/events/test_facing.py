"""The bilingual edition on pages that face each other: what is on the left is answered on the right."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from tests.events.bilingual import LISTED, flat, places
from tests.publishing.pdf_books import SVG
from tests.support.tagged import elements
from tests.support.workspace import (
    actes,
    counterpart,
    docx_parts,
    make_workspace,
    summary,
)

FACING = LISTED.replace("{bilingual: {}", "{bilingual: {layout: facing}")
COUNT = 40
COUNT_OF_ITEMS, ENDLESS = 60, 600
LONG = "\n".join(f"- point {number}" for number in range(COUNT_OF_ITEMS))
FRENCH = [
    *(
        f"Le paragraphe {n} commence ici. " + "Il en dit plus. " * (n * 7 % 23)
        for n in range(COUNT)
    ),
    "Une note[^1].",
    '![Vue du port](images/vue.svg){alt="Deux formes"}',
    LONG,
    "Sans fin. " * ENDLESS,
    "La fin du texte.",
    "[^1]: Note en français.",
]
JAPANESE = [
    *(f"段落第{n}号である。" + "更に続く。" * (n * 5 % 31) for n in range(COUNT)),
    "注がある[^1]。",
    '![港の眺め](images/vue.svg){alt="二つの形"}',
    LONG.replace("point", "項目"),
    "終わらない。" * ENDLESS,
    "文章の結び。",
    "[^1]: 日本語の注。",
]


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text of many passages, one with a note, a picture, a list longer than a page."""
    stripped = [text.strip() for text in FRENCH]
    root = make_workspace(
        tmp_path_factory.mktemp("facing"),
        texts={
            "event.yaml": FACING,
            "eco/essai.fr.md": summary("Essai", "\n\n".join(stripped)),
            "eco/essai.ja.md": counterpart(
                "essai.fr.md", "試み", zip(stripped, JAPANESE, strict=True), "Essai"
            ),
            "eco/images/vue.svg": SVG,
            "eco/suite.fr.md": summary("Suite", "Après cela."),
            "eco/suite.ja.md": counterpart(
                "suite.fr.md", "続き", [("Après cela.", "その後。")], "Suite"
            ),
        },
    )
    done = actes(root, "build", "proceedings-bilingual")
    assert done.code == 0, done.err
    return root


def test_the_two_pages_hold_the_same_passages(pages: list[str]) -> None:
    seen = 0
    for left, right in pairwise(pages):
        found = re.findall(r"Leparagraphe(\d+)commence", left)
        if found:
            assert re.findall(r"段落第(\d+)号である", right) == found
            seen += len(found)
    assert seen == COUNT


def test_the_first_language_is_on_the_left(pages: list[str]) -> None:
    assert {n % 2 for n, page in enumerate(pages, 1) if "Leparagraphe" in page} == {0}
    assert {n % 2 for n, page in enumerate(pages, 1) if "段落第" in page} == {1}


def test_passages_begin_at_the_same_height(reader: pypdf.PdfReader) -> None:
    heights: list[float] = []
    for left, right in pairwise(reader.pages):
        begun = [y for words, _x, y in places(left) if words.startswith("Le paragraphe")]
        answers = [y for words, _x, y in places(right) if words.startswith("段落")]
        if begun:
            # The letters of the two languages stand on one line within a fraction of it.
            heights += [abs(a - b) for a, b in zip(begun, answers, strict=True)]
    assert len(heights) == COUNT
    assert max(heights) < 2


def test_a_long_list_is_parted_between_its_items(reader: pypdf.PdfReader) -> None:
    seen: list[str] = []
    for left, right in pairwise(page.extract_text() for page in reader.pages):
        found = re.findall(r"point (\d+)", left)
        if found:
            assert re.findall(r"項目 (\d+)", right) == found
            seen += found
    assert seen == [str(number) for number in range(COUNT_OF_ITEMS)]


def test_a_passage_longer_than_a_page_is_all_there_and_what_follows_faces_again(
    pages: list[str],
) -> None:
    text = "".join(pages)
    assert text.count("Sansfin.") == text.count("終") == ENDLESS
    left = next(n for n, page in enumerate(pages) if "Lafindutexte" in page)
    assert "文章の結び" in pages[left + 1]


def test_each_note_is_at_the_foot_of_its_page(pages: list[str]) -> None:
    left = next(n for n, page in enumerate(pages) if "Noteenfrançais" in page)
    assert re.search(r"Unenote1\..*1Noteenfrançais", pages[left])
    assert re.search(r"注がある1。.*1日本語の注", pages[left + 1])
    assert "日本語の注" not in pages[left]


def test_a_picture_of_both_stands_once_with_a_caption_on_each_page(
    reader: pypdf.PdfReader, pages: list[str]
) -> None:
    left = next(n for n, page in enumerate(pages) if "Figure1Vueduport" in page)
    assert "図1港の眺め" in pages[left + 1]
    assert "図1" not in pages[left]
    captions = [
        next(
            y
            for found, _x, y in places(reader.pages[left + side])
            if found.strip().startswith(words)
        )
        for side, words in enumerate(("Figure", "図"))
    ]
    assert captions[0] == pytest.approx(captions[1], abs=2)
    assert sum("/Alt" in element for element in elements(reader)) == 1


def test_titles_are_on_both_pages_and_once_in_the_contents_and_bookmarks(
    reader: pypdf.PdfReader, pages: list[str]
) -> None:
    left = next(n for n, page in enumerate(pages) if page.startswith("Suite") and n > 3)
    assert pages[left + 1].startswith("続き")
    contents = "".join(page for page in pages[:4] if "Suite" in page)
    assert contents.count("続き") == 1
    titles = [bookmark.title for bookmark in flat(reader.outline)]
    assert [title for title in titles if "続き" in title] == ["Suite\u2009/\u2009続き"]


def test_word_stays_in_columns(event: Path) -> None:
    document = docx_parts(event / "build/proceedings-bilingual.docx")["word/document.xml"].decode()
    cells = re.findall(r"<w:tc>(.*?)</w:tc>", document, re.DOTALL)
    words = ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", cell)) for cell in cells]
    assert words[words.index("La fin du texte.") + 1] == "文章の結び。"
