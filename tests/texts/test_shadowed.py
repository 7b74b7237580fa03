"""Breaks typed with spaces and boxes of tasks are what CommonMark and its users mean by them."""

from __future__ import annotations

import os
from random import Random

import pytest

from pipeline.texts import pandoc
from pipeline.texts.shadowed import uncovered

_PARTS = (
    "Un mot.", "Titre\n- - -", "* * *", "- - -", "-  -\t- -", " * * *", "  - - -", "    * * *", "***", "---",
    "* * a", "- un\n- - -\n- deux", "* un\n* deux\n* * *", "- un\n\n  * * *",
    "- un\n\n  suite\n\n      - - -", "- un\n\n      - - -", "- un\n\n        - - -", "1. un\n\n   * * *", "> - - -", "> - un\n>\n>   - - -",
    "> > * * *", "```\n* * *\n```", "~~~ x\n- - -\n~~~~", "````\n```\n* * *\n````", "- ```\n  * * *\n  ```", "> ```\n> * * *\n- - -",
    "```\n* * *", "``` a`b\n* * *", "_ _ _", "+ + +", "# Titre", "- un\n# Titre\n    - - -", "\t- - -", "un\n    - - -", "- un\n    - - -", "- un\n  - deux\n    - - -", "\\* * *",
)  # fmt: skip
_JOINS = ("\n\n", "\n\n", "\n", "\n \n")
_CASES = 20_000 if os.environ.get("ACTES_LONG") else 400


def test_no_list_hides_a_break(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(3)
    bodies = {
        f"{number}.md": "".join(
            random.choice(_PARTS) + random.choice(_JOINS) for _ in range(random.randint(1, 4))
        )
        for number in range(_CASES)
    }
    monkeypatch.setattr(pandoc, "dialect", lambda _body: "commonmark")
    meant = pandoc.read_all(bodies)
    monkeypatch.setattr(pandoc, "dialect", lambda _body: "commonmark+fancy_lists")
    for path, answer in pandoc.read_all({p: uncovered(b) for p, b in bodies.items()}).items():
        assert meant[path] == answer, bodies[path]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("- [ ] à faire\n- [x] fait\n- [X] fait", "- ☐ à faire\n- ☒ fait\n- ☒ fait"),
        ("1. [ ] un\n   - [x] sous", "1. ☐ un\n   - ☒ sous"),
        ("> * [x] cité", "> * ☒ cité"),
        ("- un\n\n    - [ ] deux", "- un\n\n    - ☐ deux"),
        ("- \\[ ] dit\n- [ ]\n- [x](u)\n- [x]collé", None),
        ("[ ] hors liste", None),
        ("```\n- [ ] code\n```", None),
        ("    - [ ] code", None),
    ],
)
def test_the_box_of_a_task_is_a_sign(typed: str, read: str | None) -> None:
    assert uncovered(typed) == (read or typed)
