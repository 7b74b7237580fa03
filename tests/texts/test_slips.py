"""Slips that pandoc reads without a word are said, with their line; what only looks like one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.texts.read import read_texts
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import actes, make_workspace, summary

SLIPS = {
    "notes": ("Un[^1], deux[^1] et trois[^9].\n\n[^1]: Une.\n\n[^1]: Autre.\n\n[^5]: Seule.\n",
              ["1 footnote-missing", "5 footnote-twice", "7 footnote-uncited"]),
    "notes-within": ("::: encadré\nUn[^1].\n\n[^1]: Une.\n\n[^5]: Seule.\n:::\n\n- a\n\n  [^1]: Autre.\n\n- b\n",
                     ["11 footnote-twice", "6 footnote-uncited"]),
    "notes-in-code": ("::: encadré\nUn[^1].\n\n```\n[^1]: x\n```\n\n[^1]: Une.\n:::\n", []),
    "code": ("Écrit `[^8]`, \\[^7] ou[^été].\n\n```\n[^6]\n```\n\n[^été]: Une.\n", []),
    "table": ("Voici :\n| A | B |\n|---|--:|\n| 1 | 2 |\n", ["2 table-joined"]),
    "wide-table": ("｜A｜B｜\n｜ー｜ー｜\n", ["1 table-joined"]),
    "good-table": ("| A | B |\n|---|--:|\n| 1 | 2 |\n\n: Une légende — ici\n", []),
    "table-with-attributes": ("{.x}\n| A | B |\n|---|--:|\n| 1 | 2 |\n", ["3 class-unknown"]),
    "heading": ("##Un\n\n#Deux\n\n##　三\n\n＃＃四\n",
                ["1 heading-without-space", "3 heading-without-space", "5 heading-without-space",
                 "7 heading-without-space"]),
    "no-heading": ("## Un\n\nLe #2 mondial, #deux.\n\n#1\n", []),
    "typed-table": ("| A | B |\n| 1 | 2 |\n", ["1 table-joined"]),
    "tabs": ("A\tB\tC\n1\t2\t3\n\nUn\tseul.\n", ["1 columns-joined"]),
    "likely-headings": ("CONTEXTE ET ENJEUX\n\n**Bilan**\n\n■背景\n\n【課題】\n\n１．人手\n\nFin.\n",
                        [f"{line} heading-likely" for line in (1, 3, 5, 7, 9)]),
    "unlikely-headings": ("**Bilan.** Oui.\n\nNAMBA Takashi, maire\n\n「市長」と言う。\n\n1,5 M€\n\nFIN.\n",
                          []),
    "numbers": ("Voici :\n①人手\n②照明\n\n（１）予算\n（２）人員\n\n1/ Un\n2/ Deux\n\n1.人手\n2.照明\n",
                ["12 numbers-joined", "3 numbers-joined", "6 numbers-joined", "9 numbers-joined"]),
    "no-numbers": ("1. Un\n2. Deux\n\n1.5倍\n2.5倍\n\nEn\n8 h, puis\n9 h.\n\n①と\n③。\n", []),
    "typed-dashes": ("– un tiret ;\n– un autre.\n\n－　一つ\n－　二つ\n",
                     ["1 bullets-joined", "4 bullets-joined"]),
    "glued-dashes": ("Voici :\n-un étal\n-deux étals\n\n*一つ\n*二つ\n\n- un\n-deux\n- trois\n",
                     ["2 bullets-joined", "5 bullets-joined", "9 bullets-joined"]),
    "no-glued-dashes": ("Un mot\n-là, deux\n\n-5\n-3\n\n- un\n  -1,5 %\n\n*un*\n*deux*\n", []),
    "open-bold": ("Un **gras **mal\nfermé.\n\n- un\n- le **deux\n\n| a |\n|---|\n| ** b** |\n\n**太字 **と。\n",
                  ["1 bold-open", "11 bold-open", "5 bold-open", "9 bold-open"]),
    "no-open-bold": ("Un **gras**, `**x`, \\*\\*, 2 ** 3, ***trois***, **「四」**と。\n", []),
    "runs-on": ("- le bruit\n- les prix\nEt la suite.\n\n1. Un\n2. Deux\n   et demi\n", ["3 list-runs-on"]),
    "stars": ("Un.\n\n* * *\n\nDeux : 5*3*2, 2 * 3.\n", ["5 stars-taken"]),
    "indented": ("Un.\n\n    Deux.\n\n```\nx\n```\n\nTrois.\n\n\tQuatre.\n",
                 ["11 code-indented", "3 code-indented"]),
    "typed-box": ("::: encadré Titre\nUn.\n:::\n\n：：：囲み\n文\n：：：\n",
                  ["1 box-not-opened", "5 box-not-opened"]),
    "links": ("[Un] (https://a.org)\n\n［二］（https://a.org）\n\n[三]（https://a.org）\n\n[Un](https://a.org)\n",
              ["1 link-apart", "3 link-apart", "5 link-apart"]),
    "wide-signs": ("＊＊太字＊＊と［^1］。\n", ["1 bold-wide", "1 note-mark-wide"]),
    "bullets": ("次のとおり。\n\n・一つ\n・二つ\n", ["3 bullets-joined"]),
    "dialogue": ("– Bonjour.\n– Bonsoir.\n\nフランス・日本の\n・交流\n", []),
    "capital": ("::: Encadré\nUn.\n:::\n", []),
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


@pytest.mark.parametrize(
    ("tables", "code", "mark"), [(0, 0, "·"), (51, 1, "✗")], ids=["remarks", "errors"]
)
def test_what_is_only_counted_weighs_as_much_as_the_worst_of_it(
    tmp_path: Path, tables: int, code: int, mark: str
) -> None:
    """A text with nothing but remarks is no text with an error, however many they are."""
    titles = "".join(f"**Titre {number}**\n\n" for number in range(60))
    joined = "Voici :\n| A | B |\n|---|--:|\n| 1 | 2 |\n\n" * tables
    text = summary("Titres", f"{titles}{joined}Fin.")
    root = make_workspace(tmp_path, texts={"eco/a.fr.md": text})
    done = actes(root, "build", "proceedings-fr", "--format", "docx")
    assert done.code == code
    [more] = [line for line in done.err.splitlines() if "[problems-more]" in line]
    assert more.startswith(mark)
