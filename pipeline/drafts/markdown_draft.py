"""A Markdown draft: its title and its body, which is left as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pipeline.errors import ActesError, Problem, Severity
from pipeline.texts import ast
from pipeline.texts.bodies import Body
from pipeline.texts.read import read_body
from pipeline.texts.segments import SegmentKind
from pipeline.texts.source import Source, parse_source, unify_lines
from pipeline.workspace.yaml import Document, parse

_PATH = "sources/import/draft.md"  # where images are looked for from, as for a Word draft


def read_markdown(text: str, file: str) -> tuple[str, str, tuple[Problem, ...]]:
    """The title (may be empty) and body of a draft, and what the build will refuse in it.

    The title is the head's; in a draft without head, its first heading if that is the only one of
    its level. Only line ends of the body change. Raises ActesError for a head that is no YAML and
    as `check_bounds` does, at the place in ``file``.
    """
    try:
        source = parse_source(_PATH, text.encode("utf-8"))
        document = None if source.front is None else parse(source.front, _PATH, line_offset=1)
        body, problems = read_body(source)
    except ActesError as error:
        raise ActesError(_in_file(error.problems, file), error.code) from None
    head: Mapping[str, Any] = _head(document)
    left = [key for key in head if key != "title"]
    if document is not None and left:
        place, values = document.place((left[0],)), {"keys": ", ".join(left)}
        problems = (Problem("import-head", place, values, Severity.REMARK), *problems)
    title, kept = head.get("title"), source.body
    if source.front is None and body is not None:
        title, kept = _first_heading(source, body)
    kept = unify_lines(kept).strip("\n")
    said = tuple(_in_file(problems, file))
    return (title.strip() if isinstance(title, str) else ""), f"{kept}\n" if kept else "", said


def _head(document: Document | None) -> Mapping[str, Any]:
    return document.value if document is not None and isinstance(document.value, dict) else {}


def _first_heading(source: Source, body: Body) -> tuple[str, str]:
    """The words of the heading that is a text's title, and the body without it."""
    tops = [
        (index, blocks[0])
        for index, blocks in enumerate(body.blocks)
        if body.segments[index].kind is SegmentKind.HEADING and blocks and blocks[0]["c"][0] == 1
    ]
    before = next((i for i, s in enumerate(body.segments) if s.kind is not SegmentKind.LEADING), 0)
    if len(tops) != 1 or tops[0][0] != before:
        return "", source.body
    rest = "".join(segment.raw + segment.after for segment in body.segments[before + 1 :])
    return ast.plain_text(tops[0][1]["c"][2]), rest


def _in_file(problems: Iterable[Problem], file: str) -> Iterable[Problem]:
    return [replace(problem, place=replace(problem.place, file=file)) for problem in problems]
