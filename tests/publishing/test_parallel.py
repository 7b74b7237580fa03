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
from pipeline.proceedings import book as b
from pipeline.proceedings.parallel import ParallelBook, ParallelRow, Party, Signatory
from pipeline.publishing.abreast import is_abreast
from pipeline.publishing.typst import parallel as typst_parallel
from pipeline.publishing.word import parallel as word_parallel
from pipeline.publishing.word.xml import w
from pipeline.texts import ast
from pipeline.workspace.languages import program_templates
from tests.publishing import pdf_books as books
from tests.support.workspace import squeezed

TEMPLATES = program_templates()
REFERENCE = TEMPLATES / "reference.docx"
SIDES = {
    "fr": b.Side(
        "fr", books.STYLES["fr"], books.words("Déclaration d’Ormeval"), books.LABELS["fr"]
    ),
    "ja": b.Side("ja", books.STYLES["ja"], books.words("青嶺宣言"), books.LABELS["ja"]),
}
FRENCH = (
    "Les collectivités s’engagent à *réduire* les déchets[^1] et, selon l’[article 1](#eau), à :\n\n"
    "1. trier ;\n2. réemployer ;\n   - les objets\n\n[^1]: Au sens du droit **national**.\n"
)
JAPANESE = (
    "自治体は、[第1条](#eau)に従い、*廃棄物*を減らし[^1]、次に掲げることを約束する。\n\n"
    "1. 分別すること。\n2. 再利用すること。\n   - 物品\n\n[^1]: 国内法による。\n"
)
HEADS = {"fr": "Article {} – {}", "ja": "第{}条（{}）"}


def clause(
    number: int, identifier: str, titles: tuple[str, str], french: str, japanese: str
) -> Any:
    """A clause with its printed head on either side."""
    cells = (
        (ast.header(2, ast.text(HEADS["fr"].format(number, titles[0]))), *books.blocks(french)),
        (ast.header(2, ast.text(HEADS["ja"].format(number, titles[1]))), *books.blocks(japanese)),
    )
    return ParallelRow("clause", identifier, cells)


def section(identifier: str, french: str, japanese: str) -> ParallelRow:
    """A section's heads."""
    titles = (french, japanese)
    return ParallelRow("section", identifier, tuple((ast.header(1, ast.text(t)),) for t in titles))


def signatories(*names: tuple[str, str]) -> tuple[Signatory, ...]:
    """People who sign."""
    return tuple(
        Signatory((
            (_name(french), books.words("maire"), books.words("Ville d’Ormeval")),
            (_name(japanese), books.words("市長"), books.words("青嶺市")),
        ))
        for french, japanese in names
    )  # fmt: skip


def _name(words: str) -> tuple[Any, ...]:
    return (ast.strong(books.words(words)),)


def declaration(**other: Any) -> ParallelBook:
    """A small declaration with every construct."""
    values: dict[str, Any] = {
        "sides": (SIDES["fr"], SIDES["ja"]),
        "subtitle": (books.words("Ormeval, 3 mars 2025"), books.words("青嶺市、2025年3月3日")),
        "rows": (
            section("preambule", "Préambule", "前文"),
            ParallelRow("clause", "entree", (books.blocks("Réunis à Ormeval, *nous* déclarons."),
                                               books.blocks("我々は、次のとおり宣言する。"))),
            section("environnement", "Environnement", "環境"),
            clause(1, "eau", ("L’eau", "水"), "L’eau est un bien commun.", "水は共有財である。"),
            clause(2, "dechets", ("Déchets", "廃棄物"), FRENCH, JAPANESE),
        ),
        "signatures_title": (books.words("Signatures"), books.words("署名")),
        "parties": (
            Party("fr", (books.words("France"), books.words("フランス")),
                    signatories(("Élise Morvannec", "エリーズ・モルヴァネック"))),
            Party("ja", (books.words("Japon"), books.words("日本")),
                    signatories(("SAWATARI Kenji", "沢渡健司"), ("KUJO Rieko", "九条理恵子"))),
        ),
        "title": "Déclaration d’Ormeval / 青嶺宣言", "author": "Secrétariat", "date": "2025-03-03",
        "draft": True, "draft_marks": ("PROJET – ne pas diffuser", "草案・取扱注意"),
        "initials": (books.words("Paraphes"), books.words("イニシャル")), **other,
    }  # fmt: skip
    return ParallelBook(**values)


def pdf(book: ParallelBook, folder: Path) -> pypdf.PdfReader:
    """The PDF, read back."""
    return pypdf.PdfReader(io.BytesIO(typst_parallel.pdf(book, folder, TEMPLATES)))


def pages(reader: pypdf.PdfReader) -> list[str]:
    """The words of each page."""
    return [squeezed(page.extract_text()) for page in reader.pages]


def parts(book: ParallelBook) -> dict[str, bytes]:
    """The parts of the Word file."""
    with zipfile.ZipFile(io.BytesIO(word_parallel.docx(book, REFERENCE))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(book: ParallelBook, part: str = "word/document.xml") -> etree._Element:
    """A part of the Word file."""
    return etree.fromstring(parts(book)[part])


def words_of(element: etree._Element) -> str:
    """The words in an element."""
    return "".join(text.text or "" for text in element.iter(w("t")))


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


# -- the Word file ------------------------------------------------------------------------------


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
