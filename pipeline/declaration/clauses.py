"""A declaration's text as sections and clauses, found by the ids of its headings.

Neither text is the translation of the other: what they share is the skeleton of ids. Numbers are
made here, never typed, so that references come out right in every language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import Place, Problem
from pipeline.texts import ast
from pipeline.texts.pandoc import Node
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind, join

SECTION, _CLAUSE = 1, 2
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


@dataclass(frozen=True)
class Clause:
    """A section (level 1) or clause (level 2) of one text; ``line`` is that of its heading.

    ``key`` is its id; where that is missing or was given before, a made-up one, so that a draft
    prints every clause, and once. No written id has the form of a made-up one.
    """

    id: str
    key: str
    level: int
    title: tuple[Node, ...]
    blocks: tuple[Node, ...]
    line: int


def clauses(text: Text) -> tuple[list[Clause], list[Problem]]:
    """The clauses of a declaration in order; headings without an id and doubles as problems."""
    found: list[Clause] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for segment, blocks in zip(text.body.segments, text.body.blocks, strict=True):
        place = Place(text.file.path, text.source.body_line + segment.line)
        header = blocks[0] if segment.kind is SegmentKind.HEADING and blocks else None
        if header is not None and header["c"][0] <= _CLAUSE:
            level, (identifier, _classes, _pairs), title = header["c"]
            if not identifier:
                problems.append(Problem("clause-without-id", place))
            elif identifier in seen:
                problems.append(Problem("id-duplicate", place, {"id": identifier}))
            wrong = not identifier or identifier in seen
            key = f"{identifier}~{len(found) + 1}" if wrong else identifier
            seen.add(identifier)
            found.append(Clause(identifier, key, level, tuple(title), (), place.line))
        elif found:
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, *blocks))
        elif blocks:
            problems.append(Problem("clause-before-first", place))
    return found, problems


def raw_clause(text: Text, found: Sequence[Clause], clause: Clause) -> str:
    """The Markdown of a clause, from its heading to the next clause's, without its comments."""
    end = _end(found, clause)
    return join(
        [
            segment
            for segment in text.body.segments
            if segment.kind is not SegmentKind.COMMENT
            and clause.line <= text.source.body_line + segment.line
            and (end is None or text.source.body_line + segment.line < end)
        ]
    )


def _end(found: Sequence[Clause], clause: Clause) -> int | None:
    """The line of the heading that follows a clause; None where it is the last."""
    return min((c.line for c in found if c.line > clause.line), default=None)


def exact_lines(text: Text, found: Sequence[Clause], clause: Clause) -> tuple[int, int]:
    """Where a clause stands in the lines of its file (from 0): its first, and the one after it."""
    end = _end(found, clause)
    return clause.line - 1, (len(lines_of(text.source.raw)) if end is None else end - 1)


def lines_of(raw: str) -> list[str]:
    """The lines of a file with their ends, as editors and `Place` count them."""
    return _LINE.findall(raw)


def numbers(found: Sequence[Clause], preamble_ids: Collection[str]) -> Mapping[str, int]:
    """The number of every numbered clause by key: all but the preamble's, in order, from 1."""
    result: dict[str, int] = {}
    in_preamble = False
    for clause in found:
        if clause.level == SECTION:
            in_preamble = clause.id in preamble_ids
        elif not in_preamble:
            result[clause.key] = len(result) + 1
    return result


def same_skeleton(texts: Mapping[str, tuple[Text, Sequence[Clause]]]) -> Iterable[Problem]:
    """Every text has the clauses of every other, in the same order."""
    union = [c.id for _text, found in texts.values() for c in found if c.id == c.key]
    orders: dict[str, list[str]] = {}
    for language, (text, found) in texts.items():
        ids = [clause.id for clause in found if clause.id == clause.key]
        orders[language] = ids
        for missing in (identifier for identifier in dict.fromkeys(union) if identifier not in ids):
            yield Problem("clause-missing", Place(text.file.path), {"id": missing})
    first, *others = orders.items()
    for language, ids in others:
        common = [i for i in first[1] if i in ids]
        ordered = [i for i in ids if i in first[1]]
        if common != ordered:
            where = next(b for a, b in zip(common, ordered, strict=False) if a != b)
            text, found = texts[language]
            line = next(c.line for c in found if c.key == where)
            yield Problem("clause-order", Place(text.file.path, line), {"id": where})


def dangling(text: Text, found: Sequence[Clause]) -> Iterable[Problem]:
    """References to clauses that do not exist."""
    known = {clause.id for clause in found} | set(_anchors(found))
    for clause in found:
        for node in ast.walk(clause.blocks):
            if node["t"] == "Link" and node["c"][2][0].startswith("#"):
                target = node["c"][2][0][1:]
                if target not in known:
                    place = Place(text.file.path, clause.line)
                    yield Problem("clause-reference", place, {"id": target, "clause": clause.id})


def _anchors(found: Sequence[Clause]) -> Iterable[str]:
    """The ids of the anchors of items (``1. []{#id}…``)."""
    for clause in found:
        for node in ast.walk(clause.blocks):
            if node["t"] == "Span" and node["c"][0][0] and not node["c"][1]:
                yield node["c"][0][0]
