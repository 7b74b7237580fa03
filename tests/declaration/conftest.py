"""What the tests of the declaration's commands share."""

from __future__ import annotations

from functools import partial

import pytest

from tests.conftest import Actes


@pytest.fixture
def declaration(actes: Actes) -> Actes:
    """Type `actes declaration …`."""
    return partial(actes, "declaration")
