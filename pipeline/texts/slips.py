"""Slips of the pen in Markdown, which pandoc reads without a word and prints as nobody meant.

A note that has no mark or whose label serves twice is not printed; a mark without its note, and
what only looks like Markdown (`lookalikes`), is printed as it is typed; a box that is not closed
takes in the rest of the text, and a comment what comes before the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipeline.errors import Place, Problem, Severity
from pipeline.texts import ast, pandoc
from pipeline.texts.lookalikes import lookalikes
from pipeline.texts.segments import Segment, SegmentKind, definitions
from pipeline.texts.source import Source, unify_lines

_MARK = re.compile(r"(?<!\\)\[\^[^\]\s]+\]")
_COUNTERPART = re.compile(r"^translation:", re.MULTILINE)
_END = re.compile(r"^[ \t]*-->[ \t]*$", re.MULTILINE)
_WITHIN = re.compile(r"(?<=\n)<!--")  # a comment begins in another
_FENCE = re.compile(r"^[ \t]{0,3}:{3,}[ \t]*(?P<name>[^\s:].*)?$", re.MULTILINE)

_TYPED = frozenset({SegmentKind.COMMENT, SegmentKind.CODE, SegmentKind.RAW})


def slips(
    source: Source, segments: Sequence[Segment], blocks: Sequence[Sequence[pandoc.Node]]
) -> Iterator[Problem]:
    """What is likely a slip in a body; ``blocks`` are those of each segment, as they were let in.

    In a counterpart a mark may wait for its note to be translated: there it is but a remark. What
    its comments lack is said where they are read (`translation.remarks`).
    """
    yield from _notes(source, segments, blocks)
    for segment, nodes in zip(segments, blocks, strict=True):
        words = unify_lines(segment.raw)
        table = any(node["t"] == "Table" for node in ast.walk(nodes))
        for rule, before in () if table else lookalikes(segment.kind, words):
            severity = Severity.ERROR if rule == "table-joined" else Severity.REMARK
            yield Problem(rule, _place(source, segment, before), {}, severity)
        if segment.kind not in _TYPED and (found := _bare_stars(words, nodes)) is not None:
            yield Problem("bold-open", _place(source, segment, found), {}, Severity.REMARK)
        if segment.kind is SegmentKind.COMMENT:
            if not _is_counterpart(source) and _WITHIN.search(words):
                yield Problem("comment-unended", _place(source, segment))
        elif segment.kind is SegmentKind.BOX:
            fences = Counter(bool(fence["name"]) for fence in _FENCE.finditer(words))
            if fences[True] > fences[False]:
                yield Problem("box-open", _place(source, segment))
        end = _END.search(words) if segment.kind not in _TYPED else None
        if end:
            yield Problem("comment-unbegun", _place(source, segment, words[: end.start()]))


def _notes(
    source: Source, segments: Sequence[Segment], blocks: Sequence[Sequence[pandoc.Node]]
) -> Iterable[Problem]:
    """Notes that no mark refers to, notes of one label, and marks that refer to no note."""
    marks = Counter(mark for other in segments for mark in _MARK.findall(other.raw))
    if not marks:
        return
    lines: dict[str, int] = {}
    for segment in definitions(segments):
        if segment.kind is not SegmentKind.FOOTNOTE:
            continue
        label = segment.raw.lstrip()[1:].split("]", 1)[0]
        place = _place(source, segment)
        if label in lines:
            yield Problem("footnote-twice", place, {"label": label, "line": lines[label]})
        elif marks[f"[{label}]"] < 2:  # noqa: PLR2004 - the definition and at least one mark
            yield Problem("footnote-uncited", place, {"label": label}, Severity.REMARK)
        lines.setdefault(label, source.body_line + segment.line)
    lost = {mark for mark in marks if mark[1:-1] not in lines}
    severity = Severity.REMARK if _is_counterpart(source) else Severity.ERROR
    for segment, nodes in zip(segments, blocks, strict=True):
        for mark in _printed(lost.intersection(_MARK.findall(segment.raw)), nodes):
            place = _place(source, segment, segment.raw.split(mark, 1)[0])
            yield Problem("footnote-missing", place, {"label": mark[1:-1]}, severity)


def _bare_stars(words: str, nodes: Sequence[pandoc.Node]) -> str | None:
    """What precedes the first ** that is printed as it is typed; None without one.

    Those that an author escapes, or sets apart from all words, are meant to be printed.
    """
    if "**" not in words or "\\*" in words:
        return None
    printed = (node["c"] for node in ast.walk(nodes) if node["t"] == "Str")
    word = next((word for word in printed if "**" in word and word.strip("*")), None)
    return None if word is None else words[: max(words.find(word), 0)]


def _is_counterpart(source: Source) -> bool:
    return bool(source.front and _COUNTERPART.search(source.front))


def _printed(marks: Iterable[str], nodes: Sequence[pandoc.Node]) -> list[str]:
    """Those of ``marks`` that stand among the words, rather than in code or a comment."""
    wanted = sorted(marks)
    if not wanted:
        return []
    words = [node["c"] for node in ast.walk(nodes) if node["t"] == "Str"]
    return [mark for mark in wanted if any(mark in word for word in words)]


def _place(source: Source, segment: Segment, before: str = "") -> Place:
    """The line of a segment that comes after ``before``, its beginning."""
    lines = unify_lines(before).count("\n")
    return Place(source.path, source.body_line + segment.line + lines)
