"""What all tests share: sizes of the property tests, and tools that may be missing."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

LONG = bool(os.environ.get("ACTES_LONG"))

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("quick", max_examples=100, deadline=None, suppress_health_check=_QUIET)
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile("long" if LONG else "quick")

_TOOLS = {
    "libreoffice": ("soffice", "LibreOffice"),
    "poppler": ("pdftotext", "poppler-utils"),
    "chromium": ("chromium", "Chromium"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, saying why, what needs a program that is not here; fail instead in CI."""
    for item in items:
        for marker, (program, name) in _TOOLS.items():
            if item.get_closest_marker(marker) and not shutil.which(program):
                if os.environ.get("ACTES_NO_SKIP"):
                    pytest.exit(f"{name} is not installed and ACTES_NO_SKIP is set", returncode=1)
                item.add_marker(pytest.mark.skip(reason=f"{name} ({program}) is not installed"))


@pytest.fixture(autouse=True)
def _speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in English unless a test asks for another language."""
    monkeypatch.setenv("ACTES_LANG", "en")
