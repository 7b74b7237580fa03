"""Kana in Latin letters, and readings over the characters they are of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts.kana import latin, over


@pytest.mark.parametrize(
    ("reading", "letters"),
    [
        ("しずおかし", "shizuokashi"),
        ("つきがみけん", "tsukigamiken"),
        ("しらせがわちょう", "shirasegawachou"),
        ("まっちゃ", "matcha"),
        ("いっしょ", "issho"),
        ("じゅんいち", "junichi"),
        ("りょうぎゃく", "ryougyaku"),
        ("いのうえ", "inoue"),
        ("くれーるゔぃーにゅし", "kureeruviinyushi"),
        ("ティエール", "tieeru"),
        ("Tours 市", "Tours 市"),
        ("っ", "っ"),
    ],
)
def test_kana_in_latin_letters(reading: str, letters: str) -> None:
    assert latin(reading) == letters


@pytest.mark.parametrize(
    ("name", "reading", "parts"),
    [
        ("川辺市", "かわべし", [("川辺市", "かわべし")]),
        ("青い森県", "あおいもりけん", [("青", "あお"), ("い", ""), ("森県", "もりけん")]),
        ("オート＝マレル県", "おーとまれるけん", [("オート", ""), ("＝", ""), ("マレル", ""), ("県", "けん")]),
        ("関ヶ原町", "せきがはらちょう", [("関ヶ原町", "せきがはらちょう")]),  # ヶ is read が
        ("さくら市", "さくらし", [("さくら", ""), ("市", "し")]),
    ],
)  # fmt: skip
def test_a_reading_stands_over_what_it_is_of(
    name: str, reading: str, parts: list[tuple[str, str]]
) -> None:
    assert list(over(name, reading)) == parts


@given(st.text("青森県市いオー＝・ a(", max_size=12), st.text("あおいけんしー a(", max_size=12))
def test_no_letter_of_a_name_is_lost(name: str, reading: str) -> None:
    assert "".join(part for part, _said in over(name, reading)) == name
