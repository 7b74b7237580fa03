"""The bilingual edition on pages that face each other: what is on the left is answered on the right."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from lxml import etree

from pipeline.publishing.word.xml import w
from tests.events.bilingual import LISTED, flat, places, said_of, styles_of
from tests.publishing.pdf_books import SVG
from tests.support.tagged import elements
from tests.support.workspace import (
    actes,
    counterpart,
    docx_parts,
    make_workspace,
    squeezed,
    summary,
)

FACING = LISTED.replace("{bilingual: {}", "{bilingual: {layout: facing}")
COUNT = 40
OF_THE_MACHINE = 7
COUNT_OF_ITEMS, ENDLESS = 60, 600
LONG = "\n".join(f"- point {number}" for number in range(COUNT_OF_ITEMS))
FRENCH = [
    *(
        f"Le paragraphe {n} commence ici. " + "Il en dit plus. " * (n * 7 % 23)
        for n in range(COUNT)
    ),
    "Une note[^1].",
    '![Vue du port](images/vue.svg){alt="Deux formes"}',
    "| Port | Tonnes |\n|---|---|\n| Brest | 3 |",
    LONG,
    "Sans fin. " * ENDLESS,
    '::: {.encadré title="Boîte"}\nDans la boîte.\n:::',
    "La fin du texte.",
    "[^1]: Note en français.",
]
JAPANESE = [
    *(f"段落第{n}号である。" + "更に続く。" * (n * 5 % 31) for n in range(COUNT)),
    "注がある[^1]。",
    '![港の眺め](images/vue.svg){alt="二つの形"}',
    "| 港湾 | 取扱量 |\n|---|---|\n| ブレスト | 3 |",
    LONG.replace("point", "項目"),
    "終わらない。" * ENDLESS,
    '::: {.encadré title="囲み"}\n囲みの中。\n:::',
    "文章の結び。",
    "[^1]: 日本語の注。",
]


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text of many passages, one with a note, a picture, a list longer than a page."""
    stripped = [text.strip() for text in FRENCH]
    essay = counterpart("essai.fr.md", "試み", zip(stripped, JAPANESE, strict=True), "Essai")
    root = make_workspace(
        tmp_path_factory.mktemp("facing"),
        texts={
            "event.yaml": FACING,
            "eco/essai.fr.md": summary("Essai", "\n\n".join(stripped)),
            "eco/essai.ja.md": said_of(
                f"Le paragraphe {OF_THE_MACHINE} commence", essay, "machine"
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


def test_a_state_is_said_on_the_page_of_its_language(
    pages: list[str], openings: list[tuple[Page, Page]]
) -> None:
    found = next(n for n, page in enumerate(pages) if f"段落第{OF_THE_MACHINE}号" in page)
    assert [n for n, page in enumerate(pages) if "機械翻訳・未確認" in page] == [found]
    for left, right in openings:
        assert "機械翻訳" not in left.words
        assert ("機械翻訳" in right.words) == (f"段落第{OF_THE_MACHINE}号" in right.words)


def test_titles_are_on_both_pages_and_once_in_the_contents_and_bookmarks(
    reader: pypdf.PdfReader, pages: list[str]
) -> None:
    left = next(n for n, page in enumerate(pages) if page.startswith("Suite") and n > 3)
    assert pages[left + 1].startswith("続き")
    contents = "".join(page for page in pages[:4] if "Suite" in page)
    assert contents.count("続き") == 1
    titles = [bookmark.title for bookmark in flat(reader.outline)]
    assert [title for title in titles if "続き" in title] == ["Suite\u2009/\u2009続き"]


# -- Word -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def word(event: Path) -> dict[str, bytes]:
    return docx_parts(event / "build/proceedings-bilingual.docx")


@dataclass(frozen=True)
class Page:
    """A section of the Word file: what it says and the heights of its rows, where it begins."""

    begins: str
    words: str
    heights: tuple[str, ...]
    first_note: str


@pytest.fixture(scope="module")
def sections(word: dict[str, bytes]) -> list[Page]:
    found: list[Page] = []
    words, heights = "", []
    for element in etree.fromstring(word["word/document.xml"])[0]:
        words += "".join(text.text or "" for text in element.iter(w("t")))
        rows = element.findall(w("tr"))
        heights += [row.find(f"{w('trPr')}/{w('trHeight')}") for row in rows]
        section = element if element.tag == w("sectPr") else element.find(f".//{w('sectPr')}")
        if section is not None:
            note = section.find(f"{w('footnotePr')}/{w('numStart')}")
            found.append(
                Page(
                    section.find(w("type")).get(w("val"), ""),  # type: ignore[union-attr]
                    words,
                    tuple("" if h is None else h.get(w("val"), "") for h in heights),
                    "" if note is None else note.get(w("val"), ""),
                )
            )
            words, heights = "", []
    return found


@pytest.fixture(scope="module")
def openings(sections: list[Page]) -> list[tuple[Page, Page]]:
    """The left and right page of each opening."""
    pairs = [pair for pair in pairwise(sections) if pair[0].begins == "evenPage"]
    assert [right.begins for _left, right in pairs] == ["oddPage"] * len(pairs)
    return pairs


def test_in_word_the_two_pages_of_an_opening_hold_the_same_passages(
    openings: list[tuple[Page, Page]],
) -> None:
    seen: list[str] = []
    for left, right in openings:
        found = re.findall(r"Le paragraphe (\d+) commence|point (\d+)", left.words)
        answers = re.findall(r"段落第(\d+)号である|項目 ?(\d+)", right.words)
        assert answers == found
        seen += [one or f"item {other}" for one, other in found]
    wanted = [str(number) for number in range(COUNT)]
    assert seen == [*wanted, *(f"item {number}" for number in range(COUNT_OF_ITEMS))]


def test_in_word_rows_are_as_high_on_both_pages(openings: list[tuple[Page, Page]]) -> None:
    assert all(left.heights == right.heights for left, right in openings)
    levelled = [left for left, _right in openings if all(left.heights)]
    endless = [left for left, _right in openings if "Sans fin" in left.words]
    assert len(levelled) == len(openings) - 1  # what no page has room for is as high as it is
    assert [page.heights for page in endless] == [("",)]


def test_in_word_notes_that_answer_each_other_have_one_number(
    openings: list[tuple[Page, Page]], word: dict[str, bytes]
) -> None:
    assert all(left.first_note == right.first_note for left, right in openings)
    before = [left.first_note for left, _right in openings if "Une note" in left.words]
    after = [left.first_note for left, _right in openings if "La fin du texte" in left.words]
    assert (before, after) == (["1"], ["2"])
    styles = styles_of(word["word/footnotes.xml"])
    assert styles["Noteenfrançais."].endswith("-fr")
    assert styles["日本語の注。"].endswith("-ja")


def test_in_word_the_head_of_a_table_is_in_the_font_of_heads(word: dict[str, bytes]) -> None:
    styles = styles_of(word["word/document.xml"])
    assert (styles["Tonnes"], styles["取扱量"]) == ("Compact-fr-head", "Compact-ja-head")
    assert (styles["Brest"], styles["ブレスト"]) == ("Compact-fr", "Compact-ja")
    fonts = {
        style.get(w("styleId")): style.find(f"{w('rPr')}/{w('rFonts')}")
        for style in etree.fromstring(word["word/styles.xml"]).iter(w("style"))
    }
    head, cell = (fonts[name].get(w("eastAsia")) for name in ("Compact-ja-head", "Compact-ja"))
    assert (head, cell) == ("MS Gothic", "MS Mincho")


def test_in_word_titles_are_headings_of_their_pages_and_in_the_contents_in_each_language(
    word: dict[str, bytes], openings: list[tuple[Page, Page]]
) -> None:
    document = etree.fromstring(word["word/document.xml"])
    titles: dict[str, list[str]] = {"TOC2": [], "Heading2": []}
    for paragraph in document.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        if style is not None and style.get(w("val")) in titles:
            words = "".join(text.text or "" for text in paragraph.iter(w("t")))
            titles[style.get(w("val"), "")].append(words)
    assert titles["Heading2"] == ["Essai", "試み", "Suite", "続き"]
    assert [re.sub(r"[\d…]+$", "", words) for words in titles["TOC2"]] == titles["Heading2"]
    left, right = next(pair for pair in openings if "Après cela" in pair[0].words)
    assert left.words.startswith("Suite")
    assert right.words.startswith("続き")
    assert right.words.endswith("その後。")


def test_in_word_a_picture_of_both_stands_on_the_left_and_its_captions_level(
    word: dict[str, bytes], openings: list[tuple[Page, Page]]
) -> None:
    document = etree.fromstring(word["word/document.xml"])
    assert len(list(document.iter("{*}drawing"))) == 1
    right = next(right for left, right in openings if "Vue du port" in left.words)
    assert "港の眺め" in right.words
    cells = [
        "".join(text.text or "" for text in cell.iter(w("t")))
        for cell in document.iter(w("tc"))
        if cell.find(f"{w('tcPr')}/{w('vAlign')}") is not None
    ]
    assert [squeezed(cell) for cell in cells] == ["Figure1Vueduport", "図1港の眺め"]


def test_in_word_a_page_that_begins_with_a_box_begins_with_a_paragraph_of_no_height(
    word: dict[str, bytes],
) -> None:
    """LibreOffice would put the head of the page before above it, in the other language."""
    boxes = [
        cell
        for table in etree.fromstring(word["word/document.xml"])[0].findall(w("tbl"))
        if (cell := table.find(f"{w('tr')}/{w('tc')}")).find(w("tbl")) is not None  # type: ignore[union-attr]
    ]
    said = ["".join(text.text or "" for text in cell.iter(w("t"))) for cell in boxes]
    assert [words for words in said if "oîte" in words or "囲み" in words] == [
        "BoîteDans la boîte.", "囲み囲みの中。"
    ]  # fmt: skip
    for cell in boxes:
        style = next(cell.iterchildren(w("p"), w("tbl"))).find(f"{w('pPr')}/{w('pStyle')}")
        assert style is not None
        assert style.get(w("val"), "").startswith("ActesSectionEnd")


def test_word_mirrors_its_margins_and_says_the_title_of_each_page_above_it(
    word: dict[str, bytes],
) -> None:
    assert etree.fromstring(word["word/settings.xml"]).find(w("mirrorMargins")) is not None
    heads = [word[name].decode() for name in sorted(word) if "actes-header" in name]
    for title, style in (("Essai", "fr"), ("試み", "ja")):
        assert [f"Actes Running {style}" in head for head in heads if title in head] == [True]
    runs = {
        run.findtext(w("t")): run.find(f"{w('rPr')}/{w('rStyle')}").get(w("val"))  # type: ignore[union-attr]
        for run in etree.fromstring(word["word/document.xml"]).iter(w("r"))
        if run.find(f"{w('rPr')}/{w('rStyle')}") is not None
    }
    assert (runs["Essai"], runs["試み"]) == ("ActesRunningfr", "ActesRunningja")


@pytest.mark.long
@pytest.mark.libreoffice
def test_openings_of_word_are_two_pages_in_libreoffice(
    event: Path, openings: list[tuple[Page, Page]], tmp_path: Path
) -> None:
    """Its fonts may be wider than ours: a page may run over, and the next opening faces again."""
    printed = converted(event / "build/proceedings-bilingual.docx", tmp_path)
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(printed).pages]
    paired = 0
    for number, left in enumerate(pages, 1):
        if found := re.findall(r"Leparagraphe(\d+)commence", left):
            assert number % 2 == 0
            paired += re.findall(r"段落第(\d+)号である", pages[number]) == found
    whole = [left for left, _right in openings if "Le paragraphe" in left.words]
    assert paired >= 0.8 * len(whole)
    last = next(number for number, page in enumerate(pages, 1) if "Lafindutexte" in page)
    assert last % 2 == 0
    assert "文章の結び" in pages[last]


def converted(file: Path, folder: Path) -> Path:
    """A Word file as LibreOffice prints it, with the pages that it leaves blank."""
    form = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
    command = ["soffice", f"-env:UserInstallation=file://{folder}/lo", "--headless",
               "--convert-to", form, "--outdir", str(folder), str(file)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{file.stem}.pdf"
