"""A body is read with the extensions it has marks of as it is with all of them."""

from __future__ import annotations

import os
from random import Random

import pytest

from pipeline.texts import pandoc
from pipeline.texts.dialect import FORMAT
from pipeline.texts.footnotes import first_loop
from pipeline.texts.source import readable
from tests.texts.test_outline import _JOINS, _PARTS

_MORE = (
    "- [ ] à faire\n- [x] fait", "- [X] fait", "- [\u00a0] rien", "[ ] rien", "~~barré~~", "H~2~O", "x^2^",
    "x[^1 y[^2 z", "a ~b c~ d", "[mot]{.classe}", "[mot]{lang=ja}", "`code`{.x}", "# Titre {.x}", "{",
    "(a) un\n(b) deux", "a) un\nb) deux", "i. un\nii. deux", "IV) quatre", "A.  lettre", "#) dièse",
    "(@ici) un", "(@) un\n(@) deux", "- a. un", "> (1) un", "- - (1) un", "1. i) un", "[^1]: a) un", ": (2) x",
    "- (1)\n  un", "a.\n\n  suite", "x) un", "(ab) un", "é) un", "- É. un", "(\u0661) un", "Terme\n: a. un", "> Terme\n> : Sens", "- Terme\n  : Sens",
    "Terme\n\u00a0: Sens", "Terme\n~ Sens", "1. Terme\n   ~ Sens", "a|b\n-|-", "a\n:-:", "|a|\n|-|", "[^1]", "![](a.png)",
    "![a](b.png){width=10%}", "- ![a](b.png)", "::: x", "> ::: x\n> y\n> :::", "- ::: x\n  y\n  :::", ":::\tx", "\\~a~ \\^b^",
    "&#126;a&#126;", "&#123;.x}", "<!-- { ~ ^ | -->", "\u000b: x", "\u000c(1) x", "\u2028(a) x", "\ufeff: x", "$x^2$", ":smile:",
    "\"mot\" -- et...", "> [!NOTE]\n> x", "---\ntitle: x\n---", "`<b>`{=html}", "(i) x\n(j) y", "B. M. Dupont",
)  # fmt: skip
_SIGNS = 'ab1i é市「*_`[]()<>!#-:|.@{}~^\n\n\n \t\\x="$'
_CASES = 20_000 if os.environ.get("ACTES_LONG") else 300


def test_a_body_is_read_in_its_own_dialect_as_with_every_extension(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = Random(2)
    bodies = {}
    for number in range(_CASES):
        parts = [
            "".join(random.choices(_SIGNS, k=random.randint(1, 25)))
            if random.random() < 0.3
            else random.choice(_MORE if random.random() < 0.6 else _PARTS)
            for _ in range(random.randint(1, 4))
        ]
        body = readable("".join(part + random.choice(_JOINS) for part in parts))
        if first_loop(body) is None:
            bodies[f"{number}.md"] = body
    own = pandoc.read_all(bodies)
    monkeypatch.setattr(pandoc, "dialect", lambda _body: FORMAT)
    for path, answer in pandoc.read_all(bodies).items():
        assert isinstance(answer, pandoc.Parsed)
        assert own[path] == answer, bodies[path]
