"""What the tests of the commands that begin a text share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def actes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type `actes …`; the exit code, standard output and standard error."""

    def run(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("ACTES_LANG", lang)
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return run
