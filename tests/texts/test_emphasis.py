"""Bold beside Japanese brackets and signs comes out bold, and nothing else changes."""

from __future__ import annotations

import pytest

from pipeline.texts import allow, ast, pandoc
from pipeline.texts.source import readable


def bold_words(body: str) -> list[str]:
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    cleaned = allow.clean(parsed.blocks, "sources/t/a.ja.md")
    nodes = [node for group in cleaned.blocks for node in ast.walk(group)]
    return [ast.plain_text(node["c"]) for node in nodes if node["t"] == "Strong"]


@pytest.mark.parametrize(
    ("body", "bold"),
    [
        ("これは**「重要」**です", ["「重要」"]),
        ("給食の**40％**を調達し、**3割**を", ["40％", "3割"]),
        ("**（注）**本文", ["（注）"]),
        ("文末は**重要。**次の文", ["重要。"]),
        ("市長は**『挨拶』**と**「答辞」**を", ["『挨拶』", "「答辞」"]),
        ("La ville a **« gagné »** hier.", ["« gagné »"]),
        ("2 * 3 * 4 = 24", []),
        ("`**「コード」**です`", []),
        ("\\*\\*「文字」\\*\\*です", []),
        ("SDGs目標**11**は**（まち）**である", ["11", "（まち）"]),
    ],
)
def test_bold(body: str, bold: list[str]) -> None:
    assert bold_words(body) == bold


def test_the_marker_never_reaches_the_text() -> None:
    body = "これは**「重要」**です。`a**「b」**c` \uf8fe"
    parsed = pandoc.read_all({"a": readable(body)})["a"]
    assert isinstance(parsed, pandoc.Parsed)
    cleaned = allow.clean(parsed.blocks, "sources/t/a.ja.md")
    words = ast.plain_text([node for group in cleaned.blocks for node in group])
    assert words.strip() == "これは「重要」です。a**「b」**c"
