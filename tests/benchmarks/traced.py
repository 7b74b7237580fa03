"""`actes`, writing down which texts go through pandoc: ``python -m tests.benchmarks.traced LOG …``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.cli.main import main
from pipeline.errors import Problem
from pipeline.texts import pandoc


def trace(log: Path) -> None:
    """Have the paths given to `pandoc.read_all` written to ``log``, one a line."""
    plain = pandoc.read_all

    def read_all(
        bodies: Mapping[str, str], progress: Callable[[int], None] = lambda _: None
    ) -> dict[str, pandoc.Parsed | Problem]:
        with log.open("a", encoding="utf-8") as file:
            file.writelines(f"{path}\n" for path in bodies)
        return plain(bodies, progress)

    pandoc.read_all = read_all


if __name__ == "__main__":
    trace(Path(sys.argv[1]))
    main(sys.argv[2:])
