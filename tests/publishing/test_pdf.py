"""The PDF as a reader, a screen reader and an archivist meet it."""

from __future__ import annotations

import io
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from pipeline.errors import ActesError
from pipeline.proceedings import book as b
from pipeline.proceedings.merge import style
from pipeline.publishing import fonts, interpreter
from pipeline.publishing.typst import pdf as typst
from pipeline.publishing.typst import run as typst_run
from pipeline.texts import ast
from pipeline.workspace.languages import load_language
from tests.publishing import pdf_books as books
from tests.support.tagged import elements

TEMPLATES = Path(__file__).parents[2] / "templates"


def _read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def _pages(reader: pypdf.PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module", params=["fr", "ja"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("pdf")
    book = books.book(folder, request.param)
    return book, _read(typst.pdf(book, folder / "work", TEMPLATES))


def _chapter(*blocks: Any, title: str = "Titre", **other: Any) -> b.Chapter:
    values = {"id": "c", "level": 1, "title": books.words(title), "running": title,
              "colour": "#112233", "head": None,
              "content": (b.Passage("original", "", blocks),), **other}  # fmt: skip
    return b.Chapter(**values)


def _book(*pieces: b.Piece, language: str = "fr", **other: Any) -> b.Book:
    values = {"language": language, "title": "T", "subject": "", "author": "A", "keywords": (),
              "date": "2024-12-01", "draft": False, "style": books.STYLES[language],
              "labels": books.LABELS[language], "pieces": pieces, **other}  # fmt: skip
    return b.Book(**values)


def _text(folder: Path, *pieces: b.Piece, **other: Any) -> str:
    return " ".join(_pages(_read(typst.pdf(_book(*pieces, **other), folder, TEMPLATES))))


# -- what it says -------------------------------------------------------------------------------


def test_every_piece_is_printed(made: Any) -> None:
    book, reader = made
    text = "".join("".join(_pages(reader)).split())
    wanted = {
        "fr": ("Actesdes8esRencontres", "Àproposdecetteédition", "Tabledesmatières", "Thème1",
               "Résumé", "ODD11", "Tableau1", "Figure1", "Troisconditions", "Circuitcourt",
               "Selonlaconventionde2021.", "code=[1,2]#commentaire", "n’estpasencoredisponible",
               "Souschaqueobjectif", "BastienDelorgue", "地産地消"),
        "ja": ("本書について", "目次", "テーマ1", "要旨", "SDGs目標16", "表1", "図1", "三つの条件",
               "短い流通", "会場での発言。", "未着である", "circuitscourts"),
    }[book.language]  # fmt: skip
    assert [words for words in wanted if words not in text] == []


def test_a_draft_is_marked_on_every_page(made: Any) -> None:
    book, reader = made
    mark = "".join(book.labels["draft-mark"].split())
    assert all(mark in "".join(page.split()) for page in _pages(reader))


def test_a_final_book_has_no_draft_mark(tmp_path: Path) -> None:
    book = books.book(tmp_path, "fr", draft=False)
    text = " ".join(_pages(_read(typst.pdf(book, tmp_path / "w", TEMPLATES))))
    assert "PROJET" not in text


def test_pages_say_their_number_and_how_many(made: Any) -> None:
    _, reader = made
    total = len(reader.pages)
    for number, page in enumerate(_pages(reader)[1:], start=2):
        assert f"{number} / {total}" in page


def test_what_is_stressed_is_in_the_fonts_of_its_language(tmp_path: Path) -> None:
    """Chinese has characters that a Japanese font lacks: a word of both would be half bold."""
    table = load_language(TEMPLATES.parent, "zh-Hans")
    stressed = {"t": "Emph", "c": ast.text("强调观点")}
    book = _book(_chapter(ast.para([stressed])), language="ja", style=style(table))
    (page,) = _read(typst.pdf(replace(book, language="zh-Hans"), tmp_path, TEMPLATES)).pages
    faces = {str(face.get_object()["/BaseFont"]) for face in page["/Resources"]["/Font"].values()}
    assert not any("NotoSansJP" in face for face in faces)


def test_running_heads_stand_on_pages_without_opening(made: Any) -> None:
    book, reader = made
    chapter = next(piece for piece in book.pieces if isinstance(piece, b.Chapter) and piece.head)
    pages = [page for page in _pages(reader) if "Ce que disent" in page or "数字が語ること" in page]
    assert pages[0].startswith(chapter.running)


def test_indexes_name_each_page_once_and_link_to_it(made: Any) -> None:
    book, reader = made
    words = {"fr": "Index des mots", "ja": "キーワード索引"}[book.language]
    page = [p for p in reader.pages if words in " ".join(p.extract_text().split())][-1]
    links = [a.get_object() for a in page["/Annots"]]
    assert len(links) == {"fr": 4, "ja": 2}[book.language]
    assert all(link["/Subtype"] == "/Link" for link in links)


def test_bookmarks_are_parts_chapters_and_sections(made: Any) -> None:
    book, reader = made
    titles: list[tuple[int, str]] = []

    def gather(items: Any, depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                gather(item, depth + 1)
            else:
                titles.append((depth, item.title))

    gather(reader.outline, 1)
    part, section = {
        "fr": ("Économie", "Ce que disent les chiffres"),
        "ja": ("経済", "数字が語ること"),
    }[book.language]
    assert (1, part) in titles
    assert section in {title for depth, title in titles if depth >= 3}


# -- what it is ---------------------------------------------------------------------------------


def test_properties(made: Any) -> None:
    book, reader = made
    info, xmp = reader.metadata, reader.xmp_metadata
    assert info is not None
    assert xmp is not None
    assert (info.title, info.author) == (book.title, book.author)
    assert "ODD" in str(info.get("/Keywords"))
    packet = xmp.stream.get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<pdfaid:part>2</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet


def test_it_is_tagged_with_its_languages(made: Any) -> None:
    book, reader = made
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(book.language)
    other = {"fr": "ja", "ja": "fr"}[book.language]
    streams = b"".join(page.get_contents().get_data() for page in reader.pages)
    assert re.search(rb"/Lang ?\(%s" % other.encode(), streams)


def test_figures_have_alternative_texts_and_tables_have_heads(made: Any) -> None:
    _, reader = made
    structure = [item for item in elements(reader) if "/S" in item]
    roles = [str(item["/S"]) for item in structure]
    figures = [item for item in structure if item["/S"] == "/Figure"]
    assert figures
    assert all(item.get("/Alt") for item in figures)
    assert {"/TH", "/TOC", "/Note", "/L", "/H1"} <= set(roles)


def test_every_font_is_embedded(made: Any) -> None:
    _, reader = made
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for descendant in font.get_object().get("/DescendantFonts", []):
                descriptor = descendant.get_object()["/FontDescriptor"]
                assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_same_book_same_bytes_in_any_folder(tmp_path: Path) -> None:
    made = [
        typst.pdf(books.book(tmp_path / name, "fr"), tmp_path / name / "w", TEMPLATES)
        for name in ("one", "another, longer")
    ]
    assert made[0] == made[1]
    assert not list((tmp_path / "one" / "w").iterdir())


# -- what it withstands -------------------------------------------------------------------------

HOSTILE = (
    '#read("/etc/passwd")', "= heading", "- item", "+ item", "1. item", "/ term: x", "// gone",
    "/* gone */", "$x$", "*b* _i_", "`raw`", "@label <label>", "a -- b --- c", "wait...", "~",
    "\\", '"quotes" \'single\'', "[brackets](parens)", "]#panic()[", "http://example.org/a",
    "a;b", "-?", "<!-- x -->", "{x}", "#import \"@preview/cetz:0.3.0\"", "\u2028next",
)  # fmt: skip


@pytest.mark.parametrize("string", HOSTILE)
def test_hostile_strings_print_as_they_stand(string: str, tmp_path: Path) -> None:
    words = [{"t": "Str", "c": string}]
    note = {"t": "Note", "c": [ast.para(words)]}
    chapter = _chapter(
        ast.para(words),
        ast.header(2, words),
        ast.para([{"t": "Emph", "c": words}, {"t": "Str", "c": string}, note]),
        {"t": "BulletList", "c": [[ast.plain(words)]]},
        ast.div([ast.para(words)], ast.attr(classes=("box",), title=string)),
        title=string,
        content=(b.Passage("machine", string, (ast.para(words),)), b.Notice(tuple(words))),
    )
    seen = _text(tmp_path, chapter, title=string, author=string, keywords=(string,))
    shown = "".join(string.replace("\u2028", " ").split())
    assert "".join(seen.split()).count(shown) >= 3


def test_headings_never_skip_a_level(tmp_path: Path) -> None:
    deep = _chapter(ast.header(5, books.words("Profond")), ast.header(2, books.words("Haut")))
    assert "Profond" in _text(tmp_path, deep)


def _table(rows: int) -> Any:
    lines = "\n".join(f"| ligne {n} | des mots pour remplir une cellule |" for n in range(rows))
    return books.blocks(f"| Tête | Corps |\n|---|---|\n{lines}\n\n: Une légende\n")


def test_a_table_that_fits_a_page_is_kept_whole(tmp_path: Path) -> None:
    filler = [ast.para(books.words("mot " * 60)) for _ in range(8)]
    book = _book(_chapter(*filler, *_table(20)))
    pages = _pages(_read(typst.pdf(book, tmp_path, TEMPLATES)))
    assert [("ligne 0 " in page, "ligne 19 " in page) for page in pages] == [
        (False, False),
        (True, True),
    ]


def test_a_longer_table_breaks_between_rows_and_repeats_its_head(tmp_path: Path) -> None:
    pages = _pages(_read(typst.pdf(_book(_chapter(*_table(90))), tmp_path, TEMPLATES)))
    assert len(pages) > 1
    assert all("Tête Corps" in page for page in pages)
    assert sum(page.count("Une légende") for page in pages) == 1
    assert sum(page.count("ligne ") for page in pages) == 90


def test_footnotes_begin_again_at_each_chapter(tmp_path: Path) -> None:
    note = {"t": "Note", "c": [ast.para(books.words("la note"))]}
    one = _chapter(ast.para([{"t": "Str", "c": "un"}, note, {"t": "Str", "c": " deux"}, note]))
    two = _chapter(ast.para([{"t": "Str", "c": "trois"}, note]), id="d")
    text = _text(tmp_path, one, two)
    assert "".join(text.split()).count("1lanote") == 2
    assert "".join(text.split()).count("2lanote") == 1


def test_a_heading_is_not_left_alone_at_the_foot(tmp_path: Path) -> None:
    for lines in range(36, 46):
        filler = [ast.para(books.words("x")) for _ in range(lines // 2)]
        body = (*filler, ast.header(2, books.words("Seul")), ast.para(books.words("suite " * 80)))
        pages = _pages(_read(typst.pdf(_book(_chapter(*body)), tmp_path, TEMPLATES)))
        page = next(page for page in pages if "Seul" in page)
        assert "suite suite" in page.split("Seul")[1]


def test_a_line_that_announces_a_list_goes_with_it(tmp_path: Path) -> None:
    items = {"t": "BulletList", "c": [[ast.plain(books.words(f"point{n}"))] for n in range(9)]}
    for lines in range(21, 29):
        filler = [ast.para(books.words("x")) for _ in range(lines)]
        body = (*filler, ast.para(books.words("Exemples\u00a0:")), items)
        pages = _pages(_read(typst.pdf(_book(_chapter(*body)), tmp_path, TEMPLATES)))
        page = next(page for page in pages if "Exemples" in page)
        assert "point0" in page


def test_who_said_it_stays_with_the_quotation(tmp_path: Path) -> None:
    said = [ast.para(books.words("Une phrase.")), ast.para(books.words("— Elle"))]
    for lines in (26, 27, 28, 29):
        filler = [ast.para(books.words("x")) for _ in range(lines)]
        body = (*filler, {"t": "BlockQuote", "c": said})
        pages = _pages(_read(typst.pdf(_book(_chapter(*body)), tmp_path, TEMPLATES)))
        page = next(page for page in pages if "— Elle" in page)
        assert "Une phrase." in page


def test_no_title_has_a_last_line_of_one_word(tmp_path: Path) -> None:
    chapter = _chapter(title="Attirer les jeunes pousses et les garder")
    text = _read(typst.pdf(_book(chapter), tmp_path, TEMPLATES)).pages[0].extract_text()
    assert text.split("\n")[1].strip() == "pousses et les garder"


def test_a_japanese_title_breaks_after_its_dash(tmp_path: Path) -> None:
    chapter = _chapter(title="基本方針――テーマと全体を貫く考え方")
    made = _read(typst.pdf(_book(chapter, language="ja"), tmp_path, TEMPLATES))
    assert made.pages[0].extract_text().split("\n")[0].strip() == "基本方針――"


def test_a_cover_in_two_languages_begins_a_line_with_each(tmp_path: Path) -> None:
    title = (*books.words("第8回交流会議"), {"t": "LineBreak"}, *books.run("8", "fr"),
             *books.run(" Rencontres", "fr"))  # fmt: skip
    cover = b.Cover(title, (), (), (), (), (), "")
    made = _read(typst.pdf(_book(cover, language="ja"), tmp_path, TEMPLATES))
    lines = ["".join(line.split()) for line in made.pages[0].extract_text().split("\n")]
    assert lines[:2] == ["第8回交流会議", "8Rencontres"]


def test_each_of_two_titles_has_lines_of_one_length(tmp_path: Path) -> None:
    title = (*books.words("Rafraîchir la ville, de la cour d’école au boulevard"),
             {"t": "LineBreak"}, *books.run("校庭から大通りまで、緑で街を涼しくする", "ja"))  # fmt: skip
    sides = tuple(b.Side(tag, books.STYLES[tag], books.words("T"), books.LABELS[tag])
                  for tag in ("fr", "ja"))  # fmt: skip
    book = _book(replace(_chapter(), title=title), sides=sides)
    lines = _read(typst.pdf(book, tmp_path, TEMPLATES)).pages[0].extract_text().split("\n")
    assert [line.strip() for line in lines[:2]] == [
        "Rafraîchir la ville, de la",
        "cour d’école au boulevard",
    ]


def test_terms_stand_apart_from_the_line_that_announces_them(tmp_path: Path) -> None:
    terms = {"t": "DefinitionList", "c": [[books.words("Lot"), [[ast.plain(books.words("part"))]]]]}
    chapter = _chapter(ast.para(books.words("Un.")), ast.para(books.words("Deux.")),
                       ast.para(books.words("Mots :")), terms)  # fmt: skip
    heights: dict[str, float] = {}

    def note(words: str, _cm: Any, matrix: list[float], *_font: Any) -> None:
        heights[words.strip()] = matrix[5]

    made = _read(typst.pdf(_book(chapter), tmp_path, TEMPLATES))
    made.pages[0].extract_text(visitor_text=note)
    paragraphs = heights["Un."] - heights["Deux."]
    assert heights["Mots :"] - heights["Lot"] == pytest.approx(paragraphs, abs=1)


def test_a_link_to_nowhere_is_its_words_and_an_id_twice_is_no_error(tmp_path: Path) -> None:
    chapter = _chapter(
        ast.para([ast.link(books.words("perdu"), "#nulle-part")]),
        ast.para([ast.link(books.words("deux"), "#x")]),
        ast.header(2, books.words("Un"), "x"),
        ast.header(2, books.words("Deux"), "x"),
    )
    assert "perdu" in _text(tmp_path, chapter)


def test_a_missing_glyph_is_an_error_with_its_place(tmp_path: Path) -> None:
    book = _book(_chapter(ast.para(books.words("clé 𓀀 et \ue123")), title="Le chapitre"))
    with pytest.raises(ActesError) as caught:
        typst.pdf(book, tmp_path, TEMPLATES)
    problem = caught.value.problems[0]
    assert problem.rule == "glyph-missing"
    assert problem.place.file == "Le chapitre"
    assert problem.values["characters"] == "\ue123 (U+E123), 𓀀 (U+13000)"


def test_ordinary_characters_are_all_there() -> None:
    text = "ÀÉŒœæçÿ « » – — … ’ “ ” € № → ✓ ① 「」『』（）々〆ヶ～〜ー・ヴ㎡ ㈱ ℃ 髙 﨑"
    assert fonts.missing_glyphs(_book(_chapter(ast.para(books.words(text))))) == []


def test_a_failure_names_its_text(tmp_path: Path) -> None:
    templates = tmp_path / "typst"
    templates.mkdir()
    for file in (TEMPLATES / "typst").glob("*.typ"):
        (templates / file.name).write_bytes(file.read_bytes())
    broken = (templates / "blocks.typ").read_text().replace("#let notice(words)", "#let no(words)")
    (templates / "blocks.typ").write_text(broken)
    book = _book(_chapter(), _chapter(id="d", title="Le fautif", content=(b.Notice(()),)))
    with pytest.raises(ActesError) as caught:
        typst.pdf(book, tmp_path / "w", tmp_path)
    assert caught.value.problems[0].rule == "pdf-failed"
    assert caught.value.problems[0].place.file == "Le fautif"


def test_a_fault_in_a_template_of_ones_own_is_named_by_its_line(tmp_path: Path) -> None:
    """One file is enough: the others are the program's. The same fault is the same problem."""
    (tmp_path / "typst").mkdir()
    for written, wrong in (("size: house.size", "size: house.sise"), ("set raw(", "set raw((")):
        content = (TEMPLATES / "typst/volume.typ").read_text().replace(written, wrong)
        (tmp_path / "typst/volume.typ").write_text(content)
        line = content[: content.index(wrong)].count("\n") + 1
        with pytest.raises(ActesError) as caught:
            typst.pdf(_book(_chapter()), tmp_path / f"w{line}", tmp_path)
        problem = caught.value.problems[0]
        assert (problem.rule, str(problem.place)) == (
            "pdf-failed",
            f"templates/typst/volume.typ:{line}",
        )
        assert str(tmp_path) not in problem.render("fr")


# -- what the process may do --------------------------------------------------------------------


def _run(main: str, folder: Path, **other: Any) -> bytes:
    return typst_run.run(typst_run.Job({"main.typ": main.encode()}, form="png", **other), folder)


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("canary")
    for path in ("../secret.txt", str(tmp_path / "secret.txt"), "/etc/hostname"):
        with pytest.raises(ActesError, match="pdf-failed"):
            _run(f'#read("{path}")', tmp_path / "w")


def test_a_package_is_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(ActesError, match="pdf-failed"):
        _run('#import "@preview/cetz:0.3.0": *', tmp_path / "w", seconds=20.0)


def test_the_downloader_is_sent_to_a_proxy_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)
        proxy = f"http://127.0.0.1:{server.getsockname()[1]}"
        monkeypatch.setattr(interpreter, "_DEAD_PROXY", proxy)
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(_first_line, server)
            with pytest.raises(ActesError, match="pdf-failed"):
                _run('#import "@preview/cetz:0.3.0": *', tmp_path / "w", seconds=20.0)
            assert asked.result().startswith(b"CONNECT packages.typst.org")


def _first_line(server: socket.socket) -> bytes:
    connection, _address = server.accept()
    with connection:
        return connection.recv(200)


def test_a_template_with_a_package_is_refused_by_name(tmp_path: Path) -> None:
    job = typst_run.Job({"main.typ": b"", "volume.typ": b'#import  "@preview/x:1.0.0": y'})
    with pytest.raises(ActesError, match="pdf-package") as caught:
        typst_run.run(job, tmp_path)
    assert caught.value.problems[0].place.file == "templates/typst/volume.typ"


def test_an_endless_document_is_stopped(tmp_path: Path) -> None:
    endless = "#for a in range(9999) { for b in range(9999) { for c in range(9999) {} } }"
    with pytest.raises(ActesError, match="pdf-too-slow"):
        _run(endless, tmp_path, seconds=2.0)


def test_a_greedy_document_is_stopped(tmp_path: Path) -> None:
    greedy = '#let s = "x" * 1000000\n#let a = range(100000).map(i => s + str(i))\n#a.len()'
    with pytest.raises(ActesError, match="pdf-crashed"):
        _run(greedy, tmp_path, memory=2 * 1024**3, seconds=60.0)


def test_the_cake_is_a_picture_for_word_too() -> None:
    content = typst.figure_png(books.cake(), books.STYLES["fr"])
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") > 1200
