"""What the tests of publications share."""

from __future__ import annotations

import pytest


@pytest.fixture(params=["fr", "ja"])
def language(request: pytest.FixtureRequest) -> str:
    """The languages that books are made in."""
    return str(request.param)
