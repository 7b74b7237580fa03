"""Numbers are made, never typed: the same ids, each language's own style."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.declaration.clauses import clauses
from pipeline.declaration.numbering import locations, number_items, reference
from pipeline.texts import ast
from pipeline.workspace.counters import Counter
from pipeline.workspace.languages import Numbering, load_language
from tests.declaration.desk import FRENCH, JAPANESE, text_of
from tests.support.workspace import REPOSITORY

TEXTS = {"fr": FRENCH, "ja": JAPANESE}
SAID = {
    ("articles", "fr"): ["article 1", "article 1, b)", "« Histoire »", "« Économie »", "article 2"],
    ("articles", "ja"): ["第1条", "第1条(2)", "「歩み」", "「経済」", "第2条"],
    ("outline", "fr"): ["point I.1", "point I.1, b)", "« Histoire »", "partie I", "point I.2"],
    ("outline", "ja"): ["第1の1", "第1の1(2)", "「歩み」", "第1", "第1の2"],
}


@pytest.mark.parametrize(("style", "language"), SAID)
def test_a_reference_says_the_number_of_the_language(style: str, language: str) -> None:
    table = load_language(REPOSITORY, language)
    found, problems = clauses(text_of(language, TEXTS[language]))
    assert problems == []
    where = locations(found, {"preambule"}, style)
    ids = ("circuits", "former", "histoire", "economie", "suivi")
    said = [ast.plain_text(reference(where[i], style, table)) for i in ids]
    assert said == SAID[style, language]


@pytest.mark.parametrize("language", TEXTS)
def test_lists_have_the_style_of_their_language_and_depth(language: str) -> None:
    body = "## A {#a}\n\n1. x\n   1. y\n      1. z\n2. w\n\nEt :\n\n1. v\n"
    found, _ = clauses(text_of(language, f"---\ntitle: T\n---\n\n{body}"))
    blocks = list(found[0].blocks)
    number_items(blocks, load_language(REPOSITORY, language))
    lists = [node["c"][0] for node in ast.walk(blocks) if node["t"] == "OrderedList"]
    styles = [(start, style["t"], delimiter["t"]) for start, style, delimiter in lists]
    assert styles == {
        "fr": [(1, "LowerAlpha", "OneParen"), (1, "LowerRoman", "OneParen"),
               (1, "UpperAlpha", "OneParen"), (3, "LowerAlpha", "OneParen")],
        "ja": [(1, "Decimal", "TwoParens"), (1, "Example", "DefaultDelim"),
               (1, "Example", "TwoParens"), (3, "Decimal", "TwoParens")],
    }[language]  # fmt: skip


def test_a_deep_reference_names_every_level() -> None:
    body = "## A {#a}\n\n1. x\n   1. y\n   2. []{#deep}z\n"
    said = []
    for language in ("fr", "ja"):
        found, _ = clauses(text_of(language, f"---\ntitle: T\n---\n\n{body}"))
        where = locations(found, (), "articles")
        table = load_language(REPOSITORY, language)
        said.append(ast.plain_text(reference(where["deep"], "articles", table)))
    assert said == ["article 1, a), ii)", "第1条(1)イ"]


def test_a_title_is_quoted_without_its_links_and_notes_also_where_it_is_stressed() -> None:
    body = (
        "# A {#a}\n\n## Le *vieux [port](https://a.org)[^1]* [neuf](#a) {#p}\n\n[^1]: Une note.\n"
    )
    found, _ = clauses(text_of("fr", f"---\ntitle: T\n---\n\n{body}"))
    said = reference(
        locations(found, {"a"}, "articles")["p"], "articles", load_language(REPOSITORY, "fr")
    )
    kinds = {node["t"] for node in ast.walk(said)}
    assert "Emph" in kinds
    assert not kinds & {"Link", "Note"}
    assert "Le vieux port neuf" in ast.plain_text(said)
    assert "Link" in {node["t"] for clause in found for node in ast.walk(clause.title)}


@pytest.mark.parametrize("pattern", ["", "x)", "a1", "a", "1°"])
def test_what_cannot_be_counted_by_is_no_pattern(pattern: str) -> None:
    with pytest.raises(ValueError, match="numbering"):
        Counter(pattern).list_style()


def test_a_third_style_is_a_table_away() -> None:
    table = load_language(REPOSITORY, "fr")
    table = replace(table, numbering=Numbering("A", ("(1)",), ()))
    found, _ = clauses(text_of("fr", FRENCH))
    where = locations(found, {"preambule"}, "outline")
    said = ast.plain_text(reference(where["former"], "outline", table))
    assert said == "point A.1, (2)"
