"""The Word writer: what an editor finds in the file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from pipeline.proceedings.book import Part
from pipeline.publishing.word import figures
from pipeline.publishing.word.pieces import entries
from pipeline.publishing.word.xml import bookmark_name, w
from pipeline.texts import ast
from tests.publishing import word_books as books
from tests.publishing.word_files import (
    BOOKS,
    WP,
    R,
    file_of,
    in_style,
    made,
    names,
    part,
    words,
)

# -- the file ------------------------------------------------------------------------------------


def test_the_same_book_gives_the_same_bytes(language: str) -> None:
    assert made(BOOKS[language]()) == file_of(language)


def test_no_date_in_the_zip_but_the_fixed_one(language: str) -> None:
    with zipfile.ZipFile(io.BytesIO(file_of(language))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert len(set(archive.namelist())) == len(archive.namelist())


def test_every_part_is_declared_and_every_relationship_leads_somewhere(language: str) -> None:
    content = file_of(language)
    found = names(content)
    types = part(content, "[Content_Types].xml")
    defaults = {t.get("Extension") for t in types if t.get("Extension")}
    overrides = {t.get("PartName") for t in types if t.get("PartName")}
    for name in found[1:]:
        assert f"/{name}" in overrides or name.rpartition(".")[2] in defaults, name
    identifiers = set()
    for relation in part(content, "word/_rels/document.xml.rels"):
        identifiers.add(relation.get("Id"))
        if relation.get("TargetMode") == "External":
            assert relation.get("Target").startswith(("https://", "http://", "mailto:"))
        else:
            assert f"word/{relation.get('Target')}" in found
    for element in part(content).iter():
        for key in (f"{R}id", f"{R}embed"):
            if element.get(key):
                assert element.get(key) in identifiers


def test_no_mark_is_left(language: str) -> None:
    root = part(file_of(language))
    assert not list(root.iter(etree.ProcessingInstruction))


def test_no_page_ends_after_what_announces_a_list_nor_before_who_said_it() -> None:
    root = part(file_of("fr"))

    def leads(string: str) -> bool:
        found = next(p for p in root.iter(w("p")) if words(p).startswith(string))
        kept = found.find(f"{w('pPr')}/{w('keepNext')}")
        return kept is not None and kept.get(w("val")) != "0"

    assert leads("Trois mesures")
    assert leads("une plateforme commune")
    assert leads("tri et lavage")  # a short list
    assert not leads("une formation des cuisiniers")
    assert leads("Nous avons cessé")
    assert not leads("Une cuisinière")
    assert not leads("Fin.")


def test_no_page_ends_within_a_small_table() -> None:
    rows = {
        count: books.table("Titre", ("a", "b"), *[(f"x{n}", "y") for n in range(count)])
        for count in (3, 30)
    }
    root = part(made(books.with_blocks(books.french(), *rows.values())))
    small, large = (t for t in root.iter(w("tbl")) if "x0" in words(t))
    kept = [row.find(f".//{w('keepNext')}") is not None for row in small.findall(w("tr"))]
    assert kept == [True, True, True, False]
    assert large.find(f".//{w('keepNext')}") is None


def test_a_box_whose_first_words_are_bold_has_them_as_its_title() -> None:
    bold = books.para(ast.strong(ast.text("En bref")))
    box = books.box("", bold, books.para("Une phrase."))
    root = part(made(books.with_blocks(books.french(), box)))
    assert [words(p) for p in in_style(root, "ActesBoxTitle")] == ["En bref"]
    assert [words(p) for p in in_style(root, "ActesBox")] == ["Une phrase."]


def test_properties_come_from_the_book(language: str) -> None:
    book, core = BOOKS[language](), part(file_of(language), "docProps/core.xml")
    found = {etree.QName(element).localname: element.text for element in core}
    assert found["title"] == book.title
    assert found["subject"] == book.subject
    assert found["creator"] == book.author
    assert found["keywords"] == ", ".join(book.keywords)
    assert found["language"] == {"fr": "fr-FR", "ja": "ja-JP"}[language]
    assert found["created"] == found["modified"] == "2025-03-03T00:00:00Z"


def test_word_brings_fields_up_to_date_on_opening(language: str) -> None:
    settings = part(file_of(language), "word/settings.xml")
    assert settings.find(w("updateFields")).get(w("val")) == "true"
    mode = settings.find(f"{w('compat')}/{w('compatSetting')}")
    assert mode.get(w("val")) == "15"


# -- order of properties -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["word/document.xml", "word/footnotes.xml"])
def test_properties_stand_in_the_order_of_the_schema(language: str, name: str) -> None:
    from pipeline.publishing.word.xml import _RANKS

    for element in part(file_of(language), name).iter(*_RANKS):
        ranks = [_RANKS[element.tag][child.tag] for child in element]
        assert ranks == sorted(set(ranks)), etree.tostring(element)


# -- contents, headers, fields ------------------------------------------------------------------


def test_the_table_of_contents_is_live_and_filled_in(language: str) -> None:
    book, root = BOOKS[language](), part(file_of(language))
    contents = root.find(f".//{w('sdt')}")
    instructions = [e.text.strip() for e in contents.iter(w("instrText"))]
    assert instructions[0].startswith('TOC \\o "1-2" \\h')
    marks = {e.get(w("name")) for e in root.iter(w("bookmarkStart"))}
    listed = entries(book)
    assert len(listed) == 8
    for entry, link in zip(listed, contents.iter(w("hyperlink")), strict=True):
        assert link.get(w("anchor")) == bookmark_name(entry.id)
        assert link.get(w("anchor")) in marks
        assert words(link) == "".join(n.get("c", " ") for n in entry.title) + "…"
    assert sum(i.startswith("PAGEREF") for i in instructions) == len(listed)
    assert next(contents.iter(w("fldChar"))).get(w("dirty")) == "true"


def test_fields_are_closed(language: str) -> None:
    content = file_of(language)
    for name in names(content):
        if name.startswith("word/") and name.endswith(".xml"):
            depth = 0
            for mark in part(content, name).iter(w("fldChar")):
                depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(w("fldCharType"))]
                assert depth >= 0
            assert depth == 0, name


def test_headings_are_headings_and_bookmarked(language: str) -> None:
    book, root = BOOKS[language](), part(file_of(language))
    first = [words(p) for p in in_style(root, "Heading1")]
    assert [e for e in first if e] == [
        "".join(n.get("c", " ") for n in e.title) for e in entries(book) if e.level == 1
    ]
    second = in_style(root, "Heading2")
    assert len(second) == 2
    assert all(p.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None for p in second)
    assert len(in_style(root, "ActesSection")) == 2  # of the framing note, and a country


def test_headers_and_footers(language: str) -> None:
    content, book = file_of(language), BOOKS[language]()
    headers = [n for n in names(content) if n.startswith("word/actes-header")]
    theme = next("".join(n["c"] for n in p.title if "c" in n)
                 for p in book.pieces if isinstance(p, Part)).replace(" ", "")  # fmt: skip
    running = []
    for name in headers:
        root = part(content, name)
        assert words(root).startswith(book.labels["draft-mark"])
        instructions = [e.text.strip() for e in root.iter(w("instrText"))]
        if instructions == ["STYLEREF 1", "STYLEREF 2"]:
            running.append(words(root).replace(" ", ""))
    assert len(running) == 1
    assert theme in running[0]
    fields = [e.text.strip() for n in names(content) if n.startswith("word/actes-footer")
              for e in part(content, n).iter(w("instrText"))]  # fmt: skip
    assert fields == ["PAGE", "NUMPAGES"]
    for section in part(content).iter(w("sectPr")):
        if section.find(w("type")).get(w("val")) == "nextPage":
            assert len(section.findall(w("headerReference"))) == 2
            assert section.find(w("pgSz")).get(w("w")) == "11906"


def test_a_final_edition_has_no_mark(language: str) -> None:
    content = file_of(language, draft=False)
    mark = BOOKS[language]().labels["draft-mark"]
    for name in names(content):
        if name.endswith(".xml"):
            assert mark not in words(part(content, name))


def test_parts_open_sections_and_the_index_has_two_columns(language: str) -> None:
    sections = list(part(file_of(language)).iter(w("sectPr")))
    columns = [s.find(w("cols")).get(w("num")) for s in sections]
    assert columns == ["1"] * 8 + ["2"]
    assert sections[-1].find(w("type")).get(w("val")) == "continuous"


def test_index_entries_lead_to_their_chapters(language: str) -> None:
    paragraphs = in_style(part(file_of(language)), "Index1")
    assert paragraphs
    for paragraph in paragraphs:
        pages = [e.text.split()[:2] for e in paragraph.iter(w("instrText"))]
        assert pages == [["PAGEREF", bookmark_name("economie-cantines")],
                         ["PAGEREF", bookmark_name("economie-port")]]  # fmt: skip


# -- what stands in a text ----------------------------------------------------------------------


def test_captions_are_numbered_by_fields(language: str) -> None:
    root = part(file_of(language))
    label = BOOKS[language]().labels
    captions = [*in_style(root, "TableCaption"), *in_style(root, "Caption")]
    found = [e.text.strip() for p in captions for e in p.iter(w("instrText"))]
    assert found.count(f"SEQ {label['table']} \\* ARABIC") == 2
    assert f"SEQ {label['figure']} \\* ARABIC" in found
    gap = "\u00a0" if language == "fr" else ""
    assert words(captions[0]).startswith(f"{label['table']}{gap}1\u2003")


def test_every_picture_has_its_words(language: str) -> None:
    book, root = BOOKS[language](), part(file_of(language))
    described = [e.get("descr") for e in root.iter(f"{WP}docPr")]
    assert all(described)
    assert (books.FR if language == "fr" else books.JA)["alternative"] in described
    identifiers = [e.get("id") for e in root.iter(f"{WP}docPr")]
    assert len(set(identifiers)) == len(identifiers)
    assert book.pieces


def test_tables_repeat_their_head_and_keep_rows_whole(language: str) -> None:
    tables = [
        table
        for table in part(file_of(language)).iter(w("tbl"))
        if table.find(f"{w('tblPr')}/{w('tblStyle')}").get(w("val")) == "Table"
    ]
    assert tables
    for table in tables:
        rows = table.findall(w("tr"))
        assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)
    assert tables[0].find(f"{w('tblPr')}/{w('tblCaption')}") is not None


def test_a_column_of_hours_or_names_holds_them_on_one_line(language: str) -> None:
    hours = books.table("Séances", ("13:00～14:00", "phrase " * 20), ("Shiomihama", "mot"))
    content = made(books.with_blocks(BOOKS[language](), hours))
    table = next(t for t in part(content).iter(w("tbl")) if "Shiomihama" in words(t))
    twips = int(table.find(f"{w('tblGrid')}/{w('gridCol')}").get(w("w")))
    # Six and a half ems of 10.5 points, as wide digits take, between two margins of 5 points.
    assert twips / 20 - 10 >= 6.5 * 10.5


def test_no_word_is_broken_for_a_column_that_could_be_wider() -> None:
    """A column of hours gives way, in a table as narrow as one of two columns of a page."""
    longest, words = [16.1, 60.0, 60.0], [2.3, 13.8, 13.8]  # « De 18 h à 22 h », « avitaillement »
    parts = figures._shares(longest, words, 44)
    assert sum(parts) == pytest.approx(44)
    assert all(part >= word + 3 for part, word in zip(parts, words, strict=True))


def test_footnotes_are_footnotes(language: str) -> None:
    content = file_of(language)
    notes = [n for n in part(content, "word/footnotes.xml") if n.get(w("type")) is None]
    references = list(part(content).iter(w("footnoteReference")))
    assert len(notes) == len(references) >= 2
    assert not list(part(content).iter(w("numRestart")))
    for note in notes:  # its number, then a tab to where all its lines begin
        number, then = list(note.iter(w("r")))[:2]
        assert number.find(w("footnoteRef")) is not None
        assert then.find(w("tab")) is not None


def test_badges_wear_the_colour_of_their_goal(language: str) -> None:
    paragraph = in_style(part(file_of(language)), "ActesBadges")[0]
    runs = [run for run in paragraph.iter(w("r")) if run.find(f"{w('rPr')}/{w('shd')}") is not None]
    fills = [run.find(f"{w('rPr')}/{w('shd')}").get(w("fill")) for run in runs]
    assert fills == ["DDA63A", "FD9D24", "3F7E44", "19486A"]
    inks = [run.find(f"{w('rPr')}/{w('color')}").get(w("val")) for run in runs]
    assert inks == ["000000", "000000", "FFFFFF", "FFFFFF"]


def test_what_nobody_reviewed_is_marked_and_barred(language: str) -> None:
    root = part(file_of(language))
    mark = in_style(root, "ActesStanding")[0]
    assert words(mark) == (books.FR if language == "fr" else books.JA)["mark"]
    barred = [
        p for p in root.iter(w("p")) if p.find(f"{w('pPr')}/{w('pBdr')}/{w('left')}") is not None
    ]
    assert len(barred) > 8


def test_cells_end_with_a_paragraph(language: str) -> None:
    for cell in part(file_of(language)).iter(w("tc")):
        assert cell[-1].tag == w("p")


def test_paragraphs_are_in_named_styles(language: str) -> None:
    content = file_of(language)
    known = {s.get(w("styleId")) for s in part(content, "word/styles.xml").iter(w("style"))}
    for paragraph in part(content).iter(w("p")):
        found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        assert found is not None, words(paragraph)
        assert found.get(w("val")) in known
    for run in part(content).iter(w("rStyle")):
        assert run.get(w("val")) in known


def test_a_link_inside_the_book_finds_its_place() -> None:
    root = part(file_of("fr"))
    marks = [e.get(w("name")) for e in root.iter(w("bookmarkStart"))]
    assert len(set(marks)) == len(marks)
    for link in root.iter(w("hyperlink")):
        if link.get(w("anchor")):
            assert link.get(w("anchor")) in marks


def test_the_book_is_not_changed() -> None:
    import json

    book = books.french()
    before = json.dumps([repr(piece) for piece in book.pieces])
    made(book)
    assert json.dumps([repr(piece) for piece in book.pieces]) == before


def test_a_book_may_lack_every_piece() -> None:
    assert part(made(replace(books.french(), pieces=()))) is not None
