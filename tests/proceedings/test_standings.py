"""A passage is no better known than the notes that it cites, wherever they are defined (law 8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.proceedings.chapters import standings
from pipeline.texts.read import read_texts
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import counterpart, make_workspace, summary


@pytest.mark.parametrize(
    ("defined", "answer"),
    [
        ("[^1]: Elle a dit non.", "[^1]: 彼女は断った。"),
        ("::: encadré\nOui.\n\n[^1]: Elle a dit non.\n:::", "::: 囲み\nはい。\n\n[^1]: 彼女は断った。\n:::"),
        ("- oui\n\n  [^1]: Elle a dit non.\n\n- si", "- はい\n\n  [^1]: 彼女は断った。\n\n- もし"),
    ],
)  # fmt: skip
def test_a_mark_shares_the_standing_of_its_note(tmp_path: Path, defined: str, answer: str) -> None:
    pairs = [("Un[^1].", "一[^1]。"), ("Deux.", "二。"), (defined, answer)]
    source = "\n\n".join(words for words, _ in pairs)
    texts = {
        "eco/a.fr.md": summary("A", source.replace("a dit non", "n’a pas dit non")),
        "eco/a.ja.md": counterpart("a.fr.md", "甲", pairs, "A"),
    }
    workspace, _ = load(make_workspace(tmp_path, texts=texts))
    read = read_texts(workspace, find_texts(workspace.root, workspace.event)[0]).texts
    original, translated = (read[f"sources/eco/a.{tag}.md"] for tag in ("fr", "ja"))
    found = [standing for _pair, standing in standings(original, translated)]
    assert found == ["stale", "reviewed", "stale"]
