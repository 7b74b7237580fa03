"""The quick reader of YAML reads what the parser reads, or leaves it to the parser."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ActesError
from pipeline.workspace import yaml, yaml_plain

HEAD = """\
title: Relier producteurs : et cantines
session: {date: 2024-11-19, time: "09:30-11:00", room: salle-a}
authorities: [clairvigne, minosato]
speakers:
  - {name: Élise Morvannec, role: adjointe, authority: clairvigne}
  - name: 'L''autre'
    role: null
keywords:
- {term: "姉妹都市", reading: しまいとし}
sdgs: []
abstract: |
  Une phrase.

  Une « autre » : la fin.
translation:
  of: a.ja.md
  fields:
    title: {state: reviewed, source: "une\\nligne \\"citée\\"", text: "6fe79184"}
""".replace("producteurs : et", "producteurs et")
PARTS = st.sampled_from(
    [
        "a:", "b:", "c: |", "c: |-", "  x", "  y", "- z", "- w", "  - v: u", "    t: s", "", " ",
        "d: 'e'", "f: [g, h]", "i: {j: k, l: [m]}", "p: ~", "q: null", 'r: ""', "s: 12:30", "- - o",
        "u: a : b", "v: a #b", "# note", "w: &x y", "x: !t y", "y: *x", "z: >", "A: a,b", "B: {a, b}",
        "C: [a: b]", 'D: "a', '  b"', "E: é\u00a0", "F: - a", "G: [a,]", "H: {a: }", "I: 'a' b", "---",
        "...", "\t", "K:  v ", "L: [ ]", "M: { }", "-", "- ", "? a", "N: a\u2028b", "O: \u202e", "P: |2",
    ]
)  # fmt: skip
INDENTS = st.sampled_from(["", "", "", "  ", "    "])


def parsed(text: str) -> yaml.Document | None:
    try:
        return yaml._parsed(text, "a.md", 1)
    except ActesError:
        return None


def test_the_head_of_a_text() -> None:
    found = yaml_plain.read(HEAD, "a.md", 1)
    assert found is not None
    document = parsed(HEAD)
    assert document is not None
    assert found == (document.value, document.places)


@settings(max_examples=400)
@given(
    st.lists(st.tuples(INDENTS, PARTS).map("".join), max_size=7).map("\n".join),
    st.sampled_from(["", "\n", "\n\n"]),
)
def test_never_otherwise_than_the_parser(text: str, end: str) -> None:
    found = yaml_plain.read(text + end, "a.md", 1)
    if found is not None:
        document = parsed(text + end)
        assert document is not None
        assert found == (document.value, document.places)


@settings(max_examples=150)
@given(
    st.integers(0, len(HEAD)), st.text(st.sampled_from("é: -\n,[]{}#&*!|>'\"\\a0\t"), max_size=3)
)
def test_nor_where_a_head_was_damaged(place: int, damage: str) -> None:
    text = HEAD[:place] + damage + HEAD[place + len(damage) :]
    found = yaml_plain.read(text, "a.md", 1)
    if found is not None:
        document = parsed(text)
        assert document is not None
        assert found == (document.value, document.places)
