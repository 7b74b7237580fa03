"""What a returned file asks for, and what it is refused for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import ActesError, Exit, Place, Problem
from pipeline.review.decisions import Decision
from pipeline.review.exchange.incoming import asked
from pipeline.review.exchange.rows import Returned, Returns, Standing
from pipeline.review.items import seen

PATH = "sources/eco/marche.ja.md"
SEEN = seen("Le marché", "市場", None, "une note")
ROW = Returned(
    f"{PATH}#1", SEEN, Standing.DRAFT, "市場", Standing.DRAFT, Place("r.po", 7), "une note"
)
KNOWN = {PATH}


def wanted(*rows: Returned, **options: bool) -> tuple[Decision, ...]:
    return asked(Returns(rows, len(rows)), KNOWN, "r.po", **options).decisions


def refused(returns: Returns) -> list[str]:
    with pytest.raises(ActesError) as caught:
        asked(returns, KNOWN, "r.po")
    assert caught.value.code is Exit.REFUSED
    return [problem.rule for problem in caught.value.problems]


def test_what_does_not_change_asks_for_nothing() -> None:
    assert wanted(ROW) == ()
    assert wanted(replace(ROW, text=" 市場\n")) == ()  # white space is no word
    assert wanted(replace(ROW, note=None)) == ()  # a format without notes


def test_new_words_answer_the_source_that_was_seen_and_are_not_approved() -> None:
    (decision,) = wanted(replace(ROW, text="朝市"))
    assert decision == Decision(ROW.key, SEEN, text="朝市", keep=True)


def test_the_source_that_a_file_shows_comes_along() -> None:
    (decision,) = wanted(replace(ROW, text="朝市", source="Le marché"))
    assert decision.source == "Le marché"
    corrected = asked(Returns((replace(ROW, source="La halle"),), 1), KNOWN, "r.po")
    assert corrected.decisions == ()
    assert [problem.rule for problem in corrected.problems] == ["exchange-source"]


def test_what_became_final_in_the_tool_is_approved() -> None:
    (decision,) = wanted(replace(ROW, standing=Standing.APPROVED))
    assert decision == Decision(ROW.key, SEEN, approve=True)
    assert wanted(replace(ROW, standing=Standing.APPROVED), approve=False) == ()


def test_an_approved_row_whose_words_changed_must_be_approved_again() -> None:
    final = replace(ROW, sent=Standing.APPROVED, standing=Standing.APPROVED, text="朝市")
    (decision,) = wanted(final)
    assert not decision.approve


def test_a_note_is_kept_and_may_be_taken_away() -> None:
    assert wanted(replace(ROW, note="voir le maire"))[0].note == "voir le maire"
    assert wanted(replace(ROW, note=""))[0].note == ""


def test_an_emptied_cell_and_a_withdrawn_approval_are_said_and_change_nothing() -> None:
    emptied = replace(ROW, text=" ", standing=Standing.NEW)
    lowered = replace(ROW, key=f"{PATH}#2", sent=Standing.APPROVED)
    found = asked(Returns((emptied, lowered), 2), KNOWN, "r.po")
    assert found.decisions == ()
    assert [problem.rule for problem in found.problems] == ["exchange-emptied", "exchange-lowered"]


def test_missing_doubled_unknown_and_spoilt_rows_are_all_named_and_the_file_refused() -> None:
    stranger = replace(ROW, key="sources/autre.ja.md#1")
    spoilt = replace(
        ROW,
        key=f"{PATH}#3",
        text=None,
        problem=Problem("exchange-codes", ROW.place, {"marks": "**"}),
    )
    returns = Returns(
        (ROW, ROW, stranger, spoilt), 9, (Problem("exchange-unknown-row", ROW.place),)
    )
    assert sorted(refused(returns)) == [
        "exchange-codes", "exchange-doubled", "exchange-doubled", "exchange-missing",
        "exchange-unknown", "exchange-unknown-row",
    ]  # fmt: skip


def test_with_partial_the_sound_rows_are_taken_and_the_others_named() -> None:
    sound = replace(ROW, key=f"{PATH}#5", text="朝市")
    stranger = replace(ROW, key="sources/autre.ja.md#1", text="夜市")
    found = asked(Returns((sound, stranger), 3), KNOWN, "r.po", partial=True)
    assert [decision.key for decision in found.decisions] == [sound.key]
    assert [problem.rule for problem in found.problems] == ["exchange-unknown", "exchange-missing"]
