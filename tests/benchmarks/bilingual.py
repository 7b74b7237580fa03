"""``python -m tests.benchmarks.bilingual``: two languages side by side, beside an edition of each.

The PDF of the bilingual edition, in columns and on facing pages, beside the PDFs of the two editions
that it joins. Each is made anew from texts that were read before, as after a change of the templates;
processor time, because two editions are made at once and one is not.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from tests.benchmarks.actes import editions
from tests.benchmarks.generator import LANGUAGES, write_event

_SUMMARIES = 60  # 200 pages in columns
_RUNS = 3
_TARGET = 1.5  # times the two editions together
_LAYOUTS = ("columns", "facing")


@dataclass(frozen=True)
class Figures:
    """Processor time, in seconds, and pages of one or more editions."""

    seconds: float
    pages: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.bilingual", description=__doc__
    )
    parser.add_argument("--summaries", type=int, default=_SUMMARIES)
    parser.add_argument("--runs", type=int, default=_RUNS)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="actes-bilingual-") as name:
        root = Path(name, "event")
        write_event(root, asked.summaries)
        alone = _measured(root, [f"proceedings-{tag}" for tag in LANGUAGES], asked.runs)
        event = root / "sources/event.yaml"
        before = event.read_text("utf-8")
        found = {}
        for layout in _LAYOUTS:
            named = f"editions:\n  bilingual: {{formats: [pdf], layout: {layout}}}"
            event.write_text(before.replace("editions:", named, 1), "utf-8")
            found[layout] = _measured(root, ["proceedings-bilingual"], asked.runs)
    print(table(alone, found))


def _measured(root: Path, names: Sequence[str], runs: int) -> Figures:
    """What the PDFs of these editions take; the first run, which reads the texts, does not count."""
    print(", ".join(names), file=sys.stderr, flush=True)
    taken = [editions(root, *names) for _ in range(runs + 1)][1:]
    pages = sum(len(PdfReader(root / f"build/{name}.pdf").pages) for name in names)
    return Figures(statistics.median(run.cpu for run in taken), pages)


def table(alone: Figures, found: dict[str, Figures]) -> str:
    """A line for the two editions, and one a layout with its ratio to them."""
    lines = [
        f"{'two languages side by side':34} {'pages':>11} {'processor':>11} {'ratio':>8}   target",
        f"{'the two editions':34} {alone.pages:>11} {alone.seconds:>9.2f} s",
    ]
    for layout, figures in found.items():
        ratio = figures.seconds / alone.seconds
        said = f"≤ {_TARGET:g} ×: {'met' if ratio <= _TARGET else 'MISSED'}"
        lines.append(
            f"{f'bilingual, {layout}':34} {figures.pages:>11} {figures.seconds:>9.2f} s "
            f"{ratio:>8.2f}   {said}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
