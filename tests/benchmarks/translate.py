"""``python -m tests.benchmarks.translate``: `actes translate`, beside po4a and mdpo.

The same originals, brought up to date by each: at first, with nothing changed, and after one
paragraph of one text was edited. po4a (Debian, `apt install po4a`) and mdpo (PyPI, the extra `bench`) extract into PO files and write the
translated Markdown from them; their PO files are filled between the first and the second run, not
measured, and they get the bodies alone, since po4a cannot read such metadata. Actes makes the
metadata too; its first run is measured without an engine, which is what the peers do, and with one, a
program that answers at once. A peer that is not installed is said to be absent.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import peers
from tests.benchmarks.actes import translated
from tests.benchmarks.generator import Summary, change, original, summaries, write_event
from tests.benchmarks.measure import Run

_SAME_RUNS = 5
_SAME_SECONDS = 0.5
_LARGE = 1_000
_CONSENT = "translation: {engine: command, external_services: true}\n"


@dataclass
class Figures:
    """What one tool took for its first run (``asking``: with an engine), with nothing changed, and
    after an edit; the characters that were sent, and the texts sent after the edit."""

    first: Run
    unchanged: Run
    edited: Run
    asking: Run | None = None
    sent: Sequence[int] = field(default_factory=list)
    units: Sequence[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each tool on the same texts and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.translate", description=__doc__
    )
    parser.add_argument("--texts", type=int, default=_LARGE)
    count = parser.parse_args(arguments).texts
    with tempfile.TemporaryDirectory(prefix="actes-translate-") as name:
        folder = Path(name)
        ours = _actes(folder / "actes", count)
        found = {
            peer.name: _peer(peer, folder / peer.name, count) if peer.available() else None
            for peer in (peers.Po4a(), peers.Mdpo())
        }
    print(table(count, ours, found))


def _actes(folder: Path, count: int) -> Figures:
    root = _event(folder / "event", count)
    sent: list[int] = []

    def run() -> tuple[Run, list[str]]:
        taken, texts = translated(root)
        sent.append(sum(map(len, texts)))
        return taken, texts

    _say("actes")
    first, _none = translated(_event(folder / "alone", count), "--engine", "memory")
    asking, _all = run()
    same = _median([run()[0] for _ in range(_SAME_RUNS)])
    change(root, summaries(count)[count // 2], 1)
    edited, units = run()
    return Figures(first, same, edited, asking, [sent[0], max(sent[1:-1]), sent[-1]], units)


def _event(root: Path, count: int) -> Path:
    """An event whose texts have no counterpart yet, and which allows an engine."""
    write_event(root, count, translated=False)
    event = root / "sources/event.yaml"
    event.write_text(event.read_text("utf-8") + _CONSENT, "utf-8")
    return root


def _peer(peer: peers.Peer, folder: Path, count: int) -> Figures:
    _say(peer.name)
    texts = summaries(count)
    masters = folder / "masters"
    masters.mkdir(parents=True)

    def write(number: int, content: str) -> None:
        (masters / f"{texts[number].name}.md").write_text(content, "utf-8")

    for number, summary in enumerate(texts):
        write(number, _body(summary))
    run: Callable[[], Run] = peer.prepared(folder, [summary.name for summary in texts])
    first = run()
    peer.fill(folder)
    run()  # writes the translations for the first time
    same = _median([run() for _ in range(_SAME_RUNS)])
    chosen = texts[count // 2]
    before = chosen.segments[1][chosen.original]
    write(count // 2, _body(chosen).replace(before, f"{before} Addition n° 1."))
    return Figures(first, same, run())


def _body(summary: Summary) -> str:
    return original(summary).split("\n---\n\n", 1)[1]


def table(count: int, ours: Figures, found: dict[str, Figures | None]) -> str:
    """The figures, a line each, with what was to be reached."""
    names = ["actes", *found]
    lines = [f"{count:,} texts".ljust(34) + "".join(name.rjust(12) for name in names)]
    for title, part in (
        ("first run, no engine", "first"),
        ("first run, engine asked", "asking"),
        ("nothing changed", "unchanged"),
        ("one text edited", "edited"),
    ):
        took = [_seconds(figures, part) for figures in (ours, *found.values())]
        lines.append(title.ljust(34) + "".join(cell.rjust(12) for cell in took))
    for title, characters in zip(
        ("first run", "nothing changed", "one edited"), ours.sent, strict=True
    ):
        lines.append(f"  characters sent, {title}".ljust(34) + f"{characters:,}".rjust(12))
    lines.append("")
    lines += [f"{verdict:<8}{target}" for target, verdict in _targets(count, ours, found)]
    return "\n".join(lines)


def _seconds(figures: Figures | None, part: str) -> str:
    if figures is None:
        return "absent"
    run = getattr(figures, part)
    return f"{run.seconds:.2f} s" if run else "–"


def _targets(count: int, ours: Figures, found: dict[str, Figures | None]) -> list[tuple[str, str]]:
    def met(holds: bool) -> str:
        return "met" if holds else "MISSED"

    one = len(ours.units) == 1 and "1" in ours.units[0]
    rows = [
        ("an unchanged run sends nothing", met(ours.sent[1] == 0)),
        (f"after one edit only its unit is sent ({len(ours.units)} sent)", met(one)),
    ]
    if count >= _LARGE:
        quick = ours.unchanged.seconds <= _SAME_SECONDS
        rows.append((f"an unchanged run takes at most {_SAME_SECONDS} s", met(quick)))
    for name, figures in found.items():
        for title, part in (
            ("at first", "first"),
            ("unchanged", "unchanged"),
            ("after one edit", "edited"),
        ):
            if figures is None:
                rows.append((f"faster than {name} {title}", "unknown"))
            else:
                times = getattr(figures, part).seconds / getattr(ours, part).seconds
                rows.append((f"faster than {name} {title} ({times:.1f} times)", met(times > 1)))
    return rows


def _median(runs: Sequence[Run]) -> Run:
    return sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
