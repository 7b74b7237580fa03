"""Indexes sort as a reader of the language expects."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.proceedings.collation import kana_key, kana_section, latin_key, latin_section
from pipeline.proceedings.lists import family_name_first


def test_french_accents_sort_with_their_letter() -> None:
    words = ["zone", "école", "eau", "Écologie", "élan", "ecart", "œuvre", "ouvrage"]
    assert sorted(words, key=latin_key) == [
        "eau", "ecart", "école", "Écologie", "élan", "œuvre", "ouvrage", "zone",
    ]  # fmt: skip
    assert [latin_section(word) for word in ("école", "œuvre", "« eau »", "3D")] == [
        "E",
        "O",
        "E",
        "",
    ]


def test_japanese_sorts_by_reading_whatever_the_kana() -> None:
    readings = ["ばす", "はす", "パス", "コーヒー", "こうひ", "がっこう", "かっこう", "DX"]
    assert sorted(readings, key=kana_key) == [
        "DX", "かっこう", "がっこう", "こうひ", "コーヒー", "はす", "ばす", "パス",
    ]  # fmt: skip
    rows = [kana_section(reading) for reading in ("がく", "ヴァル", "んだ", "ﾊﾟｽ", "DX", "里山")]
    assert rows == ["か", "あ", "わ", "は", "A–Z", ""]


def test_korean_stands_under_its_first_consonant() -> None:
    assert [latin_section(word) for word in ("가나", "까치", "부산", "하천")] == list("ㄱㄱㅂㅎ")


def test_names_are_listed_by_family_name() -> None:
    assert family_name_first("Anne-Sophie Kerlivio") == "Kerlivio, Anne-Sophie"
    assert family_name_first("KUSUNOKI Aoi") == "KUSUNOKI Aoi"
    assert family_name_first("楠木葵") == "楠木葵"
    assert family_name_first("アンヌ＝ソフィー・ケルリヴィオ") == "ケルリヴィオ、アンヌ＝ソフィー"


@settings(max_examples=300)
@given(st.text(max_size=12))
def test_the_order_is_that_of_the_whole_table(text: str) -> None:
    """Ours is read letter by letter; contractions and accents in any order included."""
    assert latin_key(text) == tuple(_whole_table().sort_key(text))


@lru_cache(maxsize=1)
def _whole_table() -> Any:
    import pyuca

    return pyuca.Collator()
