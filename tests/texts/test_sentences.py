"""Where sentences end: the cases of `tests/golden/sentences`, and laws on any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts.sentences import sentences

GOLDEN = Path(__file__).parent.parent / "golden" / "sentences"


def cases(language: str) -> list[tuple[str, ...]]:
    """A case a paragraph or line; `|` stands where a sentence begins."""
    lines = (GOLDEN / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    found: list[str] = []
    for line in lines:
        if line.startswith("sans point"):  # goes on with the line before
            found[-1] += f"\n{line}"
        elif line and not line.startswith("# "):
            found.append(line)
    return [tuple(case.split("|")) for case in found]


@pytest.mark.parametrize("case", cases("fr"), ids="".join)
def test_french(case: tuple[str, ...]) -> None:
    assert sentences("".join(case), "fr") == [part.strip() for part in case]


@pytest.mark.parametrize("case", cases("ja"), ids="".join)
def test_japanese(case: tuple[str, ...]) -> None:
    assert sentences("".join(case), "ja") == [part.strip() for part in case]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Mr. Smith spoke. Dr. Lee answered.", ["Mr. Smith spoke.", "Dr. Lee answered."]),
        ("de", "Das gilt z.B. Hier nicht. Dort ja.", ["Das gilt z.B. Hier nicht.", "Dort ja."]),
        ("es", "¿Quién viene? ¡Todos!", ["¿Quién viene?", "¡Todos!"]),
        ("fr-CA", "L’art. 3 vaut. Soit.", ["L’art. 3 vaut.", "Soit."]),
        ("zh-Hans", "市场每周开放两次。人们很早就来。", ["市场每周开放两次。", "人们很早就来。"]),
    ],
)
def test_other_languages(language: str, text: str, found: list[str]) -> None:
    assert sentences(text, language) == found


PIECES = [
    *"aÉ1 .!?…。！？「」（）()«»*_`[]\n\u3000",
    "Un mot", "art", "M.", "里山", "と", "。」", "「あ。", "**", "[^1]", "](u)", "https://a.b/c.",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


@given(TEXTS, st.sampled_from(["fr", "ja", "en"]))
def test_nothing_is_lost_but_white_space_between_sentences(text: str, language: str) -> None:
    parts = sentences(text, language)
    pattern = r"\s*" + r"\s*".join(re.escape(part) for part in parts) + r"\s*"
    assert re.fullmatch(pattern, text)
    assert all(part == part.strip() != "" for part in parts)


@given(TEXTS, st.sampled_from(["fr", "ja", "en"]))
def test_a_sentence_is_one_sentence(text: str, language: str) -> None:
    for part in sentences(text, language):
        assert sentences(part, language) == [part]


@pytest.mark.parametrize(
    "hostile",
    ["。", "「", "（", "(", "[", "](", "`", "``` `", "*", "_*", "[^1]", "<a", "<!--", "https://",
     "a.", "A. ", "M. ", "\\", "&amp", "~a", "^a", "{", "](a \"", "![", "www.a)).", "a@b."],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "ja"])
def test_time_is_proportional_to_the_text(hostile: str, language: str) -> None:
    """Twenty thousand of each would take hours if it were not; nothing is timed but patience."""
    text = hostile * 20_000
    assert "".join(sentences(text, language)).replace(" ", "") == text.replace(" ", "")
