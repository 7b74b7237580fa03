"""``python -m tests.benchmarks``: measure `actes build`, and print ratios to plain tools."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks import actes, plain
from tests.benchmarks.generator import summaries, write_event
from tests.benchmarks.measure import Run
from tests.benchmarks.table import Figures, table

_SAME_RUNS = 5
_LARGE = 500


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sizes asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="12,60,1000", help="summaries, separated by commas")
    parser.add_argument("--runs", type=int, default=0, help="repeats (3; 1 from 500 summaries up)")
    parser.add_argument("--json", type=Path, help="a file for all figures")
    options = parser.parse_args(arguments)
    sizes = sorted(int(size) for size in options.sizes.split(","))
    with tempfile.TemporaryDirectory(prefix="actes-bench-") as name:
        folder = Path(name)
        actes.help_page(folder)  # once unmeasured: bytecode and libraries are then in memory
        start = _median([actes.help_page(folder) for _ in range(_SAME_RUNS)])
        measured = [
            _measure(size, options.runs or (1 if size >= _LARGE else 3), folder) for size in sizes
        ]
    print(table(measured, start))
    if options.json:
        found = {"help": asdict(start), "sizes": [asdict(figures) for figures in measured]}
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _measure(size: int, runs: int, folder: Path) -> Figures:
    """Plain and ours in turn, so that a busy minute of the machine falls on both."""
    texts = summaries(size)
    root = folder / str(size) / "event"
    write_event(root, size)
    plains: list[plain.Plain] = []
    cold: list[Run] = []
    changed: list[Run] = []
    exact, most = True, 0
    for number in range(1, runs + 1):
        _say(f"{size} summaries, run {number} of {runs}")
        plains.append(plain.measure(texts, root.parent))
        cold.append(actes.cold(root))
        taken, only, count = actes.changed(root, texts[number % size], number)
        changed.append(taken)
        exact, most = exact and only, max(most, count)
    same = [actes.unchanged(root) for _ in range(_SAME_RUNS)]
    beside = plain.Plain(
        _median([found.word for found in plains]),
        _median([found.markup for found in plains]),
        _median([found.pages for found in plains]),
    )
    return Figures(size, beside, _median(cold), _median(changed), _median(same), most, exact)


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.cpu for run in runs),
        int(statistics.median(run.largest for run in runs)),
        int(statistics.median(run.together for run in runs)),
    )


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
