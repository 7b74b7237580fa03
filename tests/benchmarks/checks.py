"""``python -m tests.benchmarks.checks``: planted errors found by class, beside translate-toolkit.

Pairs written out one by one, with the errors planted by hand; generated from the sentences that
the rules were made with, and from others written afterwards (held out); whole declarations, of
which one side lost a clause, merged two, or moved one.
translate-toolkit's checks are those of ``pofilter --language=ja``; it knows no blocking rules, so
for it any failure counts as found, and any failure on a correct pair as a false alarm.

Then what `actes check` and `actes status` take on an event of many texts, each with nothing under
``build/``, and once more.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.actes import ENVIRONMENT, PROGRAM
from tests.benchmarks.generator import write_event
from tests.benchmarks.measure import Run, run
from tests.checks.mutation import held_out, templates
from tests.checks.mutation.declarations import declarations, read_all
from tests.checks.mutation.generate import BLOCKING, CLAUSES, QUESTIONS, correct_pairs, mutants
from tests.checks.mutation.measure import Figures, measure, ours
from tests.checks.mutation.written import written

_SEED = 20241121
_LARGE = 1_000
_MOST = {"status, first": 15.0, "status, again": 0.6, "check, again": 1.0}
"""Seconds of processor time that were to be reached."""


def pofilter(fr: str, ja: str) -> tuple[bool, bool]:
    """Whether any of pofilter's checks for Japanese fails on the pair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from translate.filters import checks
        from translate.storage import po

        config = checks.CheckerConfig(targetlanguage="ja")
        unit = po.pounit(fr)
        unit.target = ja
        failed = checks.StandardChecker(checkerconfig=config).run_filters(unit)
    return bool(failed), bool(failed)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of each list."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.checks", description=__doc__)
    parser.add_argument("--pairs", type=int, default=600, help="correct pairs of each list")
    parser.add_argument("--declarations", type=int, default=30, help="declarations")
    parser.add_argument("--texts", type=int, default=_LARGE, help="texts of the event")
    options = parser.parse_args(arguments)
    lists = [("written by hand", *written(), ours)]
    for title, sentences in (("made with", templates), ("held out", held_out)):
        pairs = correct_pairs(sentences.TEMPLATES, options.pairs, _SEED)
        lists.append((f"generated, sentences {title}", pairs, list(mutants(pairs, _SEED)), ours))
    pairs, errors = declarations(options.declarations, _SEED)
    lists.append(("declarations", pairs, errors, read_all(pairs, errors)))
    for title, pairs, errors, finder in lists:
        mine, theirs = measure(pairs, errors, finder), measure(pairs, errors, pofilter)
        print(table(title, mine, theirs), end="\n\n")
    print(times(options.texts))
    counts = (sum(len(rows[place]) for rows in lists) for place in (1, 2))
    print("in all: {} correct pairs, {} planted errors".format(*counts))


def table(title: str, mine: Figures, theirs: Figures) -> str:
    """The figures by class, one line each."""
    lines = [f"{title}: {mine.pairs} correct pairs, {sum(mine.planted.values())} planted errors"]
    lines.append(f"{'class':<16}{'planted':>8}{'actes':>9}{'pofilter':>10}")
    for kind in sorted(mine.planted, key=lambda k: (k in QUESTIONS, k)):
        row = (mine.found[kind], theirs.found[kind])
        shares = [f"{100 * found / mine.planted[kind]:.1f} %" for found in row]
        lines.append(f"{kind:<16}{mine.planted[kind]:>8}{shares[0]:>9}{shares[1]:>10}")
    for name, kinds in (("can block", BLOCKING | CLAUSES), ("questions", QUESTIONS)):
        lines.append(
            f"{name:<24}{100 * mine.share(kinds):>7.1f} %{100 * theirs.share(kinds):>8.1f} %"
        )
    alarms = [100 * figures.blocked / figures.pairs for figures in (mine, theirs)]
    lines.append(f"{'false alarms, blocking':<24}{alarms[0]:>7.1f} %{alarms[1]:>8.1f} %")
    lines.append(f"{'correct pairs asked of':<24}{100 * mine.asked / mine.pairs:>7.1f} %")
    return "\n".join(lines)


def times(count: int) -> str:
    """What both commands take on ``count`` texts with their counterparts, and what was to be
    reached."""
    with tempfile.TemporaryDirectory(prefix="actes-bench-") as name:
        folder = Path(name)
        write_event(folder / "event", count)

        def took(command: str) -> Run:
            return run([*PROGRAM, command, "-C", str(folder / "event")], folder, ENVIRONMENT)

        rows = {}
        for title in ("check, first", "status, first", "status, again", "check, again"):
            if title.endswith("first"):
                shutil.rmtree(folder / "event/build", ignore_errors=True)
            rows[title] = took(title.partition(",")[0])
    lines = [f"{count:,} texts".ljust(24) + "processor".rjust(12) + "elapsed".rjust(12)]
    lines += [
        title.ljust(24) + f"{row.cpu:.2f} s".rjust(12) + f"{row.seconds:.2f} s".rjust(12)
        for title, row in rows.items()
    ]
    if count >= _LARGE:
        for title, most in _MOST.items():
            verdict = "met" if rows[title].cpu <= most else "MISSED"
            lines.append(f"{verdict:<8}{title}: at most {most:g} s of processor time")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
