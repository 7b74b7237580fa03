"""The declaration in two columns: what it says, in Word and PDF alike, and how it is held."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from lxml import etree

from pipeline.errors import ActesError
from pipeline.proceedings.parallel import ParallelRow, Party, Signatory
from pipeline.publishing.typst import parallel as typst_parallel
from pipeline.publishing.word.parallel import docx as word_parallel
from pipeline.publishing.word.xml import w
from pipeline.texts import ast
from tests.publishing import pdf_books as books
from tests.publishing.parallel_books import (
    REFERENCE,
    SIDES,
    TEMPLATES,
    clause,
    declaration,
    pages,
    parts,
    pdf,
    section,
    signatories,
    tree,
    words_of,
)
from tests.support.workspace import squeezed

# -- the PDF ------------------------------------------------------------------------------------


def test_the_pdf_is_tagged_archival_and_says_its_languages(tmp_path: Path) -> None:
    reader = pdf(declaration(), tmp_path)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata
    assert "pdfaid:conformance>A" in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == "Déclaration d’Ormeval / 青嶺宣言"


def _structure(element: Any, language: str, found: list[tuple[str, str, str]]) -> None:
    element = element.get_object()
    language = str(element.get("/Lang", language))
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, int):
            found.append((str(element["/S"]), language, str(kid)))
        elif "/S" in kid.get_object():
            _structure(kid, language, found)


def test_a_row_is_read_across_each_cell_in_its_language(tmp_path: Path) -> None:
    reader = pdf(declaration(), tmp_path)
    root = reader.trailer["/Root"]
    found: list[tuple[str, str, str]] = []
    for kid in root["/StructTreeRoot"]["/K"]:
        _structure(kid, str(root["/Lang"]), found)
    headings = [(kind, language) for kind, language, _id in dict.fromkeys(found) if kind[1] == "H"]
    merged = [head for n, head in enumerate(headings) if n == 0 or head != headings[n - 1]]
    pair = [("/H1", "fr"), ("/H1", "ja")]
    article = [("/H2", "fr"), ("/H2", "ja")]
    assert merged == [*pair, *pair, *article, *article, *pair]


def test_draft_marks_titles_and_numbers_stand_on_every_page(tmp_path: Path) -> None:
    rows = tuple(clause(n, f"c{n}", ("Titre", "題"), "Mot. " * 150, "語。" * 150) for n in range(9))
    found = pages(pdf(declaration(rows=rows), tmp_path))
    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert squeezed("PROJET – ne pas diffuser") in page
        assert "草案・取扱注意" in page
        assert squeezed("Déclaration d’Ormeval") in page
        assert "青嶺宣言" in page
        assert f"{number}/{len(found)}" in page


def test_a_final_edition_has_no_mark(tmp_path: Path) -> None:
    book = declaration(draft=False)
    assert not any("PROJET" in page or "草案" in page for page in pages(pdf(book, tmp_path)))
    assert not any("草案".encode() in part for part in parts(book).values())


@pytest.mark.parametrize("before", range(20, 28))
def test_a_head_stands_with_its_first_lines(before: int, tmp_path: Path) -> None:
    long = clause(2, "b", ("TITRE " + "assez long " * 6, "題名"), "Suite. " * 60, "続き。" * 60)
    filler = ParallelRow("clause", "a", (books.blocks("Mot.\n\n" * before), ()))
    found = pages(pdf(declaration(rows=(filler, section("s", "SECTION", "章"), long)), tmp_path))
    page = next(page for page in found if "SECTION" in page)
    assert "TITRE" in page
    assert page.count("Suite.") >= 2
    assert page.count("続き。") >= 2


def test_each_signatory_is_whole_and_each_page_names_the_party(tmp_path: Path) -> None:
    people = signatories(*((f"Nom{n:02}Fin", f"氏名{n:02}末") for n in range(54)))
    parties = (Party("fr", (books.words("Partie"), books.words("当事者")), people),)
    found = pages(pdf(declaration(parties=parties), tmp_path))
    for n in range(54):
        (page,) = [page for page in found if f"Nom{n:02}Fin" in page]
        assert f"氏名{n:02}末" in page
        assert "Partie" in page
    text = "".join(found)
    assert text.count("VilledOrmeval") + text.count("Villed’Ormeval") == 54


def test_a_character_no_font_has_is_an_error_that_names_its_clause(tmp_path: Path) -> None:
    rows = (clause(7, "x", ("Signe", "記号"), "Voici \U00012000.", "記号"),)
    with pytest.raises(ActesError) as caught:
        pdf(declaration(rows=rows), tmp_path)
    (problem,) = caught.value.problems
    assert problem.rule == "glyph-missing"
    assert "Article 7" in str(problem.place)


# -- both ---------------------------------------------------------------------------------------


def test_word_and_pdf_say_the_same(tmp_path: Path) -> None:
    book = declaration(draft=False)
    found = parts(book)
    feet = [name for name in found if "actes-footer" in name]
    said = [words_of(etree.fromstring(found[name])) for name in
            ("word/document.xml", "word/footnotes.xml", *feet)]  # fmt: skip
    printed = "".join(pages(pdf(book, tmp_path)))
    word = squeezed("".join(said))

    def letters(text: str) -> list[str]:
        # Numbers of lists and notes are made by Word itself; order is that of columns on a page.
        return sorted(set(re.findall(r"[^\W\d_]", text)))

    assert letters(printed) == letters(word)
    for sentence in ("Leauestunbiencommun.", "水は共有財である。", "Ausensdudroitnational.",
                     "国内法による。", "ÉliseMorvannec", "エリーズ・モルヴァネック"):  # fmt: skip
        assert squeezed(sentence) in printed.replace("’", "")
        assert squeezed(sentence) in word.replace("’", "")


HOSTILE = (
    "#read(\"/etc/passwd\")", "<w:p/>", "]]>", "<?actes-side 9?>", "<?actes 0?>", "#panic()[", "$x$",
    "@ref <label>", "= titre", "\\", "\u0000\u0007", "&amp;", "*gras* _x_ `c`", "//fin /* x */",
)  # fmt: skip


def test_no_string_is_code(tmp_path: Path) -> None:
    plain = ast.para([{"t": "Str", "c": word} for word in HOSTILE])
    words = tuple({"t": "Str", "c": word} for word in HOSTILE)
    string = " ".join(HOSTILE)
    cell = (ast.header(2, list(words), 'x"<#'), plain,
            {"t": "RawBlock", "c": ["openxml", "<w:bad/>"]})  # fmt: skip
    book = declaration(
        sides=tuple(replace(side, title=words) for side in SIDES.values()),
        subtitle=(words, words),
        rows=(ParallelRow("clause", '"]#panic("', (cell[:2], cell[:2])),),
        signatures_title=(words, words),
        parties=(Party("fr", (words, words), (Signatory(((words,), (words, words))),)),),
        title=string, author=string, draft_marks=(string, string),
    )  # fmt: skip
    text = "".join(pages(pdf(book, tmp_path)))
    document = tree(book)
    for found in (text, squeezed(words_of(document))):
        assert squeezed('#read("/etc/passwd")') in found
        assert "<?actes" in found
    assert not list(document.iter(etree.ProcessingInstruction))
    raw = declaration(rows=(ParallelRow("clause", "r", (cell[2:], ())),))
    assert not list(tree(raw).iter(w("bad")))


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    book = declaration()
    first, second = (typst_parallel.pdf(book, tmp_path / n, TEMPLATES) for n in "ab")
    assert first == second
    files = [word_parallel.docx(book, REFERENCE) for _ in range(2)]
    assert files[0] == files[1]
    with zipfile.ZipFile(io.BytesIO(files[0])) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_the_book_is_not_changed(tmp_path: Path) -> None:
    book = declaration()
    before = repr(book)
    typst_parallel.source(book)
    word_parallel.docx(book, REFERENCE)
    assert repr(book) == before


@pytest.mark.parametrize("order", [("ja", "fr"), ("fr", "ja")])
def test_no_language_is_first_by_nature(order: tuple[str, str], tmp_path: Path) -> None:
    swap = order == ("ja", "fr")

    def turned(pair: tuple[Any, ...]) -> tuple[Any, ...]:
        return pair[::-1] if swap else pair

    book = declaration()
    rows = tuple(replace(row, cells=turned(row.cells)) for row in book.rows)
    book = replace(book, sides=turned(book.sides), subtitle=turned(book.subtitle), rows=rows,
                   parties=(), draft_marks=turned(book.draft_marks),
                   initials=turned(book.initials))  # fmt: skip
    assert "水は共有財である。" in "".join(pages(pdf(book, tmp_path)))
    sheet = tree(book, "word/styles.xml")
    by_id = {style.get(w("styleId")): style for style in sheet.findall(w("style"))}
    indent = by_id["ActesParallelText-ja"].find(f"{w('pPr')}/{w('ind')}")
    other = by_id["ActesParallelText-fr"].find(f"{w('pPr')}/{w('ind')}")
    base = by_id["BodyText"].find(f"{w('pPr')}/{w('ind')}")
    japanese, french = indent if indent is not None else base, other if other is not None else base
    assert japanese is not None
    assert japanese.get(w("firstLineChars")) == "100"
    assert french is None or french.get(w("firstLineChars")) == "0"


def test_three_texts_stand_side_by_side(tmp_path: Path) -> None:
    third = replace(SIDES["fr"], language="en", style=replace(books.STYLES["fr"], language="en"))
    book = declaration()
    rows = tuple(replace(row, cells=(*row.cells, row.cells[0])) for row in book.rows)
    book = replace(
        book, sides=(*book.sides, third), rows=rows, parties=(),
        subtitle=(*book.subtitle, book.subtitle[0]), draft_marks=(*book.draft_marks, "DRAFT"),
        signatures_title=(*book.signatures_title, ()), initials=(),
    )  # fmt: skip
    assert "DRAFT" in pages(pdf(book, tmp_path))[0]
    assert len(tree(book).findall(f".//{w('gridCol')}")) == 3


@pytest.mark.libreoffice
def test_libreoffice_opens_the_file_and_prints_its_words(tmp_path: Path) -> None:
    (tmp_path / "d.docx").write_bytes(word_parallel.docx(declaration(), REFERENCE))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless",
               "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "d.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    text = "".join(pages(pypdf.PdfReader(tmp_path / "d.pdf")))
    for sentence in (
        "水は共有財である。",
        "九条理恵子",
        "草案・取扱注意",
        "réemployer",
        "Franceフランス",
    ):
        assert squeezed(sentence) in text
