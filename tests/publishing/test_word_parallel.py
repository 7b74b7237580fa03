"""The declaration in two columns in Word: its table, its heads, who signs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from lxml import etree

from pipeline.proceedings.parallel import ParallelRow, Party
from pipeline.publishing.pages.abreast import is_abreast
from pipeline.publishing.word.xml import w
from tests.publishing import pdf_books as books
from tests.publishing.parallel_books import (
    declaration,
    pages,
    parts,
    pdf,
    signatories,
    tree,
    words_of,
)


def test_the_text_is_a_fixed_table_of_two_columns_under_repeated_titles() -> None:
    tables = list(tree(declaration()).iter(w("tbl")))
    assert len(tables) == 2
    table = tables[0]
    layout = table.find(f"{w('tblPr')}/{w('tblLayout')}")
    assert layout is not None
    assert layout.get(w("type")) == "fixed"
    assert len(table.findall(f"{w('tblGrid')}/{w('gridCol')}")) == 2
    rows = table.findall(w("tr"))
    assert all(len(row.findall(w("tc"))) == 2 for row in rows)
    heads = [row for row in rows if row.find(f"{w('trPr')}/{w('tblHeader')}") is not None]
    assert [words_of(row) for row in heads] == ["Déclaration d’Ormeval青嶺宣言"]


def test_clauses_may_break_and_their_heads_stay_with_them() -> None:
    document = tree(declaration())
    sheet = tree(declaration(), "word/styles.xml")
    kept = {s.get(w("styleId")) for s in sheet if s.find(f"{w('pPr')}/{w('keepNext')}") is not None}
    based = {s.get(w("styleId")): s.find(w("basedOn")) for s in sheet.findall(w("style"))}

    def keeps(style: str | None) -> bool:
        while style is not None and style not in kept:
            base = based.get(style)
            style = base.get(w("val")) if base is not None else None
        return style is not None

    for row in next(document.iter(w("tbl"))).findall(w("tr")):
        split = row.find(f"{w('trPr')}/{w('cantSplit')}")
        assert split is not None
        styles = [style.get(w("val")) for style in row.iter(w("pStyle"))]
        if any("Article" in str(style) or "Section" in str(style) for style in styles):
            assert split.get(w("val")) == "1"
            assert all(keeps(style) for style in styles)
        elif "commun" in words_of(row):
            assert split.get(w("val")) == "0"
            assert not any(keeps(style) for style in styles)


def test_each_column_has_its_language_and_fonts() -> None:
    found = parts(declaration())
    sheet = etree.fromstring(found["word/styles.xml"])
    styles = {style.get(w("styleId")): style for style in sheet.findall(w("style"))}
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = etree.fromstring(found[name])
        for paragraph in root.iter(w("p")):
            words = words_of(paragraph)
            if not words.strip():
                continue
            tag = "ja" if re.search("[ぁ-ん一-鿿ァ-ヴ]", words) else "fr"
            style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
            assert style is not None
            run = styles[style.get(w("val"))].find(w("rPr"))
            assert run is not None
            lang, fonts = run.find(w("lang")), run.find(w("rFonts"))
            assert lang is not None
            assert fonts is not None
            assert lang.get(w("val")) == {"fr": "fr-FR", "ja": "en-US"}[tag]
            assert lang.get(w("eastAsia")) == "ja-JP"
            assert fonts.get(w("eastAsia")) in ("MS Mincho", "MS Gothic")
            assert fonts.get(w("ascii")) in {"fr": ("Cambria", "Calibri"),
                                             "ja": ("Century", "Arial")}[tag]  # fmt: skip


def test_references_lead_to_their_row_and_look_like_text() -> None:
    document = tree(declaration())
    links = [link for link in document.iter(w("hyperlink")) if link.get(w("anchor")) == "eau"]
    assert [words_of(link) for link in links] == ["article 1", "第1条"]
    assert not any(list(link.iter(w("rStyle"))) for link in links)
    names = [mark.get(w("name")) for mark in document.iter(w("bookmarkStart"))]
    assert names.count("eau") == 1


def test_parties_sign_side_by_side_in_whole_rows_each_above_its_name() -> None:
    _text, table = tree(declaration()).iter(w("tbl"))
    title, heads, *people = table.findall(w("tr"))
    assert words_of(title) == "Signatures署名"
    assert all(row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in (title, heads))
    assert [words_of(cell) for cell in heads.findall(w("tc"))] == ["Franceフランス", "Japon日本"]
    said = [[words_of(cell) for cell in row.findall(w("tc"))] for row in people]
    assert [[words[:8] for words in row] for row in said] == [["Élise Mo", "SAWATARI"],
                                                              ["", "KUJO Rie"]]  # fmt: skip
    for row in people:
        split = row.find(f"{w('trPr')}/{w('cantSplit')}")
        assert split is not None
        assert split.get(w("val")) == "1"
        for cell in row.findall(w("tc")):
            styles = [str(style.get(w("val"))) for style in cell.iter(w("pStyle"))]
            assert styles[:1] == (["ActesParallelToSign"] if words_of(cell) else [])
            assert {style[-2:] for style in styles[1:]} in ({"fr", "ja"}, set())


THREE = tuple(
    Party(tag, (books.words(f"Partie {tag}"), books.words("当事者")),
          signatories((f"Prénom Nom {tag}", "氏名")))
    for tag in ("fr", "ja", "de")
)  # fmt: skip
LONG = (THREE[0], Party("ja", THREE[1].names, signatories(("Nom " + "très " * 8 + "long", "氏名"))))


def test_a_party_alone_or_a_copy_in_large_type_has_no_columns_for_names_that_do_not_fit() -> None:
    assert is_abreast(declaration())
    assert not is_abreast(declaration(parties=THREE[:1]))
    two = (THREE[0], Party("ja", THREE[1].names, signatories(("N" * 30, "氏名"))))
    assert [is_abreast(declaration(parties=two, large=large)) for large in (False, True)] == [
        True,
        False,
    ]


def test_items_of_a_copy_in_large_type_have_room_for_their_numbers() -> None:
    steps = [
        int(
            next(tree(declaration(large=large), "word/numbering.xml").iter(w("ind"))).get(
                w("hanging")
            )
        )
        for large in (False, True)
    ]
    assert steps[1] >= 1.5 * steps[0]


@pytest.mark.parametrize(("parties", "abreast"), [(THREE, True), (LONG, False)])
def test_parties_stand_side_by_side_where_their_names_fit(
    parties: tuple[Party, ...], abreast: bool, tmp_path: Path
) -> None:
    book = declaration(parties=parties)
    assert len(list(tree(book).iter(w("tbl")))) == 1 + (1 if abreast else len(parties))
    places = name_places(pdf(book, tmp_path))
    begins = {places[f"Partie {party.language}"][0][::2] for party in parties}
    assert len(begins) == (1 if abreast else len(parties))
    # In the foot, a name in two languages takes no room to write from a third party.
    (_page, x, y), (_other_page, other_x, other_y) = (
        places[words][-1] for words in (f"Partie {parties[-1].language}", "当事者")
    )
    assert (x == other_x) == (len(parties) > 2) == (y != other_y)


def name_places(reader: pypdf.PdfReader) -> dict[str, list[tuple[int, float, float]]]:
    """The pages and places (points) at which each run of words begins."""
    found: dict[str, list[tuple[int, float, float]]] = {}
    for number, page in enumerate(reader.pages):

        def note(words: str, cm: Any, tm: Any, *_font: Any, number: int = number) -> None:
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            found.setdefault(" ".join(words.split()), []).append((number, x, y))

        page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("before", range(28, 46, 8))
def test_who_signs_is_level_and_whole_and_begins_below_its_title(
    before: int, tmp_path: Path
) -> None:
    parties = tuple(
        replace(party, signatories=signatories(*((f"{party.language}{n:02}", "氏") for n in who)))
        for party, who in zip(THREE[:2], (range(9), range(7)), strict=True)
    )
    filler = ParallelRow("clause", "a", (books.blocks("Mot.\n\n" * before), ()))
    reader = pdf(declaration(rows=(filler,), parties=parties), tmp_path)
    found = pages(reader)
    (title,) = [n for n, page in enumerate(found) if "署名" in page]
    assert "fr00" in found[title]
    assert "ja00" in found[title]
    for n in range(9):
        (page,) = [page for page in found if f"fr{n:02}" in page]
        assert "Partiefr" in page
        assert n > 6 or f"ja{n:02}" in page
    places = name_places(reader)
    level = [[round(places[f"{tag}{n:02}"][0][2]) for n in range(7)] for tag in ("fr", "ja")]
    assert level[0] == level[1]


def test_every_cell_ends_with_a_paragraph_and_no_mark_is_left() -> None:
    rows = (ParallelRow("clause", "seul", (books.blocks("Seul."), ())),
            ParallelRow("clause", "boite", (books.blocks("::: {.box title=\"T\"}\nMot.\n:::"),
                                              books.blocks("| a | b |\n|---|---|\n| 一 | 二 |"))))  # fmt: skip
    document = tree(declaration(rows=rows))
    assert all(cell[-1].tag == w("p") for cell in document.iter(w("tc")))
    assert not list(document.iter(etree.ProcessingInstruction))


def test_headers_carry_both_marks_each_in_its_language() -> None:
    found = parts(declaration())
    headers = [etree.fromstring(found[name]) for name in found if "actes-header" in name]
    assert headers
    for header in headers:
        assert "PROJET – ne pas diffuser" in words_of(header)
        runs = [run for run in header.iter(w("r")) if words_of(run) == "草案・取扱注意"]
        assert runs[0].find(f"{w('rPr')}/{w('lang')}").get(w("eastAsia")) == "ja-JP"  # type: ignore[union-attr]


def test_properties_name_the_declaration() -> None:
    core = parts(declaration())["docProps/core.xml"].decode()
    assert "<dc:title>Déclaration d’Ormeval / 青嶺宣言</dc:title>" in core
    assert "2025-03-03T00:00:00Z" in core
