"""The whole file of a text from two branches. Pure: how a body is split is passed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.errors import ActesError
from pipeline.texts.segments import Segment
from pipeline.texts.source import Source, parse_source
from pipeline.translation.approvals import with_front
from pipeline.translation.merge.body import Lines, disputed, of_counterparts, of_originals
from pipeline.translation.merge.front import NOTHING, Front, of_fronts, read_front

Split = Callable[[Sequence[Source]], Sequence[Sequence[Segment] | None]]
"""The segments of several texts, None for one that cannot be read."""
Marked = Callable[[str, str, str], str]
"""A merge of three texts line by line, git's marks around what is in conflict."""


@dataclass(frozen=True)
class Tools:
    """What a merge calls: how bodies are split, and git's merge of lines (`Lines`, `Marked`)."""

    split: Split
    lines: Lines
    marked: Marked


@dataclass(frozen=True)
class Result:
    """A merged file, and how many conflicts a person has to settle in it."""

    content: bytes
    conflicts: int


def merged(base: bytes, ours: bytes, theirs: bytes, path: str, tools: Tools) -> Result:
    """Two versions of the text at ``path`` as one; ``base`` is empty where both began it.

    Nothing is raised and nothing guessed: what cannot be read is merged by lines, and where lines
    are in conflict, both versions stand one after the other, whole.
    """
    try:
        return _merged(base, ours, theirs, path, tools)
    except ActesError:
        return _by_lines(base, ours, theirs, tools)


def _merged(base: bytes, ours: bytes, theirs: bytes, path: str, tools: Tools) -> Result:
    sources = [parse_source(f"{path}.{n}", side) for n, side in enumerate((base, ours, theirs))]
    fronts = _fronts(sources, path)
    if fronts is None:
        return _original(sources, tools)
    bodies = tools.split(sources)
    first, mine, other = bodies
    if first is None or mine is None or other is None:
        return _by_lines(base, ours, theirs, tools)
    body = of_counterparts(first, mine, other)
    front, conflicts = of_fronts(*fronts, path)
    content = with_front(sources[1], front) + body.text
    return Result(content.encode("utf-8"), body.conflicts + conflicts)


def _fronts(sources: Sequence[Source], path: str) -> tuple[Front, Front, Front] | None:
    """The metadata of three versions of a counterpart; None where it is another text."""
    base, ours, theirs = (
        read_front(source.front, path) if source.front is not None else None for source in sources
    )
    return None if ours is None or theirs is None else (base or NOTHING, ours, theirs)


def _original(sources: Sequence[Source], tools: Tools) -> Result:
    """A text without comments: merged line by line, by blocks where lines are in conflict."""
    base, ours, theirs = sources
    whole = tools.lines(base.raw, ours.raw, theirs.raw)
    if whole is not None:
        return Result(whole.encode("utf-8"), 0)
    first, mine, other = tools.split(sources)
    if first is None or mine is None or other is None or ours.front is None:
        return Result(disputed(ours.raw, theirs.raw).encode("utf-8"), 1)
    fronts = (base.front or "", ours.front, theirs.front or "")
    agreed = tools.lines(*fronts)
    front = tools.marked(*fronts) if agreed is None else agreed
    body = of_originals(first, mine, other, tools.lines)
    content = with_front(ours, front) + body.text
    return Result(content.encode("utf-8"), body.conflicts + (agreed is None))


def _by_lines(base: bytes, ours: bytes, theirs: bytes, tools: Tools) -> Result:
    sides = [side.decode("utf-8", "surrogateescape") for side in (base, ours, theirs)]
    whole = tools.lines(sides[0], sides[1], sides[2])
    text = disputed(sides[1], sides[2]) if whole is None else whole
    return Result(text.encode("utf-8", "surrogateescape"), int(whole is None))
