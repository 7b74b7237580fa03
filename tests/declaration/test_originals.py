"""The originals of a declaration: each party's own names it first; otherwise they say the same.

`turned` is the alternat as a function of what an original says: the rows of one, turned, are those
of the other, in Word and in the PDF as a screen reader reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

import pytest
from lxml import etree

from pipeline.declaration.alternat import Alternat, misnamed, original, plain_title, title_of
from pipeline.declaration.clauses import clauses
from pipeline.proceedings import book as b
from pipeline.proceedings.parallel import ParallelBook, ParallelRow, Party
from pipeline.publishing.word.xml import w
from pipeline.texts import ast
from tests.declaration.desk import text_of
from tests.publishing import pdf_books as books
from tests.publishing.parallel_books import declaration
from tests.support.tagged import structure
from tests.support.workspace import EVENT, Outcome, actes, docx_parts, make_workspace, squeezed

SETTINGS = """\
declaration:
  place: {fr: Valbourg, ja: 波止市}
  date: 2024-11-21
  calendar: both
  precedence: [port, ville]
"""
PEOPLE = (
    ("ville", "FR", "Ville de Valbourg", "ヴァルブール市", "Dominique Modèle", "模範ドミニク"),
    ("port", "FR", "Port de Valbourg", "ヴァルブール港", "Claude Exemple", "例クロード"),
    ("hato", "JP", "Ville de Hato", "波止市", "HATO Jun", "波止純"),
    ("minato", "JP", "Ville de Minato", "湊町", "MINATO Rei", "湊怜"),
)
FRENCH = """\
---
title: Déclaration [de la France]{party=fr} et [du Japon]{party=ja}
---

# Préambule {#preambule}

## Participants {#participants}

Nous, élus [de la France]{party=fr} et [du Japon]{party=ja}, déclarons ceci.

# Mer [franco-japonaise]{original="ja: nippo-française"} {#mer}

## Pêche {#peche}

Les [ports français]{party=fr} et les [ports japonais]{party=ja} s’engagent à :

1. protéger la mer ;
2. en rendre compte, comme le dit l’[](#fin).

# Fin {#fin-de-texte}

## Entrée en vigueur {#fin}

L’amitié [franco-japonaise]{original="ja: nippo-française"} vaut dès aujourd’hui (voir [](#mer)).
"""
JAPANESE = """\
---
title: "[日本]{party=ja}と[フランス]{party=fr}の宣言"
---

# 前文 {#preambule}

## 参加者 {#participants}

[日本]{party=ja}及び[フランス]{party=fr}の代表は、次のとおり宣言する。

# [日仏]{original="fr: 仏日"}の海 {#mer}

## 漁業 {#peche}

[日本の港]{party=ja}と[フランスの港]{party=fr}は、次に掲げることを約束する。

1. 海を守ること。
2. [](#fin)に従い、報告すること。

# 終わり {#fin-de-texte}

## 発効 {#fin}

[日仏]{original="fr: 仏日"}の友好は（[](#mer)を参照）、本日から効力を有する。
"""
# What the French original says, and what stands in its place in the Japanese one.
NAMED = (
    ("Déclaration de la France et du Japon", "Déclaration du Japon et de la France"),
    ("フランスと日本の宣言", "日本とフランスの宣言"),
    ("élus de la France et du Japon", "élus du Japon et de la France"),
    ("Les ports français et les ports japonais", "Les ports japonais et les ports français"),
    ("フランス及び日本の代表", "日本及びフランスの代表"),
    ("フランスの港と日本の港", "日本の港とフランスの港"),
    ("L’amitié franco-japonaise", "L’amitié nippo-française"),
    ("仏日の友好", "日仏の友好"),
    ("Mer franco-japonaise", "Mer nippo-française"),  # above its section, and where it is cited
    ("仏日の海", "日仏の海"),
    ("en français et en japonais", "en japonais et en français"),
    ("フランス語及び日本語により", "日本語及びフランス語により"),
)
Cell = tuple[str, str]
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Said:
    """What an original says: rows of cells (language, words), and the words of each party."""

    text: tuple[Row, ...]
    parties: tuple[Row, ...]


def turned(said: Said) -> Said:
    """The French original turned into the Japanese one: the only permutations allowed."""
    return Said(tuple(map(_row_turned, said.text)), tuple(map(_row_turned, reversed(said.parties))))


def _row_turned(row: Row) -> Row:
    pairs = [row[n : n + 2] for n in range(0, len(row), 2)]
    return tuple((tag, _renamed(words)) for pair in pairs for tag, words in reversed(pair))


def _renamed(words: str) -> str:
    for before, after in NAMED:
        words = words.replace(squeezed(before), squeezed(after))
    return words


def in_pdf(file: Path) -> Said:
    """The rows that the tags of a PDF have a screen reader read, then each party's own words."""
    *text, signed = structure(file).elements
    return Said(
        tuple(
            tuple((cell.language, squeezed(cell.text)) for cell in row.elements if cell.text)
            for row in text
        ),
        tuple(
            _by_language((one.language, one.text) for one in party.walk() if one.tag == "/P")
            for party in signed.elements
        ),
    )


def in_word(file: Path) -> Said:
    """The rows of a Word file's text, each cell with the language of its style, and the columns of
    those who sign."""
    text, signed = etree.fromstring(docx_parts(file)["word/document.xml"]).iter(w("tbl"))
    title, *rows = signed.iter(w("tr"))
    columns = zip(*(row.findall(w("tc")) for row in rows), strict=True)
    heads = _by_language((_language(line), _words(line)) for line in title.iter(w("p")))
    return Said(
        (*(_cells(row) for row in text.iter(w("tr"))), heads),
        tuple(
            _by_language(
                (_language(line), _words(line)) for cell in party for line in cell.iter(w("p"))
            )
            for party in columns
        ),
    )


def _by_language(lines: Iterable[Cell]) -> Row:
    """Lines that follow each other in one language as one cell."""
    said = ((tag, squeezed(words)) for tag, words in lines if words.strip())
    groups = groupby(said, key=lambda line: line[0])
    return tuple((tag, "".join(words for _tag, words in lines)) for tag, lines in groups)


def _cells(row: etree._Element) -> Row:
    found = [(_language(cell), squeezed(_words(cell))) for cell in row.findall(w("tc"))]
    return tuple((tag, words) for tag, words in found if words)


def _language(cell: etree._Element) -> str:
    (tag,) = {str(style.get(w("val")))[-2:] for style in cell.iter(w("pStyle"))} or {""}
    return tag


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t")))


READERS = {"pdf": in_pdf, "docx": in_word}


def delegations() -> str:
    """Two authorities a country, each with somebody who signs."""
    return "".join(
        f"- id: {identifier}\n  name: {{fr: {name}, ja: {nom}}}\n  country: {country}\n"
        f"  kind: commune\n  members: [{{name: {{fr: {person}, ja: {hito}}}, "
        "role: {fr: maire, ja: 市長}, signatory: true}]\n"
        for identifier, country, name, nom, person, hito in PEOPLE
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The whole family of a declaration that both sides sign."""
    root = make_workspace(
        tmp_path_factory.mktemp("originals"),
        texts={
            "event.yaml": EVENT % ("docx", "docx, pdf") + SETTINGS,
            "delegations.yaml": delegations(),
            "declaration/declaration.fr.md": FRENCH,
            "declaration/declaration.ja.md": JAPANESE,
        },
    )
    return root / "build", actes(root, "build", "declaration")


def test_the_family_is_the_working_text_the_originals_and_the_copies(
    built: tuple[Path, Outcome],
) -> None:
    _folder, done = built
    names = (
        "",
        "-original-fr",
        "-original-ja",
        "-fr",
        "-ja",
        "-summary-fr",
        "-summary-ja",
        "-reading-fr",
        "-reading-ja",
    )
    files = [f"build/declaration{name}.{form}" for name in names for form in ("docx", "pdf")]
    assert (done.code, done.out.split()) == (0, files), done.err


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_originals_differ_by_the_alternat_alone(
    built: tuple[Path, Outcome], form: Literal["docx", "pdf"]
) -> None:
    folder, _done = built
    french, japanese = (
        READERS[form](folder / f"declaration-original-{tag}.{form}") for tag in ("fr", "ja")
    )
    assert len(french.text) > 8
    assert {len(row) for row in french.text} == {2}
    assert [row[0][0] for row in french.text] == ["fr"] * len(french.text)
    assert turned(french) == japanese
    assert [row[0][1] for row in french.parties] == ["France", "Japon"]
    assert all(squeezed(after) in str(japanese) for _before, after in NAMED)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_draft_says_of_every_clause_that_it_is_not_agreed_yet(
    built: tuple[Path, Outcome], form: Literal["docx", "pdf"]
) -> None:
    folder, _done = built
    said = READERS[form](folder / f"declaration-original-fr.{form}")
    for place, words in enumerate(("En attente de concordance", "要照合")):
        found = "".join(row[place][1] for row in said.text)
        assert found.count(squeezed(words)) == 7  # the title, three sections, three clauses


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_working_text_says_everything_as_it_was_written(
    built: tuple[Path, Outcome], form: Literal["docx", "pdf"]
) -> None:
    folder, _done = built
    said = str(READERS[form](folder / f"declaration.{form}"))
    for words in (
        "L’amitié franco-japonaise",
        "日仏の友好",
        "« Mer franco-japonaise »",
        "「日仏の海」",
        "日本及びフランスの代表",
        "élus de la France",
    ):
        assert squeezed(words) in said


def test_the_files_say_their_title_as_the_original_does(built: tuple[Path, Outcome]) -> None:
    folder, _done = built
    core = docx_parts(folder / "declaration-original-ja.docx")["docProps/core.xml"].decode()
    assert (
        "<dc:title>日本とフランスの宣言 / Déclaration du Japon et de la France</dc:title>" in core
    )
    copy = docx_parts(folder / "declaration-fr.docx")["docProps/core.xml"].decode()
    assert "<dc:title>Déclaration de la France et du Japon</dc:title>" in copy


def test_every_paragraph_is_one_for_a_screen_reader(built: tuple[Path, Outcome]) -> None:
    """Rows hold cells, and cells headings, paragraphs and lists: no words stand by themselves."""
    folder, _done = built
    *text, signed = structure(folder / "declaration-original-ja.pdf").elements
    cells = [cell for row in text for cell in row.elements if cell.text]
    assert {row.tag for row in text} == {cell.tag for cell in cells} == {"/Div"}
    assert {part.tag for cell in cells for part in cell.elements} == {"/P", "/H1", "/H2", "/L"}
    assert {cell.language for cell in cells} == {"fr", "ja"}
    assert {part.tag for part in signed.walk()} == {"/Div", "/P", "/Strong"}


def test_word_and_pdf_close_and_sign_alike(built: tuple[Path, Outcome]) -> None:
    """The same formula, and signatories in the order of protocol, each in both languages."""
    folder, _done = built
    word, pdf = (READERS[f](folder / f"declaration-original-fr.{f}") for f in ("docx", "pdf"))
    assert word.text[-2:] == pdf.text[-2:]
    assert word.text[-2] == (
        ("fr", squeezed("Fait à Valbourg, le 21 novembre 2024, en double exemplaire, "
                        "en français et en japonais, les deux textes faisant également foi.")),
        ("ja", squeezed("令和6年（2024年）11月21日、波止市において、ひとしく正文である"
                        "フランス語及び日本語により本書2通を作成し、署名した。")),
    )  # fmt: skip
    assert word.parties == pdf.parties
    assert [words for _tag, words in word.parties[0]][2:] == [
        squeezed("".join(lines))
        for lines in (
            ("Claude Exemple", "maire", "Port de Valbourg"),
            ("ヴァルブール港", "市長", "例クロード"),  # the name last, as Japanese has it
            ("Dominique Modèle", "maire", "Ville de Valbourg"),
            ("ヴァルブール市", "市長", "模範ドミニク"),
        )
    ]


@pytest.mark.parametrize(("tag", "words"), [
    ("fr", "Paraphesイニシャル Franceフランス Japon日本"),
    ("ja", "イニシャルParaphes 日本Japon フランスFrance"),
])  # fmt: skip
def test_every_page_has_places_for_initials_in_the_originals_order(
    built: tuple[Path, Outcome], tag: str, words: str
) -> None:
    from tests.support.workspace import pdf_pages

    folder, _done = built
    expected = squeezed(words)
    for page in pdf_pages(folder / f"declaration-original-{tag}.pdf"):
        assert expected in squeezed(page)
    parts = docx_parts(folder / f"declaration-original-{tag}.docx")
    feet = [etree.fromstring(parts[name]) for name in parts if "actes-footer" in name]
    assert feet
    assert all(squeezed(_words(foot)).startswith(expected) for foot in feet)


@pytest.mark.parametrize(("tag", "other"), [("fr", "[ぁ-ん]"), ("ja", "déclarons|Japon")])
def test_a_copy_is_one_text_alone_with_nothing_to_sign(
    built: tuple[Path, Outcome], tag: str, other: str
) -> None:
    folder, _done = built
    pdf = structure(folder / f"declaration-{tag}.pdf")
    document = etree.fromstring(docx_parts(folder / f"declaration-{tag}.docx")["word/document.xml"])
    for said in (pdf.text, _words(document)):
        assert not re.search(other, said)
        assert {"fr": "Claude Exemple", "ja": "例クロード"}[tag] in said
        assert {"fr": "Signataires", "ja": "署名者"}[tag] in said
    assert pdf.language == tag
    heads = [element.text for element in pdf.walk() if element.tag == "/H2"]
    assert heads == {"fr": ["Article 1 – Pêche", "Article 2 – Entrée en vigueur"],
                     "ja": ["第1条（漁業）", "第2条（発効）"]}[tag]  # fmt: skip
    lines = [
        edges for edges in document.iter(w("tcBorders")) if edges.find(w("bottom")) is not None
    ]
    styles = [style.get(w("val")) for style in document.iter(w("pStyle"))]
    assert (lines, "ActesParallelToSign" in styles) == ([], False)
    assert len(list(document.iter(w("tbl")))) == 1  # the parties; the text is no table


def test_a_final_original_is_refused_while_anything_is_open(built: tuple[Path, Outcome]) -> None:
    folder, _done = built
    for name in ("declaration-original-ja", "declaration-fr"):
        done = actes(folder.parent, "build", name, "--final", "--format", "docx")
        assert (done.code, done.out) == (4, "")
        assert "[blocked-concordance]" in done.err


@pytest.mark.parametrize(("words", "rules"), [
    ("[La France]{party=fr} et [le Japon]{party=ja} déclarent.", ["party-capital"]),
    ("La [France]{party=fr} et le [Japon]{party=ja} déclarent.", []),
    ("Entre [Paris]{party=fr} et [la ville de Kyoto]{party=ja}.", []),
    ("Fin. [La France]{party=fr} et [le Japon]{party=ja} signent.", ["party-capital"]),
    ("[La France]{party=fr} et [Malte]{party=mt}.", ["party-alone", "party-unknown"]),
    ("[La France]{party=fr} recevra les villes en 2026 et [le Japon]{party=ja} en 2028.",
     ["party-alone", "party-alone"]),
    ("Merci à [Nancy]{party=fr}. [Kyoto]{party=ja} suit.", ["party-alone", "party-alone"]),
    ('Amitié [franco-maltaise]{original="mt: malto-française"}.', ["party-unknown"]),
    ('Amitié [franco-japonaise]{original="nippo-française"}.', ["original-unreadable"]),
    ('Amitié [franco-japonaise]{original="ja： nippo-française"}.', []),
])  # fmt: skip
def test_what_cannot_change_places_is_said(words: str, rules: list[str]) -> None:
    body = f"# A {{#a}}\n\n## B {{#b}}\n\n{words}\n"
    for title, lines in (("D", [7]), (words, [1, 7])):
        text = text_of("fr", f"---\ntitle: {title}\n---\n\n{body}")
        found = list(misnamed(text, clauses(text)[0], ("fr", "ja")))
        assert [(p.rule, p.place.line) for p in found] == [(r, n) for n in lines for r in rules]


def test_a_title_too_has_words_for_each_original() -> None:
    title = 'Déclaration [franco-japonaise]{original="ja: nippo-française"} [de A]{party=fr}'
    text = text_of("fr", f"---\ntitle: {title}\n---\n\n# A {{#a}}\n")
    assert plain_title(text) == "Déclaration franco-japonaise de A"
    side = replace(three_sides().sides[0], title=title_of(text, ast.text))
    book = replace(three_sides(), sides=(side, *three_sides().sides[1:]))
    own = [original(book, Alternat(tag, LANGUAGES)) for tag in ("fr", "ja")]
    assert own[0].title.startswith("Déclaration franco-japonaise de A /")
    assert "Déclaration nippo-française de A" in own[1].title


# -- the alternat as a function -------------------------------------------------------------------


def three_sides() -> ParallelBook:
    """A book of three languages and parties, as no one of them would sign it."""
    book = declaration()
    third = b.Side("en", books.STYLES["fr"], books.words("Declaration"), books.LABELS["fr"])
    together = (("A", "fr", ", "), ("B", "ja", " et "), ("C", "en", ", "), ("b", "ja", " "),
                ("c", "en", ""))  # fmt: skip
    named = [
        node
        for words, tag, gap in together
        for node in (ast.span(ast.text(words), ast.attr(party=tag)), *ast.text(gap))
    ]
    named.append(ast.span(ast.text("d"), ast.attr(original="ja: e; en: f")))
    cells = ((ast.para(named),),) * 3
    rows = tuple(ParallelRow("clause", f"c{n}", cells, formula=not n) for n in (0, 1))
    english = Party("en", (books.words("UK"),) * 3, ())
    parties = (english, *(Party(p.language, (*p.names, ()), ()) for p in book.parties))
    three = {name: (*getattr(book, name), ()) for name in
             ("subtitle", "signatures_title", "initials", "draft_marks")}  # fmt: skip
    return ParallelBook(
        **{**vars(book), **three, "sides": (*book.sides, third), "rows": rows, "parties": parties}
    )


LANGUAGES = ("fr", "ja", "en")


@pytest.mark.parametrize("columns", ["holder", "event"])
@pytest.mark.parametrize("extent", ["large", "small"])
def test_an_original_turned_for_another_party_is_that_partys(
    extent: Literal["large", "small"], columns: Literal["holder", "event"]
) -> None:
    book = three_sides()
    own: Mapping[str, ParallelBook] = {
        tag: original(book, Alternat(tag, LANGUAGES, extent, columns)) for tag in LANGUAGES
    }
    for first in LANGUAGES:
        for second in LANGUAGES:
            again = original(own[first], Alternat(second, LANGUAGES, extent, columns))
            assert again == own[second]
    assert own["fr"] != own["ja"] != own["en"]
    first = "ja" if columns == "holder" else "fr"
    assert own["ja"].sides[0].language == first
    assert [party.language for party in own["ja"].parties] == ["ja", "fr", "en"]


@pytest.mark.parametrize(("extent", "inside"), [("large", "B, A et C, b ce"),
                                                ("small", "A, B et C, b cd")])  # fmt: skip
def test_the_small_alternat_turns_the_formulas_alone(
    extent: Literal["large", "small"], inside: str
) -> None:
    turned_book = original(three_sides(), Alternat("ja", LANGUAGES, extent))
    said = [_plain(row.cells[0]) for row in turned_book.rows]
    assert said == ["B, A et C, b ce", inside]


def _plain(blocks: Sequence[b.Node]) -> str:
    return ast.plain_text(blocks).strip()
