"""Rows shared out among pages of Word that face each other; how high a text stands there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.publishing.word.bilingual.openings import Placed, fit, openings
from pipeline.publishing.word.columns import sheet_of
from pipeline.publishing.word.reference import prepare
from pipeline.publishing.word.type import Sheet, ems
from tests.publishing.word_books import FRENCH, JAPANESE, REFERENCE

ROOM = 100.0
HEIGHTS = st.floats(1, 130)
NOTES = st.lists(st.floats(5, 20), max_size=2).map(tuple)
ROWS = st.lists(
    st.builds(Placed, st.just(()), HEIGHTS, st.tuples(NOTES, NOTES), leads=st.booleans()),
    max_size=30,
)


@given(ROWS, st.floats(0, 60))
def test_every_row_is_in_one_opening_in_order_and_none_holds_more_than_a_page(
    rows: list[Placed], top: float
) -> None:
    found = openings(rows, ROOM, top)
    assert [row for opening in found for row in opening] == rows
    for number, opening in enumerate(found):
        led = [row for row in opening[:-1] if not row.leads]
        assert fit(opening, ROOM, 0 if number else top) or not led


@given(ROWS)
def test_no_opening_ends_with_what_leads_to_the_next(rows: list[Placed]) -> None:
    found = openings(rows, ROOM, 0)
    assert all(not opening[-1].leads or len(opening) == 1 for opening in found[:-1] if opening)


def test_notes_of_the_side_that_has_most_take_room() -> None:
    rows = [Placed((), 40, ((20,), ())), Placed((), 20, ((), (10,)))]
    assert openings(rows, ROOM, 0) == [rows]
    assert openings(rows, ROOM, 10) == [rows[:1], rows[1:]]


def test_lines_are_as_far_apart_in_both_languages() -> None:
    sheets = [prepare(REFERENCE.read_bytes(), style, alone=False) for style in (FRENCH, JAPANESE)]
    types = [Sheet(sheet_of(found), found.styles).type("body text") for found in sheets]
    assert types[0].pitch == types[1].pitch > 1.4 * types[0].size


def test_a_letter_is_as_wide_as_it_looks() -> None:
    assert ems("経済") == 2
    assert ems("ill") < ems("new") < ems("MWM")
    assert ems("2024年") > ems("2024") + ems("年")
