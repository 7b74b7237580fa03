"""The last look before a counterpart is written: no word of a person is missing (law 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ActesError
from pipeline.translation.pretranslate.writing import expect_all_words
from tests.support.desk import read
from tests.support.workspace import (
    actes,
    block,
    counterpart,
    make_workspace,
    put,
    reviewed,
    summary,
)

NOTE = reviewed("Un marché.", "市場。", "machine").replace("-->", "note: |\n  要-->確認\n-->")
NOTE = NOTE.replace("要-->確認", "要--&gt;確認")
MIXED = reviewed("Un marché.", "市場。", "machine").replace("text:", "  要確認\ntext:")
CORRECTED = reviewed("Un marché.", "市場。", "stale").replace(
    "text:",
    block("now", "Deux marchés.") + block("proposal", "市場二つ。").replace("二", "2") + "text:",
)
UNREADABLE = reviewed("Un marché.", "市場。").replace("text:", "texte : 要確認\ntext:")
ORDINARY = reviewed("Un marché.", "<!-- 要確認 -->\n\n市場。", "machine")


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        (NOTE, "要--&gt;確認"),
        (MIXED, "要確認"),
        (CORRECTED, "市場2つ。\n-->\n市場。"),
        (UNREADABLE, UNREADABLE.partition("-->")[0] + "-->\n市場。"),
        (ORDINARY, "<!-- 要確認 -->\n市場。"),
        (reviewed("Un marché.", "市場。", "edited"), "市場。"),
    ],
)
def test_a_body_without_a_persons_words_is_not_written(before: str, kept: str) -> None:
    there = read(f"---\ntitle: 市場\ntranslation: {{of: marche.fr.md}}\n---\n\n{before}")
    expect_all_words(there, there.body.segments, f"<!-- machine\n-->\n{kept}\n")
    with pytest.raises(ActesError) as lost:
        expect_all_words(there, there.body.segments, "<!-- machine\n-->\n別の訳。\n")
    [problem] = lost.value.problems
    assert problem.rule == "translation-would-lose"
    assert problem.place.line >= 6, "the line of the file, its head counted"


GLUED = (
    "<!-- edited\n" + block("source", "La ville achète.").replace(".\n", ". 人1\n") + "-->\n市。\n"
)


def test_words_at_the_end_of_a_line_that_actes_shows_stop_nothing(tmp_path: Path) -> None:
    file = "sources/eco/essai.ja.md"
    words = [("La ville vend.", "市は売る。")]
    text = counterpart("essai.fr.md", "試み", words, "Essai") + "\n" + GLUED
    texts = {"eco/essai.fr.md": summary("Essai", "La ville vend.\n\nLa ville achète.")}
    root = make_workspace(tmp_path, texts={**texts, "eco/essai.ja.md": text})
    put(root / file, (root / file).read_text("utf-8").replace("売る。", "売る！"))
    done = actes(root, "translate", "--engine", "memory")
    assert done.code == 0, done.said
    assert "人1" in (root / file).read_text("utf-8")
