"""What no page ends within."""

from __future__ import annotations

import pytest

from pipeline.publishing.pages.together import is_kept
from pipeline.texts import ast
from pipeline.texts.pandoc import Node


def items(*items: list[Node]) -> Node:
    return {"t": "BulletList", "c": list(items)}


def item(words: str) -> list[Node]:
    return [ast.plain(ast.text(words))]


SHORT = [item("un point")] * 9
NESTED = items(item("un"), [*item("deux"), items(*[item("de là")] * 3)], item("trois"))


@pytest.mark.parametrize(
    ("node", "width", "kept"),
    [
        (items(*SHORT), 140, True),
        (items(*SHORT), 77, False),  # in a column beside another
        (items(*SHORT, item("dix")), 140, False),
        (items(item("à " * 400)), 140, False),
        (items(item("地" * 200)), 140, True),
        (items(item("地" * 400)), 140, False),
        (NESTED, 140, False),  # may be turned between its items
        (items([{"t": "CodeBlock", "c": [ast.EMPTY, "x"]}]), 140, False),
        ({"t": "BlockQuote", "c": [ast.para(ast.text("Dit.")), ast.para(ast.text("Elle"))]}, 140, True),
        (ast.para(ast.text("mot")), 140, False),
    ],
)  # fmt: skip
def test_short_lists_and_quotations_are_kept_whole(node: Node, width: float, kept: bool) -> None:
    assert is_kept(node, width) is kept


@pytest.mark.parametrize(
    ("words", "then", "together"),
    [
        ("Trois mesures sont prises. " * 9 + "Les voici :", "BulletList", True),
        ("Trois mesures sont prises. " * 9, "BulletList", False),
        ("協定の強みは、次の3つのルールにある。", "OrderedList", True),
        ("両者は、次の認識を共有して討論を結んだ。", "BlockQuote", True),
        ("La ville agit de trois manières.", "Para", False),
    ],
)
def test_what_announces_a_list_or_a_quotation(words: str, then: str, together: bool) -> None:
    assert ast.announces(ast.para(ast.text(words)), {"t": then, "c": []}) is together


def test_the_line_of_an_item_announces_no_list_within_it() -> None:
    words, inner = ast.text("Un niveau"), {"t": "BulletList", "c": []}
    assert not ast.announces({"t": "Plain", "c": words}, inner)
    assert ast.announces({"t": "Plain", "c": [*words, {"t": "Str", "c": " :"}]}, inner)
