"""A declaration of a few clauses in two languages for the writers, and what they make of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pypdf
from lxml import etree

from pipeline.proceedings import book as b
from pipeline.proceedings.parallel import ParallelBook, ParallelRow, Party, Signatory
from pipeline.publishing.typst import parallel as typst_parallel
from pipeline.publishing.word.parallel import docx as word_parallel
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
