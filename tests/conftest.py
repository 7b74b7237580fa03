"""What all tests share: sizes of the property tests, and tools that may be missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipeline.cli.main import main

LONG = bool(os.environ.get("ACTES_LONG"))
Actes = Callable[..., tuple[int, str, str]]

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=100, deadline=None, suppress_health_check=_QUIET)
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile("long" if LONG else "quick")

_TOOLS = {
    "libreoffice": ("soffice", "LibreOffice"),
    "poppler": ("pdftotext", "poppler-utils"),
    "chromium": ("chromium", "Chromium"),
}
_PRINT_JAPANESE = ("libreoffice", "chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, saying why, what needs a program that is not here; fail instead in CI."""
    for item in items:
        for marker in filter(item.get_closest_marker, _TOOLS):
            missing = _missing(marker)
            if missing and os.environ.get("ACTES_NO_SKIP"):
                pytest.exit(f"{missing}, and ACTES_NO_SKIP is set", returncode=1)
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing))


@cache
def _missing(marker: str) -> str:
    """What keeps tests with ``marker`` from running here; empty where nothing does."""
    program, name = _TOOLS[marker]
    if not shutil.which(program):
        return f"{name} ({program}) is not installed"
    if marker in _PRINT_JAPANESE and not _japanese_fonts():
        return f"{name} finds no Japanese font on this system"
    return ""


def _japanese_fonts() -> bool:
    """Whether the system has one, as far as can be told: macOS and Windows always have."""
    if not shutil.which("fc-list"):
        return True
    listed = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


@pytest.fixture(autouse=True)
def _speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in English unless a test asks for another language."""
    monkeypatch.setenv("ACTES_LANG", "en")


@pytest.fixture(autouse=True)
def _leave_the_power_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for the disk: some would do little else, and none could see that it was not done."""
    monkeypatch.setattr(os, "fsync", lambda _file: None)


@pytest.fixture
def actes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Actes:
    """Type `actes …` where we are: its exit code, standard output and standard error."""

    def typed(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("ACTES_LANG", lang)
        with pytest.raises(SystemExit) as ended:
            main(list(map(str, arguments)))
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return typed
