"""What may pass for a translation, and what may not."""

from __future__ import annotations

import pytest

from pipeline.translation.engines.answers import fault

LONG = "Le marché ouvre deux fois par semaine sur la grande place."


@pytest.mark.parametrize(
    ("text", "answer", "pair", "expected"),
    [
        (LONG, "市場は大広場で週に二回開かれる。", "fr ja", None),
        (LONG, None, "fr ja", "lost"),
        (LONG, " \n", "fr ja", "empty"),
        # An echo is none where a text may read the same in both languages.
        (LONG, LONG, "fr ja", "echo"),
        (LONG, LONG.upper().replace(" ", "\u00a0"), "fr ja", "echo"),
        ("Économie", "Économie", "fr ja", "echo"),
        ("OCDE", "OCDE", "fr ja", None),
        ("Jean Dupont", "Jean Dupont", "fr ja", None),
        ("iPhone 15, SNCF", "iPhone 15, SNCF", "fr ja", None),
        ("40 % : ZQ1X", "40 % : ZQ1X", "fr ja", None),
        ("Culture", "Culture", "fr en", None),
        ("Le budget participatif communal", "Le budget participatif communal", "fr en", "echo"),
        ("経済", "経済", "ja zh-Hans", None),
        ("経済", "経済", "ja fr", "echo"),
        ("市場が開く。", "市場が開く。", "ja fr", "echo"),
        # Pages and garbage.
        (LONG, "<!DOCTYPE html><html>502</html>", "fr ja", "garbage"),
        (LONG, "市場\ufffd\ufffdが開く市場が開く", "fr ja", "garbage"),
        (LONG, "市場\x00が開く市場が開く", "fr ja", "garbage"),
        ("La balise <html> d’une page.", "ページの<html>タグ。", "fr ja", None),
        # Warnings that come as translations.
        (LONG, "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.", "fr ja", "quota"),
        (LONG, "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS", "fr ja", "too-long"),
        (LONG, "'JA' IS AN INVALID TARGET LANGUAGE . EXAMPLE: LANGPAIR=EN|IT", "fr ja", "language"),
        (LONG, "Error 500 (Server Error)!!1500.That’s an error.", "fr ja", "server"),
        # Lengths.
        (LONG * 3, "市場。", "fr ja", "length"),
        (LONG, "市場" * 400, "fr ja", "length"),
        ("Oui.", "はい、そのとおりです。", "fr ja", None),
        ("新型コロナウイルス感染症対策", "Mesures contre la pandémie de Covid-19", "ja fr", None),
    ],
)  # fmt: skip
def test_fault(text: str, answer: str | None, pair: str, expected: str | None) -> None:
    source, target = pair.split()
    assert fault(text, answer, source, target) == expected
