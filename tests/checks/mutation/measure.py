"""How many planted errors the rules find, and how many correct pairs they block."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pipeline.checks.model import Pair, Side, Weight
from pipeline.checks.rules.registry import findings
from tests.checks.mutation.generate import BLOCKING, CLAUSES, Correct, Mutant
from tests.checks.mutation.register import FACTS

Finder = Callable[[str, str], tuple[bool, bool]]
"""Of a French and a Japanese text: whether something blocks, whether anything is found."""


@dataclass
class Figures:
    """Counts by class: planted and found; correct pairs, and those that raised a false alarm."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    pairs: int = 0
    blocked: int = 0
    asked: int = 0
    missed: list[Mutant] = field(default_factory=list)
    alarms: list[Correct] = field(default_factory=list)

    def share(self, kinds: Iterable[str]) -> float:
        """The share found of all errors of ``kinds``."""
        kinds = list(kinds)
        planted = sum(self.planted[k] for k in kinds)
        return sum(self.found[k] for k in kinds) / planted if planted else 1.0


def ours(fr: str, ja: str) -> tuple[bool, bool]:
    """What the rules say."""
    found = findings(Pair(Side(fr, "fr"), Side(ja, "ja"), FACTS))
    return any(f.weight is Weight.BLOCK for f in found), bool(found)


def measure(pairs: Iterable[Correct], errors: Iterable[Mutant], finder: Finder = ours) -> Figures:
    """The figures of ``finder``; an error that can block counts as found only if it blocks."""
    figures = Figures()
    for pair in pairs:
        blocks, asks = finder(pair.fr, pair.ja)
        figures.pairs += 1
        figures.blocked += blocks
        figures.asked += asks
        if asks:
            figures.alarms.append(pair)
    for error in errors:
        blocks, asks = finder(error.fr, error.ja)
        hit = blocks if error.kind in BLOCKING | CLAUSES else asks
        figures.planted[error.kind] += 1
        figures.found[error.kind] += hit
        if not hit:
            figures.missed.append(error)
    return figures
