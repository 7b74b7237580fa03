"""Differences by word: exactly what a reader would mark, and never a letter lost."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review.differences import differences
from pipeline.review.spans import Change, Span, after, before
from pipeline.review.words import pieces

GOLDEN = Path(__file__).parents[1] / "golden/review/differences.toml"
CASES = tomllib.loads(GOLDEN.read_text("utf-8"))["case"]
_MARK = re.compile(r"\[-(?:(\d+):)?(.*?)-\]|\{\+(?:(\d+):)?(.*?)\+\}", re.DOTALL)
TEXTS = st.lists(
    st.sampled_from(
        ["促進", "の", "自治体", "が", "53", "54", " ", "\n", "。", "eau", "l’", "**", "a"]
    ),
    max_size=30,
).map("".join)


def marked(spans: Sequence[Span]) -> str:
    """Spans as the golden file writes them."""
    marks = {Change.SAME: ("", ""), Change.DELETED: ("[-", "-]"), Change.INSERTED: ("{+", "+}")}
    return "".join(
        marks[s.change][0] + (f"{s.move}:" if s.move else "") + s.text + marks[s.change][1]
        for s in spans
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("fr") or case["ja"])
def test_as_a_reader_marks_it(case: dict[str, str]) -> None:
    wanted = case.get("given") or case.get("fr") or case["ja"]
    old = _MARK.sub(lambda match: match[2] or "", wanted)
    new = _MARK.sub(lambda match: match[4] or "", wanted)
    assert marked(differences(old, new)) == wanted


def test_most_cases_are_as_marked_by_hand() -> None:
    assert len(CASES) >= 40
    assert sum("given" in case for case in CASES) <= 3


@given(TEXTS | st.text(max_size=40), TEXTS | st.text(max_size=40))
def test_no_letter_is_lost(old: str, new: str) -> None:
    spans = differences(old, new)
    assert (before(spans), after(spans)) == (old, new)
    assert all(span.text for span in spans)
    assert (old == new) == all(span.change is Change.SAME for span in spans)
    moves: dict[int, list[Span]] = {}
    for span in spans:
        if span.move:
            moves.setdefault(span.move, []).append(span)
    for pair in moves.values():
        assert {span.change for span in pair} == {Change.DELETED, Change.INSERTED}
        assert len({span.text.strip() for span in pair}) == 1


@given(st.text(max_size=60))
def test_pieces_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@pytest.mark.parametrize("word", ["mot ", "促進の", "。"])
def test_long_segments_take_no_time(word: str) -> None:
    old = word * (20_000 // len(word))
    new = "".join(f"{word}{n}" if n % 3 else f"x{n} " for n in range(20_000 // (len(word) + 3)))
    began = time.process_time()
    for pair in ((old, new), (old, old[len(word) * 7 :] + "fin")):
        spans = differences(*pair)
        assert (before(spans), after(spans)) == pair
    assert time.process_time() - began < 5
