"""The proceedings with their two languages side by side, as readers of both hold them in hand."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pytest
from lxml import etree

from pipeline.publishing.word.xml import w
from tests.events.bilingual import LISTED, flat, places, said_of, styles_of
from tests.publishing.pdf_books import SVG
from tests.support.tagged import elements
from tests.support.workspace import (
    EVENT,
    actes,
    counterpart,
    docx_parts,
    make_workspace,
    squeezed,
    summary,
)

FRENCH = [
    "## Constat",
    "### Premier point",
    "Le marché ouvre trois fois[^1].",
    "Une phrase de la machine.",
    "Une autre phrase de la machine.",
    "Une phrase que personne n’a approuvée.",
    "Une phrase qui a changé depuis.",
    "Une phrase sans traduction.",
    "Deux idées ici.",
    "Une idée là.",
    '![Vue du port](images/vue.svg){alt="Deux formes"}',
    "| A | B | C | D |\n|---|---|---|---|\n| un | deux | trois | quatre |",
    "```\nactes build\n```",
    '::: {.box title="À retenir"}\nUn encadré.\n:::',
    "[^1]: Note en français.",
]
JAPANESE = [
    "## 現状",
    "### 第一点",
    "市場は三回開かれる[^1]。",
    "機械の文。",
    "機械の次の文。",
    "承認前の文。",
    "古い文。",
    "",
    "二つの考えがここに、一つはそこに。",
    "",
    '![港の眺め](images/vue.svg){alt="二つの形"}',
    "| 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|\n| 一 | 二 | 三 | 四 |",
    "```\nactes build\n```",
    '::: {.box title="要点"}\n囲みの文。\n:::',
    "[^1]: 日本語の注。",
]

SHORT = "short_title: {fr: Essai, ja: 試行}\n"


def essay() -> str:
    text = counterpart("essai.fr.md", "試み", zip(FRENCH, JAPANESE, strict=True), "Essai")
    text = text.replace("承認前の文。", "承認前の文である。")  # a person's, after the approval
    text = text.replace("Une phrase qui a changé", "Une phrase qui avait changé")
    for words in ("Une phrase de la machine", "Une autre phrase de la machine"):
        text = said_of(words, text, "machine")
    return said_of("Une phrase sans traduction", text, "missing")


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An event with a text in every state, one without counterpart, one written in Japanese."""
    root = make_workspace(
        tmp_path_factory.mktemp("bilingual"),
        texts={
            "event.yaml": EVENT % ("docx, pdf", "docx, pdf") + SHORT,
            "eco/essai.fr.md": summary("Essai", "\n\n".join(FRENCH)),
            "eco/essai.ja.md": essay(),
            "eco/images/vue.svg": SVG,
            "eco/seul.fr.md": summary("Un texte seul", "Personne ne l’a traduit."),
            "eco/umi.ja.md": summary("海", "海は広い。"),
            "eco/umi.fr.md": counterpart(
                "umi.ja.md", "La mer", [("海は広い。", "La mer est vaste.")], "海"
            ),
        },
    )
    done = actes(root, "build", "proceedings-bilingual")
    assert done.code == 0, done.err
    assert done.out.split() == [f"build/proceedings-bilingual.{f}" for f in ("docx", "pdf")]
    return root


@pytest.fixture(scope="module")
def word(event: Path) -> dict[str, bytes]:
    return docx_parts(event / "build/proceedings-bilingual.docx")


@pytest.fixture(scope="module")
def rows(word: dict[str, bytes]) -> list[list[str]]:
    """The words of each cell of the Word file's tables of two columns, row by row."""
    return [
        [squeezed("".join(text.text or "" for text in cell.iter(w("t")))) for cell in cells]
        for row in etree.fromstring(word["word/document.xml"]).iter(w("tr"))
        if len(cells := row.findall(w("tc"))) == 2
    ]


# -- rows ---------------------------------------------------------------------------------------


PAIRS = [
    ("Constat", "現状"),
    ("Premierpoint", "第一点"),
    ("Lemarchéouvretroisfois", "市場は三回開かれる"),
    ("Unephrasedelamachine", "機械の文"),
    ("Uneautrephrasedelamachine", "機械の次の文"),
    ("Deuxidéesici", "二つの考えがここに"),
    ("Lamerestvaste", "海は広い"),
]


@pytest.mark.parametrize(("french", "japanese"), PAIRS)
def test_what_answers_each_other_is_level_on_the_page(
    reader: pypdf.PdfReader, french: str, japanese: str
) -> None:
    for page in reader.pages:
        there = [(squeezed(words), x, y) for words, x, y in places(page)]
        left = [(x, y) for words, x, y in there if french.startswith(words[:12]) and words]
        right = [(x, y) for words, x, y in there if japanese.startswith(words[:4]) and words]
        if any(abs(a[1] - b[1]) < 1 and b[0] - a[0] > 200 for a in left for b in right):
            return
    raise AssertionError(f"{french} is not beside {japanese}")


@pytest.mark.parametrize(("french", "japanese"), PAIRS)
def test_what_answers_each_other_is_a_row_in_word(
    rows: list[list[str]], french: str, japanese: str
) -> None:
    assert [french in left for left, right in rows if japanese in right] == [True]


def test_a_heading_and_the_one_below_it_are_one_row_of_word(rows: list[list[str]]) -> None:
    """Of two rows LibreOffice leaves the first at the foot of a page."""
    assert ["ConstatPremierpoint", "現状第一点"] in rows


def test_a_passage_translated_with_the_one_before_shares_its_row(rows: list[list[str]]) -> None:
    assert ["Deuxidéesici.Uneidéelà.", "二つの考えがここに、一つはそこに。"] in rows


def test_the_languages_may_change_sides(event: Path) -> None:
    file = event / "sources/event.yaml"
    before = file.read_text(encoding="utf-8")
    try:
        file.write_text(LISTED.replace("{bilingual: {}", "{bilingual: {languages: [ja, fr]}"))
        done = actes(event, "build", "proceedings-bilingual", "--format", "docx")
        assert done.code == 0, done.err
        document = etree.fromstring(
            docx_parts(event / "build/proceedings-bilingual.docx")["word/document.xml"]
        )
    finally:
        file.write_text(before, encoding="utf-8")
    cells = ["".join(t.text or "" for t in cell.iter(w("t"))) for cell in document.iter(w("tc"))]
    assert cells.index("La mer est vaste.") == cells.index("海は広い。") + 1


# -- what a draft says --------------------------------------------------------------------------


def test_a_draft_shows_the_state_of_every_segment(
    pages: list[str], rows: list[list[str]], event: Path
) -> None:
    labels = (Path(__file__).parents[2] / "templates/languages/ja.toml").read_text("utf-8")
    said = [
        squeezed(re.search(f'standing-{state} = "(.*)"', labels)[1])  # type: ignore[index]
        for state in ("machine", "edited", "stale", "missing")
    ]
    for words in said:
        assert sum(page.count(words) for page in pages) == 1, words
        assert [cells for cells in rows if cells[1] == words] == [["", words]] or [
            cells for cells in rows if cells[1] == words
        ] == [["Unephrasesanstraduction.", words]]


def test_a_text_without_counterpart_says_so_on_its_side(rows: list[list[str]]) -> None:
    assert ["Personnenel’atraduit.", ""] in rows
    assert any("seul.fr.md" in right and not left for left, right in rows)


def test_a_final_is_refused_for_either_language(event: Path) -> None:
    done = actes(event, "build", "proceedings-bilingual", "--final")
    assert done.code == 4
    assert "[blocked-missing]" in done.err
    assert done.err.count("[blocked-segment]") == 5
    assert "[final-refused]" in done.err


# -- what is shared -----------------------------------------------------------------------------


def test_a_picture_of_both_stands_once_with_both_captions(
    reader: pypdf.PdfReader, pages: list[str], word: dict[str, bytes], rows: list[list[str]]
) -> None:
    text = "".join(pages)
    assert text.count("Figure1Vueduport") == 1
    assert text.count("図1港の眺め") == 1
    drawings = list(etree.fromstring(word["word/document.xml"]).iter("{*}docPr"))
    assert [drawing.get("descr") for drawing in drawings] == ["Deux formes / 二つの形"]
    assert ["Figure1Vueduport", "図1港の眺め"] in rows
    alternatives = [str(o["/Alt"]) for o in elements(reader) if "/Alt" in o]
    assert "Deux formes / 二つの形" in alternatives


def test_what_both_say_alike_stands_once(pages: list[str], word: dict[str, bytes]) -> None:
    assert "".join(pages).count("actesbuild") == 1
    words = "".join(etree.fromstring(word["word/document.xml"]).itertext())
    assert words.count("actes build") == 1


def test_notes_of_both_have_one_number_and_their_own_words(
    reader: pypdf.PdfReader, word: dict[str, bytes]
) -> None:
    page = next(p for p in reader.pages if "Note en français" in p.extract_text())
    there = {squeezed(words): (x, y) for words, x, y in places(page) if squeezed(words)}
    french = next(place for words, place in there.items() if words.startswith("Noteen"))
    japanese = next(place for words, place in there.items() if "日本語の注".startswith(words))
    assert abs(french[1] - japanese[1]) < 1
    assert japanese[0] - french[0] > 200
    text = squeezed(page.extract_text())
    assert "trois" in text
    assert "2Note" not in text
    assert "2日本語の注" not in text
    styles = styles_of(word["word/footnotes.xml"])
    assert styles["Noteenfrançais."].endswith("-fr")
    assert styles["日本語の注。"].endswith("-ja")


# -- the volume ---------------------------------------------------------------------------------


def test_cover_contents_and_bookmarks_say_both(reader: pypdf.PdfReader, pages: list[str]) -> None:
    assert "Rencontred’essai試行会議" in pages[0]
    assert "Actes/報告書" in pages[0]
    contents = next(page for page in pages if page.startswith("Tabledesmatières/目次"))
    assert contents.index("Lamer") < contents.index("海")
    assert any(page.startswith("Lamer海") for page in pages)  # one below the other
    titles = [bookmark.title for bookmark in flat(reader.outline)]
    assert "La mer\u2009/\u2009海" in titles
    assert "Économie\u2009/\u2009経済" in titles


def test_running_heads_of_word_say_both_titles_and_the_short_one_of_the_event(
    event: Path, word: dict[str, bytes]
) -> None:
    heads = [
        "".join(text.text or "" for text in etree.fromstring(part).iter(w("t")))
        for name, part in word.items()
        if name.startswith("word/actes-header") and b"STYLEREF 2" in part
    ]
    assert [head.endswith("Économie / 経済Essai / 試行") for head in heads] == [True]


def test_register_glossary_and_indexes_serve_both(pages: list[str]) -> None:
    text = "".join(pages)
    assert "DominiqueModèle/模範太郎" in text
    for title in ("Indexdescollectivités", "自治体索引", "Glossaire", "用語集"):
        assert any(page.startswith(title) for page in pages), title


def test_the_pdf_is_tagged_archival_and_says_its_languages(reader: pypdf.PdfReader) -> None:
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1" in metadata
    assert "<pdfaid:part>2" in metadata
    assert reader.trailer["/Root"]["/Lang"].startswith("fr")
    assert {"ja"} <= {str(o["/Lang"]) for o in elements(reader) if "/Lang" in o}


def test_word_and_pdf_say_the_same(pages: list[str], word: dict[str, bytes]) -> None:
    printed = "".join(pages)
    for part in ("word/document.xml", "word/footnotes.xml"):
        for paragraph in etree.fromstring(word[part]).iter(w("p")):
            words = squeezed("".join(text.text or "" for text in paragraph.iter(w("t"))))
            fields = ("fldChar", "footnoteReference")  # numbers that only a page has
            if all(paragraph.find(f".//{w(name)}") is None for name in fields):
                assert words in printed, words


def test_columns_of_word_are_in_styles_of_their_language(word: dict[str, bytes]) -> None:
    styles = styles_of(word["word/document.xml"])
    assert styles["Lamerestvaste."].endswith("-fr")
    assert styles["海は広い。"].endswith("-ja")
    assert (styles["甲"], styles["一"]) == ("ActesParallelCell-ja-head", "ActesParallelCell-ja")
    assert (styles["A"], styles["un"]) == ("ActesParallelCell-fr-head", "ActesParallelCell-fr")
    sheet = etree.fromstring(word["word/styles.xml"])
    own = sheet.find(f"{w('style')}[@{w('styleId')}='{styles['海は広い。']}']")
    assert own is not None
    assert own.find(f".//{w('lang')}").get(w("eastAsia")) == "ja-JP"  # type: ignore[union-attr]


def test_rows_of_word_break_over_pages_but_those_with_a_box(word: dict[str, bytes]) -> None:
    splits = {
        squeezed("".join(row.itertext())): mark.get(w("val"))
        for row in etree.fromstring(word["word/document.xml"]).iter(w("tr"))
        if (mark := row.find(f"{w('trPr')}/{w('cantSplit')}")) is not None
    }
    assert splits["Lamerestvaste.海は広い。"] == "0"
    assert splits["ÀretenirUnencadré.要点囲みの文。"] == "1"


def test_every_cell_of_word_ends_with_one_paragraph(word: dict[str, bytes]) -> None:
    """Word calls a cell without a last paragraph damaged; a second, empty one would be a gap."""
    for cell in etree.fromstring(word["word/document.xml"]).iter(w("tc")):
        assert cell[-1].tag == w("p")
        blank = [p for p in cell[-2:] if p.tag == w("p") and not p.findall(f".//{w('t')}")]
        assert len(blank) < 2 or len(cell) == 2


# -- when it is made ----------------------------------------------------------------------------


def test_it_is_made_by_its_name_or_where_event_yaml_names_it(tmp_path: Path) -> None:
    texts = {"eco/umi.ja.md": summary("海", "海は広い。")}
    root = make_workspace(tmp_path, texts=texts, formats=["docx"])
    done = actes(root, "build")
    assert done.code == 0, done.err
    assert "bilingual" not in done.out
    named = LISTED.replace("[docx, pdf]", "[docx]").replace(
        "{bilingual: {}", "{bilingual: {formats: [docx]}"
    )
    (root / "sources/event.yaml").write_text(named, encoding="utf-8")
    done = actes(root, "build")
    assert "build/proceedings-bilingual.docx" in done.out.split(), done.err


@pytest.mark.parametrize(
    ("languages", "rule"),
    [("[fr]", "expected-two-languages"), ("[fr, fr]", "expected-two-languages"),
     ("[fr, de]", "language-unknown")],
)  # fmt: skip
def test_it_has_two_languages_of_the_event(tmp_path: Path, languages: str, rule: str) -> None:
    named = LISTED.replace("{bilingual: {}", f"{{bilingual: {{languages: {languages}}}")
    root = make_workspace(tmp_path, texts={"event.yaml": named})
    done = actes(root, "build", "proceedings-bilingual")
    assert done.code == 1
    assert f"[{rule}]" in done.err
    assert "sources/event.yaml:11" in done.err


def test_what_no_font_can_print_is_left_out_and_named(tmp_path: Path) -> None:
    """The file at fault may be that of either side: both are named."""
    texts = {
        "eco/signe.fr.md": summary("Signe", "Un mot."),
        "eco/signe.ja.md": counterpart("signe.fr.md", "印", [("Un mot.", "印𓀀である。")], "Signe"),
    }
    root = make_workspace(tmp_path, texts=texts)
    done = actes(root, "build", "proceedings-bilingual", "--format", "docx")
    assert "sources/eco/signe.fr.md, sources/eco/signe.ja.md" in done.err
    assert "[glyph-missing]" in done.err
    document = docx_parts(root / "build/proceedings-bilingual.docx")["word/document.xml"]
    assert "Un mot." not in document.decode()
