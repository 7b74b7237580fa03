"""Two languages as one book: what stands beside what, whichever language a text was written in."""

from __future__ import annotations

from pathlib import Path

from pipeline.proceedings import book as b
from pipeline.proceedings.bilingual import bilingual
from pipeline.proceedings.chapters import apart
from pipeline.proceedings.collect import collect
from pipeline.proceedings.merge import merge
from pipeline.texts import ast
from pipeline.texts.read import read_texts
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import counterpart, make_workspace, reviewed, summary

EVENT = """\
id: essai
languages: [es, fr, ja]
title: {es: Ensayo, fr: Essai, ja: 試み}
dates: {start: 2024-11-18, end: 2024-11-21}
place: {es: Aquí, fr: Ici, ja: 此処}
organisers: [{es: Comité, fr: Comité, ja: 委員会}]
rooms: {salle-a: {es: sala A, fr: salle A, ja: 会議室}}
themes: [{id: eco, title: {es: Economía, fr: Économie, ja: 経済}}]
colophon: {publisher: {es: Comité, fr: Comité, ja: 委員会}, date: 2025-03-14}
"""
DELEGATIONS = """\
- id: ville
  name: {es: Villa, fr: Ville, ja: 町}
  country: FR
  kind: commune
- id: machi
  name: {es: Machi, fr: Machi, ja: 真地市}
  country: JP
  kind: commune
"""
SPANISH = ["## Primero", "Uno.", "Dos.", "Tres.", "```\n1 + 1\n```"]
FRENCH = ["## D’abord", "Un.", "Deux et trois.", "", "```\n1 + 1\n```"]
JAPANESE = ["## 初めに", "一。", "二。", "三。", "```\n1 + 1\n```"]


def book(folder: Path, first: str, second: str) -> b.Book:
    """The bilingual book of an event whose text was written in Spanish."""
    japanese = counterpart("a.es.md", "甲", zip(SPANISH, JAPANESE, strict=True), "A")
    moved = reviewed("Uno.", "一。")  # the translator put this passage at the end
    japanese = japanese.replace(moved, "") + "\n" + moved
    root = make_workspace(
        folder,
        texts={
            "event.yaml": EVENT,
            "delegations.yaml": DELEGATIONS,
            "glossary.yaml": "",
            "eco/a.es.md": summary("A", "\n\n".join(SPANISH)),
            "eco/a.fr.md": counterpart(
                "a.es.md", "A en français", zip(SPANISH, FRENCH, strict=True), "A"
            ),
            "eco/a.ja.md": japanese,
            "eco/b.es.md": summary("Solo", "Nadie lo tradujo."),
        },
    )
    workspace, problems = load(root)
    assert not problems
    tables = {tag: load_language(root, tag) for tag in workspace.event.languages}
    found, _misplaced = find_texts(root, workspace.event)
    collection, _wrong = collect(workspace.event, found, read_texts(workspace, found).texts)
    books = [
        merge(workspace, collection, tables, tag, True, frozenset(), apart)
        for tag in (first, second)
    ]
    return bilingual(books[0], books[1], facing=False)


def chapter(found: b.Book, name: str) -> b.Chapter:
    return next(p for p in found.pieces if isinstance(p, b.Chapter) and p.id == f"eco--{name}")


def words(cell: object) -> str:
    """What a cell says of the text, its head left out."""
    assert isinstance(cell, tuple)
    blocks = [block for item in cell if isinstance(item, b.Passage) for block in item.blocks]
    return ast.plain_text(blocks).strip()


def rows(found: b.Chapter) -> list[tuple[str, ...]]:
    cells = [row.cells for row in found.content if isinstance(row, b.SideBySide)]
    return [said for row in cells if any(said := tuple(map(words, row)))]


def test_two_translations_meet_by_what_they_translate(tmp_path: Path) -> None:
    """Passages stand in the order of the original, and words given at once share a row."""
    found = chapter(book(tmp_path, "fr", "ja"), "a")
    assert rows(found) == [
        ("D’abord", "初めに"),
        ("Un.", "一。"),
        ("Deux et trois.", "二。 三。"),
    ]


def test_an_original_stands_on_either_side(tmp_path: Path) -> None:
    assert rows(chapter(book(tmp_path, "ja", "es"), "a"))[0] == ("初めに", "Primero")


def test_what_is_the_same_for_both_is_no_row(tmp_path: Path) -> None:
    found = chapter(book(tmp_path, "fr", "ja"), "a")
    alone = [item for item in found.content if isinstance(item, b.Passage)]
    assert [item.blocks[0]["t"] for item in alone] == ["CodeBlock"]


def test_a_text_that_neither_side_has_is_said_on_both(tmp_path: Path) -> None:
    found = chapter(book(tmp_path, "fr", "ja"), "b")
    assert ast.plain_text(found.title) == "Solo"
    assert rows(found) == []
    (notices,) = [row.cells for row in found.content if isinstance(row, b.SideBySide)]
    assert all(isinstance(item, b.Notice) for cell in notices for item in cell)
    assert len(notices) == 2


def test_the_register_keeps_the_order_of_the_first_language(tmp_path: Path) -> None:
    def names(first: str, second: str) -> list[str]:
        found = book(tmp_path / first, first, second)
        register = next(p for p in found.pieces if isinstance(p, b.Register))
        return [ast.plain_text(e.name) for _country, entries in register.groups for e in entries]

    assert names("fr", "ja") == ["Ville 町", "Machi 真地市"]
    assert names("ja", "fr") == ["真地市 Machi", "町 Ville"]


def test_words_of_the_second_side_say_their_language(tmp_path: Path) -> None:
    found = book(tmp_path, "fr", "ja")
    part = next(p for p in found.pieces if isinstance(p, b.Part))
    spoken = [node["c"][0][2] for node in part.title if node["t"] == "Span"]
    assert spoken == [[["lang", "ja"]]]
    contents = next(p for p in found.pieces if isinstance(p, b.Contents))
    assert ast.plain_text(contents.title) == "Table des matières / 目次"


def test_what_is_the_same_in_both_languages_is_said_once(tmp_path: Path) -> None:
    cover = next(p for p in book(tmp_path, "es", "fr").pieces if isinstance(p, b.Cover))
    assert [ast.plain_text(organiser) for organiser in cover.organisers] == ["Comité"]
