"""The figures as a plain table, with the target beside each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.benchmarks.measure import Run
from tests.benchmarks.plain import Plain

COLD, SAME, SAME_SECONDS, HELP_SECONDS = 1.3, 0.05, 0.5, 0.2
_LARGE = 1_000
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Figures:
    """The figures of one size, medians of repeats."""

    size: int
    plain: Plain
    cold: Run
    changed: Run
    unchanged: Run
    read_again: int
    only_the_changed: bool


Row = tuple[str, str, str, str, str]


def table(measured: Sequence[Figures], start: Run) -> str:
    """Everything that was measured."""
    blocks = [_block(_rows(figures), f"{figures.size:,} summaries") for figures in measured]
    growth = list(_growth(measured))
    if growth:
        blocks.append(_block(growth, "growth (time ratio / size ratio)"))
    blocks.append(
        _block(
            [("actes --help", "", _seconds(start), "", _met(start.seconds, HELP_SECONDS, "s"))],
            "start",
        )
    )
    return "\n\n".join(blocks)


def _block(rows: Iterable[Row], title: str) -> str:
    lines = [(title, "plain", "actes", "ratio", "target"), *rows]
    widths = [34, 11, 11, 8]
    return "\n".join(
        " ".join(
            [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:4], widths[1:], strict=True)),
             f"  {line[4]}"]
        ).rstrip()
        for line in lines
    )  # fmt: skip


def _rows(figures: Figures) -> Iterable[Row]:
    plain, cold, same = figures.plain.whole, figures.cold, figures.unchanged
    yield _compared("cold build", plain, cold, f"{_met(_over(cold, plain), COLD, '× plain')}")
    for name, part in (
        ("  plain pandoc → docx", figures.plain.word),
        ("  plain pandoc → typst", figures.plain.markup),
        ("  plain typst → pdf", figures.plain.pages),
    ):
        yield (name, _seconds(part), "", "", "")
    yield (
        "  processor time",
        f"{plain.cpu:.2f} s",
        f"{cold.cpu:.2f} s",
        _ratio(cold.cpu, plain.cpu),
        "",
    )
    changed = f"{_over(figures.changed, cold):.2f} × cold"
    yield ("one text changed", "", _seconds(figures.changed), _ratio(figures.changed.seconds,
           plain.seconds), changed)  # fmt: skip
    again = "met" if figures.only_the_changed else "MISSED"
    yield ("  texts read again", "", f"{figures.read_again} of {2 * figures.size}", "",
           f"that text only: {again}")  # fmt: skip
    target = _met(_over(same, cold), SAME, "× cold")
    if figures.size >= _LARGE:
        target += "; " + _met(same.seconds, SAME_SECONDS, "s")
    yield ("nothing changed", "", _seconds(same), _ratio(same.seconds, plain.seconds), target)
    for name, a, b in (
        ("memory: largest process", plain.largest, cold.largest),
        ("memory: all processes at once", plain.together, cold.together),
    ):
        yield (name, f"{a // _MIB} MiB", f"{b // _MIB} MiB", _ratio(b, a), "")


def _growth(measured: Sequence[Figures]) -> Iterable[Row]:
    for small, large in pairwise(measured):
        times = large.size / small.size

        def grown(a: Run, b: Run, times: float = times) -> str:
            return f"{b.seconds / a.seconds / times:.2f}"

        name = f"{small.size:,} → {large.size:,}"
        yield (f"cold build {name}", grown(small.plain.whole, large.plain.whole),
               grown(small.cold, large.cold), "", "")  # fmt: skip
        yield (f"one text changed {name}", "", grown(small.changed, large.changed), "", "")
        yield (f"nothing changed {name}", "", grown(small.unchanged, large.unchanged), "", "")
        memory = [f"{b.largest / a.largest / times:.2f}"
                  for a, b in ((small.plain.whole, large.plain.whole), (small.cold, large.cold))]  # fmt: skip
        yield (f"largest process {name}", memory[0], memory[1], "", "")


def _compared(name: str, plain: Run, ours: Run, target: str) -> Row:
    return (name, _seconds(plain), _seconds(ours), _ratio(ours.seconds, plain.seconds), target)


def _over(a: Run, b: Run) -> float:
    return a.seconds / b.seconds


def _ratio(ours: float, plain: float) -> str:
    return f"{ours / plain:.2f}"


def _seconds(taken: Run) -> str:
    return f"{taken.seconds:.2f} s"


def _met(value: float, bound: float, unit: str) -> str:
    verdict = "met" if value <= bound else "MISSED"
    return f"≤ {bound:g} {unit}: {value:.2f} {verdict}"
