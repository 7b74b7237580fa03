"""The benchmark of `actes translate` runs, and what it says of characters sent is true."""

from __future__ import annotations

import pytest

from tests.benchmarks import translate


@pytest.mark.long
def test_the_benchmark_runs_on_a_few_texts(capsys: pytest.CaptureFixture[str]) -> None:
    translate.main(["--texts", "3"])
    said = capsys.readouterr().out
    assert "met     an unchanged run sends nothing" in said
    assert "met     after one edit only its unit is sent (1 sent)" in said
