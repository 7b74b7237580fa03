"""Law 1 without pandoc: a text that is read plainly is the text that pandoc reads."""

from __future__ import annotations

import os
from random import Random

from pipeline.texts.bodies import BrokenBody, read_bodies
from pipeline.texts.plain import read_plainly
from pipeline.texts.source import parse_source, readable
from pipeline.workspace.languages import own_markup
from tests.texts.test_dialect import _MORE
from tests.texts.test_outline import _JOINS, _PARTS
from tests.texts.test_segments import bounded

_PLAIN = (
    "Un mot[^1].\n\n[^1]: Sa note.", "[^1]: Sa *note*.\nEncore.", "Deux[^1][^2].\n\n[^2]: b", "[^a]: x", "Un[^A]. [^1]",
    "## Titre {#id}", "# Titre | x", "Du `code` ici.", "Un ` seul", "`a | b`", "> cité\n>\n> - x", "> - > - > x", ">  - x",
    "- a\n  - b\n    - c\n      - d\n        - e\n          - f\n            - g", "- a\n\n  suite", "1. un\n   - deux\n   - trois",
    "- [ ] a", "- un[^1]", "- | a\n  | b", "- | a | b |\n  |---|---|", "| a | b |\n|---|---|\n| *1* | 2[^1] |", "| a | b |\n|---|\n| 1 |",
    "| a |\n|---|---|", "|a|\n|-|", "| a | b\n|---|---", "| |\n|---|", "| a |\n|---|\n|", "| a |\n|---|\n| b\n||", "| a \\| b | c |\n|---|---|", "|---|---|\n| a | b |", "| a | b |\n| c | d |",
    ": Légende", "Tableau : Légende", "::: encadré\nDedans[^1].\n\n- x\n\n[^1]: non\n:::", "::: {.囲み title=\"Oui\"}\n題\n:::", "::: inconnu\nx\n:::",
    "::: encadré\nx\n\n| a |\n:::", "::: encadré\nx\n---\ny\n:::", "::: encadré\n[x]: http://a\n:::", "![Un](images/a.png)", "![Un](images/a.png){alt=\"x y\" width=50%}",
    "![](images/a.png)", "![Un](a.png)", "![Un](https://a.fr)", "![Un](images/a.png)\n![Deux](images/b.png)", "![Un](images/a.png) et", "![Un *a*](images/a.svg){width=5%}",
    "![U](images/a.png){alt=\"\"}", "![ ](images/a.png)", "[lien](https://a.example/b?c=d#e) ici", "[lien](ftp://a)", "[lien](autre.ja.md)", "[lien](../x/autre.ja.md)",
    "[lien](../../x.ja.md)", "[lien](#titre)", "[lien](javascript:a)", "[lien](https://a.example \"titre\")", "[a]", "[a][b]", "[a]: https://a", "[[a](https://b.fr)](https://c.fr)",
    "![[a](https://b.fr)](images/a.png)", "x^2^", "x^2", "[^1]^2^", "^[note]", "*a **b** c*", "*" * 5 + "a", "***a** b*", "*a _b *c _d " * 12, "R&D", "&amp;", "&#60;", "&x",
    "Un[^2].\n\nTerme\n: Sens\n\n[^2]: Note.\n\nMot\n: Sens", "Terme\n: Sens\n: Autre", "Terme\n: - a\n  - b", "- a. b. c. d) e", "a. i. b. x", "> > > > > > > > > > > > > > > > > > > x", "「引用」は**大事**。\n次の文。", "——題",
    "<!-- reviewed\nsource: |\n  [^1]: Note *a*.\n\n  | a |\ntext: 00000000\n-->", "<!-- missing\nsource: |\n  x\n-->\nUne suite.", "<!-- a --> ", "mot <!-- b --> mot",
    "<!-- stale\nsource: |\n  <b>x</b> `y\n-->\n| a |\n|---|\n| b |", "#Titre", "・a\n・b", "a\n|---|", "Ligne\\\nsuite", "~~x~~", "a\tb", "{x}", "~", "Appel [^9].",
)  # fmt: skip
_SIGNS = 'ab1i é市「」*_`[]()!#-:|>.^\n\n\n  x"&{}'
_CASES = 40_000 if os.environ.get("ACTES_LONG") else 300


def test_a_text_read_plainly_is_what_pandoc_reads() -> None:
    random = Random(3)
    boxes = own_markup().boxes
    sources, plainly = [], {}
    while len(sources) < _CASES:
        parts = [
            "".join(random.choices(_SIGNS, k=random.randint(1, 20)))
            if random.random() < 0.15
            else random.choice(random.choice((_PLAIN, _PLAIN, _PARTS, _MORE)))
            for _ in range(random.randint(1, 5))
        ]
        front = random.choice(("---\ntitle: a\n---\n", "---\ntranslation: {of: a}\n---\n"))
        raw = front + "".join(part + random.choice(_JOINS) for part in parts)
        source = parse_source(f"sources/a/{len(sources)}.fr.md", raw.encode())
        found = read_plainly(source, readable(source.body), lambda: boxes)
        if found is not None and bounded(source.raw):
            sources.append(source)
            plainly[source.path] = found
    read = read_bodies(sources, own_markup)
    for source in sources:
        body = read[source.path]
        assert not body.problems, (source.raw, body.problems)
        assert not isinstance(body, BrokenBody)
        assert plainly[source.path] == body.body.segments, source.raw
