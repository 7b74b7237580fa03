"""The benchmark of the bilingual edition runs, and compares it with the two that it joins."""

from __future__ import annotations

import pytest

from tests.benchmarks import bilingual


@pytest.mark.long
def test_the_benchmark_runs_on_a_few_texts(capsys: pytest.CaptureFixture[str]) -> None:
    bilingual.main(["--summaries", "3", "--runs", "1"])
    said = capsys.readouterr().out
    assert "bilingual, columns" in said
    assert "bilingual, facing" in said
