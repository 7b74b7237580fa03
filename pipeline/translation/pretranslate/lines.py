"""Where a problem stands once its file was written: what was found was found before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.errors import Problem
from pipeline.texts.source import unify_lines

Rewritten = Mapping[str, tuple[str, str]]
"""By path, what a file held and what it holds now."""


def as_written(problem: Problem, rewritten: Rewritten) -> Problem:
    """The problem at the line where its words stand now, in its place and in its sentence."""
    contents = rewritten.get(problem.place.file)
    if contents is None or not problem.place.line:
        return problem
    values = dict(problem.values)
    if isinstance(said := values.get("line"), int):
        values["line"] = _line_now(said, *contents)
    place = replace(problem.place, line=_line_now(problem.place.line, *contents))
    return replace(problem, place=place, values=values)


def _line_now(line: int, before: str, now: str) -> int:
    """The number of a line that is still there; as it was, for one that is not.

    >>> _line_now(2, "a\\nb\\n", "a\\nx\\nb\\n")
    3
    """
    for start, end, start_now in _same(before, now):
        if start < line <= end:
            return start_now + line - start
    return line


@lru_cache(maxsize=1)
def _same(before: str, now: str) -> Sequence[tuple[int, int, int]]:
    """The runs of lines that both have: from where to where, and where they begin now; a file's
    problems follow each other."""
    from rapidfuzz.distance import Indel

    codes = Indel.opcodes(_lines(before), _lines(now))
    return [(c.src_start, c.src_end, c.dest_start) for c in codes if c.tag == "equal"]


def _lines(text: str) -> list[str]:
    """As problems count them: what else Python takes for the end of a line is none."""
    return unify_lines(text).split("\n")
