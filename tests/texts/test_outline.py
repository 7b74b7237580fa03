"""Law 1 for `outline`: whatever it claims to know is what pandoc says."""

from __future__ import annotations

import os
from random import Random

import pytest

from pipeline.texts import pandoc
from pipeline.texts.footnotes import first_loop
from pipeline.texts.outline import fits, outline
from pipeline.texts.segments import split
from pipeline.texts.source import readable

_PARTS = (
    "Un mot.", "Deux lignes.\nLa seconde.", "市は給食の**40％**を調達。\n次の行。", "# Titre", "## Titre {#id}",
    "- un\n- deux", "- un\n  - sous\n- deux", "* un\n* deux", "- un\n* deux", "1. un\n2. deux", "3) a",
    "- **gras**\n- x", "- - x", "- ", "-", "---", "***", "* * *", "===", "Titre\n===", "Titre\n---",
    "| a | b |\n|---|--:|\n| 1 | 2 |", "| pas un tableau", "a | b\n--|--\n1 | 2", ": Légende", "Table: x",
    "> cité\n> encore", "> cité\nsuite", ">collé", "Terme\n:   Sens", "Terme\n: Sens\n  suite", "~ x",
    "Terme\n\n: Sens", "![alt](a.svg)", "![alt](a.svg){width=50%}", "![a](b)\n![c](d)", "Et[^1].",
    "[^1]: Note.", "[^1]: Note.\n    Suite.", "[^1]: Note.\n\n    Suite.", "[^1]: a\n[^2]: b", "[x]: http://a",
    "[lien](http://a) et suite", "[lien][x]", "<!-- reviewed\nsource: |\n  a\n\n  - b\ntext: 1\n-->",
    "<!-- a --> b", "<!-- a -->", "<!---->", "<!-- a", "-->", "<p>x</p>", "<div>", "```\ncode\n\n# x\n```",
    "```", "~~~\nx\n~~~", "    code", "  retrait", "\tx", "::: encadré\nDedans.\n\n- x\n:::",
    "::: encadré\n```\n:::\n```", ":::", "::: {.note title=\"a\"}\nx\n\n::: note\ny\n:::\n:::", "a. lettre",
    "M. Vernissac parle.", "Vrai.\nM. Vernissac parle.", "(1) un", "#. un", "2024年の会議", "2024. an",
    "{.classe}", "{#id .classe}", "\\newline", "&amp; co", "* \n  vide", "1. un\n\n   suite", "- un\n\n  suite",
    "- un\n\n- deux", "Ligne\n- liste", "Ligne\n# titre", "Ligne\n> cité", "Ligne\n```\nx\n```", "Ligne<!--\n-->",
    "`code\nsur deux`", "*emph\nsuite*", "« Oui »", "「はい」", "（注）", "\u00a0insécable", "\u3000全角", "$$x$$", "_x_",
)  # fmt: skip
_USUAL = tuple(part for part in _PARTS if outline(part + "\n") is not None)
_JOINS = ("\n\n", "\n\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\n", "\n \n")
_CASES = 4_000 if os.environ.get("ACTES_LONG") else 600


def test_an_outline_that_fits_has_the_positions_pandoc_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pandoc, "outline", lambda _body: None)
    random = Random(1)
    bodies = {}
    for number in range(_CASES):
        parts = [
            random.choice(_PARTS if random.random() < 0.4 else _USUAL)
            for _ in range(random.randint(1, 6))
        ]
        bodies[f"{number}.md"] = readable("".join(p + random.choice(_JOINS) for p in parts))
    safe = {path: body for path, body in bodies.items() if first_loop(body) is None}
    known = {path: found for path, body in safe.items() if (found := outline(body)) is not None}
    assert len(known) > _CASES / 10
    for path, answer in pandoc.read_all({path: bodies[path] for path in known}).items():
        assert isinstance(answer, pandoc.Parsed)
        if fits(known[path], answer.blocks):
            seen = pandoc.Parsed(answer.blocks, tuple(begin.lines for begin in known[path]))
            assert split(bodies[path], seen) == split(bodies[path], answer), bodies[path]
            starts = [lines.first for lines in answer.lines]
            assert [begin.lines.first for begin in known[path]] == starts, bodies[path]
