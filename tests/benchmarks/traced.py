"""`actes`, writing down which texts go through pandoc: ``python -m tests.benchmarks.traced LOG …``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event

from pipeline.cli.main import main
from pipeline.errors import Problem
from pipeline.texts import pandoc


def trace(log: Path) -> None:
    """Have the paths given to `pandoc.read_each` written to ``log``, one a line."""
    plain = pandoc.read_each

    def read_each(
        bodies: Mapping[str, str],
        take: Callable[[str, pandoc.Parsed | Problem], None],
        given_up: Event,
    ) -> None:
        with log.open("a", encoding="utf-8") as file:
            file.writelines(f"{path}\n" for path in bodies)
        plain(bodies, take, given_up)

    pandoc.read_each = read_each


if __name__ == "__main__":
    trace(Path(sys.argv[1]))
    main(sys.argv[2:])
