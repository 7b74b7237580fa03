"""An error that nobody foresaw: said without a traceback, and without what it may give away."""

from __future__ import annotations

import pytest

from pipeline.cli import main as program
from pipeline.errors import Exit


def test_a_defect_tells_its_kind_and_place_and_no_word_of_a_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_arguments: object) -> int:
        monkeypatch.undo()
        return int("un texte confidentiel")

    monkeypatch.delenv("ACTES_TRACE", raising=False)
    monkeypatch.setattr(program, "_run", fails)
    with pytest.raises(SystemExit) as ended:
        program.main(["status"])
    said = capsys.readouterr().err
    assert ended.value.code == Exit.DEFECT
    assert "ValueError, cli/main.py:" in said
    assert "confidentiel" not in said
    assert "Traceback" not in said


def test_the_details_hold_no_word_of_a_text_either(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_arguments: object) -> int:
        words = "un texte confidentiel"
        try:
            return int(words)
        except ValueError as error:
            raise RuntimeError(words) from error

    monkeypatch.setenv("ACTES_TRACE", "1")
    monkeypatch.setattr(program, "_run", fails)
    with pytest.raises(SystemExit) as ended:
        program.main(["status"])
    said = capsys.readouterr().err
    assert ended.value.code == Exit.DEFECT
    assert said.index("ValueError") < said.index("RuntimeError, cli/main.py:")
    assert "in fails" in said
    assert "confidentiel" not in said
