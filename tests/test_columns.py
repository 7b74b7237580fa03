"""Columns on a terminal, whatever the width of letters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.columns import UNBROKEN, cut, shares, table, width


@given(st.text(alphabet="aé経ｱＡ́\u200b…→", max_size=20), st.integers(1, 12))
def test_what_is_cut_fits(text: str, most: int) -> None:
    assert width(cut(text, most)) <= most
    if width(text) <= most:
        assert cut(text, most) == text


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6), st.integers(0, 60))
def test_shares_fill_the_bar_and_hide_nothing(amounts: list[int], places: int) -> None:
    parts = shares(amounts, places)
    assert sum(parts) == (places if sum(amounts) else 0)
    assert all(part >= 0 for part in parts)
    if places >= sum(amount > 0 for amount in amounts):
        assert all((part > 0) == (amount > 0) for part, amount in zip(parts, amounts, strict=True))


def test_columns_of_mixed_scripts_line_up() -> None:
    lines = table([["", "承認済", "total"], ["経済", "1", "22"], ["Société", "333", "4"]])
    assert len({width(line) for line in lines}) == 1


def test_no_line_begins_with_a_sign_that_french_puts_a_space_before() -> None:
    words = UNBROKEN.findall("Une langue ; peut dire « approve », ou « oui » : b :c.")
    assert [word for word in words if word.strip()] == [
        "Une", "langue ;", "peut", "dire", "« approve »,", "ou", "« oui » :", "b", ":c.",
    ]  # fmt: skip
