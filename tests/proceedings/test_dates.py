"""Dates as an edition prints them, in the words of each language."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.proceedings.wording import date_range
from pipeline.workspace.languages import load_language


@pytest.mark.parametrize(
    ("language", "last", "expected"),
    [
        ("fr", "05-03", "1er–3 mai 2025"),
        ("es", "05-03", "1–3 de mayo de 2025"),
        ("it", "05-03", "1º–3 maggio 2025"),
        ("de", "05-03", "1.–3. Mai 2025"),
        ("pt-BR", "06-02", "1º de maio – 2 de junho de 2025"),
        ("ko", "05-03", "2025년 5월 1일~3일"),
        ("zh-Hans", "05-03", "2025年5月1日至3日"),
    ],
)
def test_the_days_of_an_event(tmp_path: Path, language: str, last: str, expected: str) -> None:
    table = load_language(tmp_path, language)
    first, end = datetime.date(2025, 5, 1), datetime.date.fromisoformat(f"2025-{last}")
    assert date_range(first, end, table).replace("\u2009", " ") == expected
