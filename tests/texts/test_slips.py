"""Slips that pandoc reads without a word are said, with their line; what only looks like one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.texts.read import read_texts
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import make_workspace, summary

SLIPS = {
    "notes": ("Un[^1], deux[^1] et trois[^9].\n\n[^1]: Une.\n\n[^1]: Autre.\n\n[^5]: Seule.\n",
              ["1 footnote-missing", "5 footnote-twice", "7 footnote-uncited"]),
    "code": ("Écrit `[^8]`, \\[^7] ou[^été].\n\n```\n[^6]\n```\n\n[^été]: Une.\n", []),
    "table": ("Voici :\n| A | B |\n|---|--:|\n| 1 | 2 |\n", ["3 table-joined"]),
    "wide-table": ("｜A｜B｜\n｜ー｜ー｜\n", ["2 table-joined"]),
    "good-table": ("| A | B |\n|---|--:|\n| 1 | 2 |\n\n: Une légende — ici\n", []),
    "table-with-attributes": ("{.x}\n| A | B |\n|---|--:|\n| 1 | 2 |\n", ["3 class-unknown"]),
    "heading": ("##Un\n\n#Deux\n\n##　三\n\n＃＃四\n",
                ["1 heading-without-space", "3 heading-without-space", "5 heading-without-space",
                 "7 heading-without-space"]),
    "no-heading": ("## Un\n\nLe #2 mondial, #deux.\n\n#1\n", []),
    "bullets": ("次のとおり。\n\n・一つ\n・二つ\n", ["3 bullets-joined"]),
    "dialogue": ("– Bonjour.\n– Bonsoir.\n\nフランス・日本の\n・交流\n", []),
    "box": ("Un.\n\n::: encadré\nDeux.\n\nTrois.\n", ["3 box-open"]),
    "comment-in-comment": ("<!-- un\nUn.\n\n<!-- deux -->\n\nDeux.\n", ["1 comment-unended"]),
    "comment-to-the-end": ("Un.\n\n<!-- deux\n\nTrois.\n", ["3 comment-unended"]),
    "comment-without-beginning": ("Un.\n\ndeux\n- trois\n-->\nQuatre.\n",
                                  ["5 comment-unbegun"]),
    "good-comments": ("<!-- un\n\n  <!-- deux\n-->\n\nUn --> deux\n\n```\n<!--\n-->\n```\n", []),
    "good-box": ("::: encadré\r\nUn.\r\n\r\nMot\r\n:   Sens.\r\n:::\r\n\r\nDeux.\r\n", []),
}  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is said of each text, with the line in its body."""
    texts = {f"eco/{name}.fr.md": summary("Titre", body) for name, (body, _said) in SLIPS.items()}
    workspace, _ = load(make_workspace(tmp_path_factory.mktemp("slips"), texts=texts))
    found, _ = find_texts(workspace.root, workspace.event)
    reading = read_texts(workspace, found)
    return {
        Path(path).name.partition(".")[0]: [
            f"{problem.place.line - text.source.body_line - 1} {problem.rule}"
            for problem in text.problems
        ]
        for path, text in reading.texts.items()
    }


@pytest.mark.parametrize("name", SLIPS)
def test_slips(said: dict[str, list[str]], name: str) -> None:
    assert sorted(said[name]) == SLIPS[name][1]
