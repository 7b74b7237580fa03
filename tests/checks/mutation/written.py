"""Pairs written out by hand, each with the errors planted in it: no slot, no generator.

A pair is a line, French ‖ Japanese; below it, ``> class: what stands there → what is put instead``,
on the side that has it (the Japanese one first). ``\\n`` is a new line.
"""

from __future__ import annotations

from pathlib import Path

from tests.checks.mutation.generate import Correct, Mutant

FILES = sorted(Path(__file__).parent.glob("written_*.txt"))


def written() -> tuple[list[Correct], list[Mutant]]:
    """The pairs of all files and their mutants."""
    pairs: list[Correct] = []
    errors: list[Mutant] = []
    lines = [line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        text = line.replace("\\n", "\n")
        if not text or text.startswith("# "):
            continue
        if not text.startswith("> "):
            fr, ja = text.split(" ‖ ")
            pairs.append(Correct(fr, ja, (fr, ja), ()))
            continue
        errors.append(_planted(pairs[-1], text.removeprefix("> ")))
    return pairs, errors


def _planted(pair: Correct, error: str) -> Mutant:
    kind, _colon, change = error.partition(": ")
    old, _arrow, new = change.partition(" →")
    new = new.removeprefix(" ")
    if old in pair.ja:
        return Mutant(kind, pair.fr, pair.ja.replace(old, new, 1))
    if old not in pair.fr:
        raise ValueError(f"{old!r} stands in neither side of {pair.fr!r}")
    return Mutant(kind, pair.fr.replace(old, new, 1), pair.ja)
