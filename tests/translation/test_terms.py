"""The glossary at work: terms found, what stands for them, what is said against a translation."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translation.terms import Finding, Lexicon, Vocabulary
from pipeline.workspace.glossary import Term

GLOSSARY = [
    {"id": "jumelage", "terms": {
        "fr": {"term": "jumelage", "variants": ["ville jumelle"]},
        "ja": {"term": "姉妹都市提携", "variants": ["姉妹都市"], "refuse": ["双子都市"]}}},
    {"id": "circuit-court", "terms": {
        "fr": {"term": "circuit court", "refuse": ["court-circuit"]},
        "ja": {"term": "短い流通経路", "variants": ["地産地消"], "refuse": ["短絡"]}}},
    {"id": "local", "terms": {
        "fr": {"term": "production et consommation locales"}, "ja": {"term": "地産地消"}}},
    {"id": "protocole", "terms": {"fr": {"term": "protocole d’accord"}, "ja": {"term": "覚書"}}},
    {"id": "accord", "terms": {"fr": {"term": "accord"}, "ja": {"term": "合意"}}},
    {"id": "patrimoine", "terms": {
        "fr": {"term": "patrimoine culturel"}, "ja": {"term": "文化遺産", "accept": ["遺産"]}}},
    {"id": "immateriel", "terms": {
        "fr": {"term": "patrimoine culturel immatériel"}, "ja": {"term": "無形文化遺産"}}},
    {"id": "dx", "translate": False, "terms": {
        "fr": {"term": "DX"}, "ja": {"term": "DX", "refuse": ["ディーエックス"]}}},
    {"id": "clair", "translate": False, "terms": {
        "fr": {"term": "CLAIR Paris"}, "ja": {"term": "クレアパリ"}}},
    {"id": "satoyama", "translate": False, "terms": {"fr": {"term": "Satoyama"}}},
    {"id": "numerique", "terms": {
        "fr": {"term": "transformation numérique", "refuse": ["digitalisation"]},
        "ja": {"term": "デジタル・トランスフォーメーション", "variants": ["DX"]}}},
    {"id": "senior", "terms": {"fr": {"term": "seniors"}, "ja": {"term": "シニア"}}},
    {"id": "decarbonation", "terms": {
        "fr": {"term": "décarbonation", "refuse": ["décarbonations"]}, "ja": {"term": "脱炭素"}}},
]  # fmt: skip
TERMS = [Term.model_validate(entry) for entry in GLOSSARY]
FR = Vocabulary(TERMS, "fr", "french")
JA = Vocabulary(TERMS, "ja", "attached")
INTO_JAPANESE, INTO_FRENCH = Lexicon(FR, JA), Lexicon(JA, FR)


def ids(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    return [(found.term.id, found.form) for found in lexicon.found(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Deux jumelages.", [("jumelage", "jumelages")]),
        ("Des villes\u00a0jumelles et un JUMELAGE", [("jumelage", "villes\u00a0jumelles"), ("jumelage", "JUMELAGE")]),
        ("les circuits courts", [("circuit-court", "circuits courts")]),
        ("un **circuit** court", [("circuit-court", "circuit** court")]),
        ("le circuit\ncourt", [("circuit-court", "circuit\ncourt")]),
        ("des protocoles d'accord", [("protocole", "protocoles d'accord")]),
        ("d’accord", [("accord", "accord")]),
        ("le patrimoine culturel immate\u0301riel", [("immateriel", "patrimoine culturel immate\u0301riel")]),
        ("le patrimoine, culturel", []),
        ("la DX, la dx, le MDX", [("dx", "DX")]),
        ("`jumelage` https://a.b/jumelage [x](jumelage.md) ![](jumelage.png) [^jumelage] <b jumelage>", []),
        ("[le jumelage](u.md)", [("jumelage", "jumelage")]),
        ("les court-circuits", []),
    ],
)  # fmt: skip
def test_french_terms_whatever_their_inflection(text: str, found: list[tuple[str, str]]) -> None:
    assert ids(INTO_JAPANESE, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("姉妹都市提携を結ぶ。", [("jumelage", "姉妹都市提携")]),
        ("姉妹\n都市の市民", [("jumelage", "姉妹\n都市")]),
        ("無形文化遺産と文化遺産と遺産", [("immateriel", "無形文化遺産"), ("patrimoine", "文化遺産")]),
        ("ＤＸの推進、MDXではない", [("dx", "ＤＸ")]),
        ("デジタルトランスフォーメーション", [("numerique", "デジタルトランスフォーメーション")]),
        ("**デジタル**・トランスフォーメーション", [("numerique", "デジタル**・トランスフォーメーション")]),
        ("シニアカーとシニア世代", [("senior", "シニア")]),
        ("`姉妹都市`と[都市](姉妹都市.md)", []),
    ],
)  # fmt: skip
def test_japanese_terms_as_they_stand(text: str, found: list[tuple[str, str]]) -> None:
    assert ids(INTO_FRENCH, text) == found


def test_a_form_of_several_terms_names_them_all() -> None:
    (found,) = INTO_FRENCH.found("地産地消")
    assert (found.term.id, [other.id for other in found.others]) == ("local", ["circuit-court"])


def test_what_is_not_to_be_translated_is_printed_as_the_glossary_gives_it() -> None:
    text = "La DX, vue de CLAIR  Paris, et le satoyama : la DX du jumelage, *CLAIR* Paris"
    assert INTO_JAPANESE.fixed(text) == (
        ("DX", "DX"),
        ("CLAIR  Paris", "クレアパリ"),
        ("satoyama", "satoyama"),  # no Japanese form: as it stands
    )


def test_pairs_for_engines_with_glossaries() -> None:
    assert INTO_JAPANESE.pairs("Des villes\njumelles, la DX et le patrimoine culturel") == (
        ("villes jumelles", "姉妹都市提携"),
        ("patrimoine culturel", "文化遺産"),
    )


@pytest.mark.parametrize(
    ("source", "translation", "said"),
    [
        ("un jumelage", "姉妹都市を結ぶ", []),
        ("un jumelage", "交流を結ぶ", ["term-absent jumelage → 姉妹都市提携"]),
        ("un jumelage", "双子都市を結ぶ", ["term-refused 双子都市 → 姉妹都市提携"]),
        ("deux villes", "双子都市を結ぶ", []),  # not said of that term: it may be right
        ("le patrimoine culturel", "遺産", []),
        ("le patrimoine culturel", "無形文化遺産", []),  # within a longer word
        ("la DX", "デジタル・トランスフォーメーション", ["term-absent DX → DX"]),
        ("un circuit court", "地産地消の経路", []),
    ],
)  # fmt: skip
def test_what_is_said_of_a_translation_into_japanese(
    source: str, translation: str, said: list[str]
) -> None:
    assert [shown(f) for f in INTO_JAPANESE.findings(source, translation)] == said


@pytest.mark.parametrize(
    ("source", "translation", "said"),
    [
        ("地産地消", "des circuits courts", []),
        ("地産地消", "production locale", ["term-absent 地産地消 → production et consommation locales"]),
        ("DXを進める", "la transformation numérique", []),
        ("DXを進める", "la digitalisation", ["term-refused digitalisation → transformation numérique"]),
        ("脱炭素", "la décarbonation", []),  # a refused form with the stem of the right one
    ],
)  # fmt: skip
def test_what_is_said_of_a_translation_into_french(
    source: str, translation: str, said: list[str]
) -> None:
    assert [shown(f) for f in INTO_FRENCH.findings(source, translation)] == said


def shown(finding: Finding) -> str:
    return f"{finding.rule} {finding.found} → {finding.wanted}"


def test_a_finding_names_its_place() -> None:
    (absent,) = INTO_JAPANESE.findings("Un autre jumelage", "交流")
    (refused,) = INTO_JAPANESE.findings("un jumelage", "**双子都市**の例")
    assert (absent.start, refused.start) == (9, 2)


WORDS = [
    "jumelages",
    "circuit court",
    "DX",
    "`DX`",
    " ",
    "\n",
    "**",
    "姉妹都市",
    "提携",
    "・",
    "a",
    "（",
    "é",
]


@given(st.lists(st.sampled_from(WORDS), max_size=15).map("".join))
def test_found_terms_are_slices_of_the_text_in_order_and_apart(text: str) -> None:
    for lexicon in (INTO_JAPANESE, INTO_FRENCH):
        end = 0
        for found in lexicon.found(text):
            assert found.start >= end
            assert text[found.start : found.end] == found.form
            end = found.end


@given(st.sampled_from([t for t in TERMS if "ja" in t.terms]), st.text("abcé ,", max_size=20))
def test_a_text_with_the_right_term_has_nothing_said_of_it(term: Term, around: str) -> None:
    source = f"{around} {term.terms['fr'].term} {around}"
    assert not INTO_JAPANESE.findings(source, f"前{term.terms['ja'].term}後")


def test_a_stemmer_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Vocabulary(TERMS, "fr", "klingon")


def test_a_term_is_found_by_several_threads_at_once() -> None:
    starts = ["".join(parts) for parts in product(("ba", "cir", "don"), repeat=5)]
    texts = [f"{start}{end} et jumelages" for start in starts for end in ("issements", "erait")]
    shared = Lexicon(Vocabulary(TERMS, "fr", "french"), JA)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads change places in the middle of a word
    try:
        with ThreadPoolExecutor(4) as threads:
            beside = list(threads.map(lambda text: ids(shared, text), texts))
    finally:
        sys.setswitchinterval(before)
    assert beside == [ids(INTO_JAPANESE, text) for text in texts]
