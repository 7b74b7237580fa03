"""Kana in Latin letters, and readings over the characters they are of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts.kana import latin, latin_name, over


@pytest.mark.parametrize(
    ("reading", "letters"),
    [
        ("しずおかし", "shizuokashi"),
        ("こうちけん", "kōchiken"),
        ("おおさか", "ōsaka"),
        ("きゅうしゅう", "kyūshū"),
        ("にいがた", "niigata"),
        ("よねざわえいじ", "yonezawaeiji"),
        ("まっちゃ", "matcha"),
        ("いっしょ", "issho"),
        ("じゅんいち", "jun’ichi"),
        ("しんようざん", "shin’yōzan"),
        ("しんばし", "shinbashi"),
        ("いのうえ", "inōe"),
        ("いの'うえ", "inoue"),
        ("まつ’うら", "matsuura"),
        ("じゅん'いち", "jun’ichi"),
        ("こうち-けん", "kōchi-ken"),
        ("くれーるゔぃーにゅし", "kurēruvīnyushi"),
        ("ティエール", "tiēru"),
        ("ウィーン", "wīn"),
        ("クォーター", "kwōtā"),
        ("Tours 市", "Tours 市"),
        ("っ", "っ"),
    ],
)
def test_kana_in_latin_letters(reading: str, letters: str) -> None:
    assert latin(reading) == letters


@pytest.mark.parametrize(
    ("reading", "known", "name"),
    [
        ("こうちけん", "", "Kōchiken"),
        ("いの'うえ けんいち", "", "Inoue Ken’ichi"),
        ("こうちけん", "Préfecture de Kochi", "Kochi-ken"),  # as the register writes it
        ("こうちけん", "Préfecture de Kōchi", "Kōchi-ken"),
        ("いのうえちょう", "Bourg d’Inoue", "Inoue-chō"),
        ("まつうらし", "Ville de Matsuura", "Matsuura-shi"),
        ("でわし", "Ville de Dewa", "Dewa-shi"),
        ("こうち", "Kochi", "Kochi"),
        ("さとやま", "Ailleurs", "Satoyama"),
    ],
)
def test_a_name_is_written_as_it_is_known(reading: str, known: str, name: str) -> None:
    assert latin_name(reading, known) == name


@pytest.mark.parametrize(
    ("name", "reading", "parts"),
    [
        ("川辺市", "かわべし", [("川辺市", "かわべし")]),
        ("青い森県", "あおいもりけん", [("青", "あお"), ("い", ""), ("森県", "もりけん")]),
        ("オート＝マレル県", "おーとまれるけん", [("オート", ""), ("＝", ""), ("マレル", ""), ("県", "けん")]),
        ("関ヶ原町", "せきがはらちょう", [("関ヶ原町", "せきがはらちょう")]),  # ヶ is read が
        ("さくら市", "さくらし", [("さくら", ""), ("市", "し")]),
        ("井上町", "いの'うえ-ちょう", [("井上町", "いのうえちょう")]),
        ("沢渡 健司", "さわたり けんじ", [("沢渡", "さわたり"), (" ", ""), ("健司", "けんじ")]),
        ("沢渡健司", "さわたり けんじ", [("沢渡健司", "さわたりけんじ")]),
    ],
)  # fmt: skip
def test_a_reading_stands_over_what_it_is_of(
    name: str, reading: str, parts: list[tuple[str, str]]
) -> None:
    assert list(over(name, reading)) == parts


@given(st.text("青森県市いオー＝・ a(", max_size=12), st.text("あおいけんしー a(", max_size=12))
def test_no_letter_of_a_name_is_lost(name: str, reading: str) -> None:
    assert "".join(part for part, _said in over(name, reading)) == name


def test_no_name_takes_long() -> None:
    """Of all the ways to share out a reading none is tried twice."""
    name, reading = "青い" * 200 + "青う", "い" * 500
    assert over(name, reading) == ((name, reading),)
    assert latin_name("こ" * 2000, "Ville de Kokoko").startswith("Kokoko-koko")
