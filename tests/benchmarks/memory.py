"""``python -m tests.benchmarks.memory``: the translation memory at 100,000 units.

Measured in each direction, French and Japanese: the index built from nothing, opened unchanged, and
after one of a hundred files has changed; look-ups of a unit that is there, and of one in which a
word was changed, with how often what comes first is as near as the unit it was made from. Beside
it, the same look-up by comparing with every text in turn (rapidfuzz), which an index must beat.
Seconds are of the processor: all of it happens in one process, and a busy machine does not count.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TypeVar

from pipeline.translation.fingerprint import normalised
from pipeline.translation.memory.entries import Entry, Input
from pipeline.translation.memory.index import Memory, open_memory
from pipeline.translation.memory.score import scores
from tests.benchmarks.vocabulary import AIMS, Words, sentences

Result = TypeVar("Result")
_FILES = 100
_EXTRA = {"fr": "désormais", "ja": "現在では"}


@dataclass(frozen=True)
class Figures:
    """Seconds; ``size`` in bytes, ``found`` the share of changed units that their origin, or one as near, came first for."""

    build: float
    opened: float
    updated: float
    size: int
    exact: Sequence[float]
    near: Sequence[float]
    scan: Sequence[float]
    found: float


def units(count: int, seed: int = 3) -> list[Words]:
    """``count`` different units of one or two sentences, in both languages."""
    random = Random(seed)
    made: dict[str, Words] = {}
    while len(made) < count:
        unit = sentences(random, random.randint(1, 2))
        made.setdefault(unit["fr"], unit)
    return list(made.values())


def measure(made: Sequence[Words], source: str, target: str, asked: int, folder: Path) -> Figures:
    """The figures of one direction, with ``asked`` look-ups of each kind."""

    def read(number: int) -> list[Entry]:
        return [
            Entry(source, target, unit[source], unit[target], "reviewed", f"{number}.md")
            for unit in made[number::_FILES]
        ]

    file = folder / f"{source}.sqlite"
    inputs = [Input(f"{number}.md", "1", partial(read, number)) for number in range(_FILES)]
    build, memory = _timed(partial(open_memory, folder, file, inputs))
    memory.close()
    size = file.stat().st_size
    opened, memory = _timed(partial(open_memory, folder, file, inputs))
    memory.close()
    inputs[7] = Input("7.md", "2", lambda: read(7)[1:])
    updated, memory = _timed(partial(open_memory, folder, file, inputs))
    random = Random(5)
    known = [unit[source] for unit in random.sample(list(made), asked)]
    exact = [_timed(partial(memory.exact, text, source, target))[0] for text in known]
    changed = [_changed(text, source) for text in known]
    near, found = _near(memory, known, changed, source, target)
    memory.close()
    scan = [_scanned(text, [unit[source] for unit in made]) for text in changed[:20]]
    return Figures(build, opened, updated, size, exact, near, scan, found)


def _near(
    memory: Memory, known: Sequence[str], changed: Sequence[str], source: str, target: str
) -> tuple[list[float], float]:
    seconds, hits = [], 0
    for text, asked in zip(known, changed, strict=True):
        taken, matches = _timed(partial(memory.search, asked, source, target))
        seconds.append(taken)
        hits += bool(matches) and matches[0].score >= _score(asked, text, source)
    return seconds, hits / len(known)


def _score(asked: str, text: str, language: str) -> float:
    found = scores(normalised(asked), {0: normalised(text)}, language, 0.0)
    return found[0].score


def _changed(text: str, language: str) -> str:
    """The unit with an aim replaced where it has one, and a word before it."""
    for aim, other in pairwise(AIMS):
        if aim[language] in text:
            text = text.replace(aim[language], other[language], 1)
            break
    return f"{_EXTRA[language]} {text}"


def _scanned(text: str, texts: Sequence[str]) -> float:
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    scorer = Levenshtein.normalized_similarity
    return _timed(partial(process.extract, text, texts, scorer=scorer, score_cutoff=0.6))[0]


def _timed(call: Callable[[], Result]) -> tuple[float, Result]:
    start = time.process_time()
    result = call()
    return time.process_time() - start, result


def main() -> None:
    """Measure both directions and print a line a figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory", description=__doc__)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--look-ups", type=int, default=300)
    options = parser.parse_args()
    made = units(options.units)
    print(f"{len(made)} units, {options.look_ups} look-ups of each kind (median; 95 of 100 below)")
    for source, target in (("fr", "ja"), ("ja", "fr")):
        with tempfile.TemporaryDirectory(prefix="actes-memory-") as name:
            found = measure(made, source, target, options.look_ups, Path(name))
        print(f"{source} → {target}")
        print(f"  built             {found.build:8.2f} s    {found.size / 1e6:.0f} MB")
        print(f"  opened unchanged  {found.opened * 1e3:8.2f} ms")
        print(f"  1 file of {_FILES}     {found.updated * 1e3:8.2f} ms")
        print(f"  exact look-up     {_spread(found.exact)}")
        print(
            f"  near look-up      {_spread(found.near)}   as near as its origin: {found.found:.0%}"
        )
        print(f"  compare with all  {_spread(found.scan)}")


def _spread(seconds: Sequence[float]) -> str:
    high = statistics.quantiles(seconds, n=20)[-1]
    return f"{statistics.median(seconds) * 1e3:8.2f} ms   {high * 1e3:.2f} ms"


if __name__ == "__main__":
    main()
