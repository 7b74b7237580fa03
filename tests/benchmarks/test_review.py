"""The benchmark of `actes review` runs, and finds what waits for a person."""

from __future__ import annotations

import pytest

from tests.benchmarks import review


@pytest.mark.long
def test_the_benchmark_runs_on_a_few_texts(capsys: pytest.CaptureFixture[str]) -> None:
    review.main(["--texts", "3", "--runs", "1"])
    said = capsys.readouterr().out
    assert "command to first page" in said
    assert "cards on the first page" in said
