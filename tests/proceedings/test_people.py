"""Persons in a Japanese edition: their offices in their towns, and where an index lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.proceedings import book as b
from pipeline.proceedings.collect import collect
from pipeline.proceedings.merge import merge
from pipeline.texts import ast
from pipeline.texts.read import read_texts
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import make_workspace, summary

SPEAKERS = """
  - {name: エリーズ・マルタン, reading: えりーずまるたん, role: 市長, authority: ville}
  - {name: 模範太郎, role: 市議会議員, authority: ville}
  - {name: 見本花子, reading: みほんはなこ, role: 教育長, authority: ville}"""
DELEGATIONS = """\
- id: ville
  name: {fr: Ville d’essai, ja: 試行市}
  reading: しこうし
  country: FR
  kind: commune
  members: [{name: {fr: Taro, ja: 模範太郎}, reading: もはん たろう, role: {fr: maire, ja: 市長}}]
"""


@pytest.fixture(scope="module")
def japanese(tmp_path_factory: pytest.TempPathFactory) -> b.Book:
    texts = {
        "delegations.yaml": DELEGATIONS,
        "eco/a.ja.md": summary("甲", "一。", speakers=SPEAKERS, reading="こう"),
    }
    root: Path = make_workspace(tmp_path_factory.mktemp("people"), texts=texts)
    workspace, problems = load(root)
    assert not problems
    tables = {tag: load_language(root, tag) for tag in workspace.event.languages}
    found, _misplaced = find_texts(root, workspace.event)
    collection, _wrong = collect(workspace.event, found, read_texts(workspace, found).texts)
    return merge(workspace, collection, tables, "ja", True, frozenset())


def test_a_town_is_not_said_twice_before_its_mayor(japanese: b.Book) -> None:
    chapter = next(p for p in japanese.pieces if isinstance(p, b.Chapter) and p.id == "eco--a")
    assert chapter.head is not None
    said = "\n".join(ast.plain_text(row.value) for row in chapter.head.rows)
    for person in (
        "エリーズ・マルタン　試行市長",
        "模範太郎　試行市議会議員",
        "見本花子　試行市教育長",
    ):
        assert person in said


def test_a_katakana_name_stands_under_the_family_name_that_the_index_begins_with(
    japanese: b.Book,
) -> None:
    """Its reading, written in the order of the name, put « マルタン、エリーズ » under あ; the
    reading of another is in the register."""
    index = next(p for p in japanese.pieces if isinstance(p, b.Index) and p.id == "index-speakers")
    listed = {row: [ast.plain_text(e.term) for e in entries] for row, entries in index.sections}
    assert listed == {"ま": ["マルタン、エリーズ", "見本花子", "模範太郎"]}
