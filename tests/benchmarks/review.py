"""``python -m tests.benchmarks.review``: `actes review` from the command to its first page, and what
a filter and a search then take; with nothing under ``build/``, and once everything was read before.

The event is that of the other benchmarks; in some texts a passage is the machine's, and of some the
original has changed.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.actes import ENVIRONMENT, PROGRAM
from tests.benchmarks.generator import LANGUAGES, change, path, summaries, write_event

FIRST_PAGE = 1.0
_LARGE = 1_000
_EVERY = 40
_ADDRESS = re.compile(r"http://\S+/\?token=\S+")
_CARD = "<article "


@dataclass(frozen=True)
class Figures:
    """Seconds until the page was there, ``cards`` on it, and seconds until everything was read;
    then what a filter and a search took."""

    first: float
    cards: int
    whole: float
    filtered: float
    searched: float


class Visit:
    """One `actes review`, visited as a browser does."""

    def __init__(self, root: Path) -> None:
        self._start = time.perf_counter()
        self._process = subprocess.Popen(
            [*PROGRAM, "review", "--no-open", "-C", str(root)],
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._address = self._read_address()
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def first(self) -> tuple[float, str]:
        """The first page, and how long after the command it was there."""
        page = self._get(self._address)
        return time.perf_counter() - self._start, page

    def timed(self, query: str) -> float:
        """How long a list takes, the median of a few."""
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            self._get(f"{self._origin}/list?{query}")
            taken.append(time.perf_counter() - start)
        return statistics.median(taken)

    def read_everything(self) -> float:
        """Wait until every text was read; how long after the command that was."""
        while 'id="reading"' in json.loads(self._get(f"{self._origin}/list"))["parts"]["progress"]:
            time.sleep(0.2)
        return time.perf_counter() - self._start

    def end(self) -> None:
        """Ctrl-C."""
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=30)

    def _read_address(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if found := _ADDRESS.search(line):
                return found[0]
        raise RuntimeError(f"no address: exit code {self._process.wait()}")

    @property
    def _origin(self) -> str:
        return self._address.partition("/?")[0]

    def _get(self, address: str) -> str:
        with self._opener.open(address) as answer:
            return str(answer.read().decode())


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.review", description=__doc__)
    parser.add_argument("--texts", type=int, default=_LARGE)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="actes-bench-") as name:
        root = Path(name) / "event"
        write_event(root, options.texts)
        _unsettle(root, options.texts)
        _visit(root)  # once unmeasured: bytecode and libraries are then in memory
        cold = [_visit(root, fresh=True) for _ in range(options.runs)]
        warm = [_visit(root) for _ in range(options.runs)]
    print(table(options.texts, cold, warm))


def _visit(root: Path, *, fresh: bool = False) -> Figures:
    if fresh:
        shutil.rmtree(root / "build", ignore_errors=True)
    visit = Visit(root)
    try:
        first, page = visit.first()
        whole = visit.read_everything()
        filtered, searched = visit.timed("show=machine"), visit.timed("show=whole&q=2024")
    finally:
        visit.end()
    return Figures(first, page.count(_CARD), whole, filtered, searched)


def _unsettle(root: Path, count: int) -> None:
    """Some originals change after their approval, and some passages are the machine's."""
    for number, summary in enumerate(summaries(count)):
        if number % _EVERY == 0:
            change(root, summary, number)
        elif number % _EVERY == 1:
            other = next(tag for tag in LANGUAGES if tag != summary.original)
            file = path(root, summary, other)
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("<!-- reviewed", "<!-- machine", 1), encoding="utf-8")


def table(count: int, cold: Sequence[Figures], warm: Sequence[Figures]) -> str:
    """The medians, a line each, with what was to be reached."""
    lines = [f"{count:,} texts".ljust(34) + "nothing kept".rjust(14) + "opened before".rjust(15)]
    for title, part in (
        ("command to first page", "first"),
        ("command to everything read", "whole"),
        ("a filter over everything", "filtered"),
        ("a search in everything", "searched"),
    ):
        cells = [statistics.median(getattr(one, part) for one in runs) for runs in (cold, warm)]
        lines.append(
            title.ljust(34) + f"{cells[0]:.2f} s".rjust(14) + f"{cells[1]:.2f} s".rjust(15)
        )
    cards = [min(one.cards for one in runs) for runs in (cold, warm)]
    lines.append(
        "  cards on the first page".ljust(34) + f"{cards[0]}".rjust(14) + f"{cards[1]}".rjust(15)
    )
    slowest = max(statistics.median(one.first for one in runs) for runs in (cold, warm))
    verdict = "met" if slowest <= FIRST_PAGE else "MISSED"
    return "\n".join(
        [*lines, "", f"{verdict:<8}the first page within {FIRST_PAGE:g} s: {slowest:.2f} s"]
    )


if __name__ == "__main__":
    main()
