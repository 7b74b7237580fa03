"""Where a problem stands once its file was written: what was found was found before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import Match, SequenceMatcher
from functools import lru_cache

from pipeline.errors import Problem

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
    for block in _same(before, now):
        if block.a < line <= block.a + block.size:
            return block.b + line - block.a
    return line


@lru_cache(maxsize=1)
def _same(before: str, now: str) -> Sequence[Match]:
    """The runs of lines that both have; a file's problems follow each other."""
    lines = before.splitlines(), now.splitlines()
    return SequenceMatcher(None, *lines, autojunk=False).get_matching_blocks()
