"""Exit codes and places, as documented."""

from __future__ import annotations

import re

from pipeline.errors import Exit, Place, Problem, in_order
from tests.support.workspace import REPOSITORY


def test_exit_codes_are_documented() -> None:
    text = (REPOSITORY / "docs/errors.md").read_text(encoding="utf-8")
    rows = {name: int(code) for code, name in re.findall(r"\| (\d+) \| ([A-Z_]+) \|", text)}
    assert rows == {code.name: code.value for code in Exit}


def test_a_problem_says_where_what_and_how() -> None:
    problem = Problem(
        "key-unknown", Place("sources/event.yaml", 3, 1), {"key": "thème", "nearest": "theme"}
    )
    assert problem.render("fr") == (
        "sources/event.yaml:3:1: la clé « thème » n’est pas connue [key-unknown]\n"
        "    → vouliez-vous dire : theme ?"
    )
    assert problem.render("ja").startswith("sources/event.yaml:3:1: キー「thème」は使えない")


def test_problems_are_listed_once_by_place() -> None:
    one, two = Problem("key-missing", Place("b", 2)), Problem("key-missing", Place("a", 9))
    assert in_order([one, two, one]) == [two, one]


def test_a_language_is_called_by_its_name_in_the_readers_language() -> None:
    problem = Problem("blocked-missing", Place("sources/eco/halle.ja.md"), {"spoken": "fr"})
    assert [problem.message(reader) for reader in ("fr", "ja", "en")] == [
        "pas de texte en français", "フランス語の本文がない", "no text in French",
    ]  # fmt: skip
