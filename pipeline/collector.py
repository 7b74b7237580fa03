"""Python's collector of cycles, and when it is in the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Texts are millions of small objects without a cycle: the collector walks them in vain.

    Those that are left are set aside, or it would walk them all as soon as it is back, and again
    when the process ends.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.freeze()
            gc.enable()
