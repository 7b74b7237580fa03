"""Making requests of texts: nothing is left out, and nothing is more than an engine takes."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.translation.engines.packing import (
    Load,
    Piece,
    fits,
    joined,
    one_line,
    pack,
    parts,
    relevant,
)
from pipeline.translation.engines.protocol import Traits
from pipeline.translation.markup.protect import Style

TEXTS = st.text(st.sampled_from("aé市。、. ,!\n<x1/>40"), max_size=200)


def traits(**bounds: int) -> Traits:
    return Traits("essai", "ici", local=False, style=Style.TOKENS, **bounds)


@given(TEXTS, st.integers(1, 40))
def test_parts_are_the_text_and_fit(text: str, most: int) -> None:
    bounds = traits(most_characters=most)
    found = parts(text, bounds)
    if found is not None:
        assert "".join(found) == text
        assert all(fits(part, bounds) for part in found)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("Un. Deux. Trois.", 9, ("Un. Deux.", " Trois.")),
        ("一つ。二つ。三つ。", 6, ("一つ。二つ。", "三つ。")),
        ("「一つ。」二つ。", 6, ("「一つ。」", "二つ。")),
        ("un, deux, trois", 9, ("un, deux,", " trois")),
        ("un deux trois", 7, ("un deux", " trois")),
        ("市場と広場", 3, ("市場と", "広場")),
        ("anticonstitutionnellement", 10, None),
        ('<x1 a="b c"/> mot', 4, None),
    ],
)
def test_a_long_text_is_cut_at_the_best_places(
    text: str, most: int, expected: tuple[str, ...] | None
) -> None:
    assert parts(text, traits(most_characters=most)) == expected


def test_the_url_is_measured_encoded_and_the_bytes_in_utf8() -> None:
    text = "市場が開く。" * 100
    for part in parts(text, traits(most_url=300)) or ():
        assert len(quote(part)) <= 300
    for part in parts(text, traits(most_bytes=90)) or ():
        assert len(part.encode()) <= 90


@pytest.mark.parametrize(
    ("text", "borne"), [("a" * 1001, False), ("a" * 1000, True), ("市" * 3000, True)]
)
def test_a_word_without_end_is_not_sent(text: str, borne: bool) -> None:
    assert (parts(text, traits(most_word=1000)) is not None) is borne


@given(TEXTS)
def test_one_line_has_no_ends_of_lines_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert one_line(line) == line
    assert line.replace(" ", "") == text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["市場。", "広場。"], "市場。広場。"),
        (["Un.", "Deux."], "Un. Deux."),
        (["Un. ", "Deux."], "Un. Deux."),
        ([], ""),
    ],
)
def test_answers_are_joined_as_their_letters_want(answers: list[str], expected: str) -> None:
    assert joined(answers) == expected


def load(text: str, *nearby: str, within: str = "", confidential: bool = False) -> Load:
    return Load(Piece(text, "fr", "ja", confidential), nearby, (), within)


def test_requests_are_filled_but_not_beyond_what_is_borne() -> None:
    loads = [load("a" * 10 + str(number)) for number in range(25)]
    batches = pack(loads, traits(most_texts=4, most_characters=30), {})
    assert [piece for batch in batches for piece in batch.loads] == loads
    assert all(len(batch.loads) <= 4 and batch.characters <= 30 for batch in batches)
    assert len(batches) == 13


def test_a_confidential_text_never_travels_with_others() -> None:
    batches = pack([load("un"), load("deux", confidential=True)], traits(most_texts=9), {})
    assert [batch.request().confidential for batch in batches] == [False, True]


def test_neighbours_go_together_each_once_in_the_words_around() -> None:
    loads = [
        load("Un.", "Titre.", "Un.", within="a"),
        load("Deux.", "Un.", "Deux.", within="a"),
        load("Ailleurs.", "Ailleurs.", within="b"),
        load("Quatre <x1>mots</x1>.", "Trois.", "Quatre mots.", within="a"),
    ]
    told = traits(most_texts=9, most_characters=99, context=99)
    batches = pack(loads, told, {})
    assert [batch.context for batch in batches] == [
        "Titre.\nUn.\nDeux.\nTrois.\nQuatre mots.",
        "",
    ]
    assert [half.context for half in batches[0].halves()] == [
        "Titre.",
        "Un.\nDeux.\nTrois.\nQuatre mots.",
    ]
    narrow = pack(loads, traits(most_texts=9, most_characters=99, context=10), {})
    assert [len(batch.loads) for batch in narrow] == [2, 1, 1]
    assert len(pack(loads, traits(most_texts=9), {})) == 1, "nothing is told, nothing is kept apart"


def test_only_terms_that_stand_in_the_text_concern_it() -> None:
    terms = [("Jumelage", "姉妹都市"), ("ODD", "SDGs")]
    assert relevant("Un jumelage ancien.", terms) == (("Jumelage", "姉妹都市"),)
