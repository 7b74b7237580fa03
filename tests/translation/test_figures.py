"""Numbers that stand alone are written as the language of the translation writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.translation.figures import written
from tests.support.workspace import actes, make_workspace, summary


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("310 000", "310,000"),
        ("1\u202f310\u00a0000", "1,310,000"),
        ("**1 310 000**", "**1,310,000**"),
        ("-2,5", "-2.5"),
        ("1 234,5", "1,234.5"),
        ("42 %", "42％"),
        ("+ 5", "+ 5"),
        ("2023", "2023"),
        ("2023 350", "2023 350"),
        ("1, 2", "1, 2"),
        ("9,30 €", "9,30 €"),
        ("–", "–"),
        ("", ""),
    ],
)
def test_from_french_to_japanese(unit: str, expected: str) -> None:
    assert written(unit, "french", "japanese") == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("1,700", "1\u202f700"),
        ("１，７００", "1\u202f700"),
        ("**1,310,000**", "**1\u202f310\u202f000**"),
        ("48.5％", "48,5\u00a0%"),
        ("1,234.5", "1\u202f234,5"),
        ("2.1", "2.1"),
        ("2023", "2023"),
        ("1,70", "1,70"),
        ("3〜5", "3〜5"),
    ],
)
def test_from_japanese_to_french(unit: str, expected: str) -> None:
    assert written(unit, "japanese", "french") == expected


@pytest.mark.parametrize(
    "kinds", [("french", "french"), ("french", "plain"), ("plain", "japanese")]
)
def test_other_languages_are_left_alone(kinds: tuple[str, str]) -> None:
    assert written("310 000", *kinds) == "310 000"


def test_a_table_of_numbers_needs_no_engine(tmp_path: Path) -> None:
    """Copied as it stands, each of its cells was two numbers to `actes check`."""
    table = "| 2023 | 310 000 |\n|-----:|--------:|\n| 2024 | **480 000** |\n"
    root = make_workspace(tmp_path, texts={"eco/a.fr.md": summary("Titre", table)})
    assert actes(root, "translate", "--engine", "memory").code == 0
    written_there = (root / "sources/eco/a.ja.md").read_text(encoding="utf-8")
    assert "| 2023 | 310,000 |" in written_there
    assert "| 2024 | **480,000** |" in written_there
    assert "check-" not in actes(root, "check").said
