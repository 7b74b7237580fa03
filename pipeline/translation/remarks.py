"""What is wrong with the comments of a counterpart, which otherwise would only be left out."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import Place, Problem, Severity
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind
from pipeline.translation.counterpart import pair
from pipeline.translation.marker import WORDS, looks_ours, parse_marker
from pipeline.translation.passages import Passage
from pipeline.workspace.schema import nearest

_LONGEST = 40


def marker_problems(counterpart: Text, original: Text | None) -> Iterable[Problem]:
    """Comments that look like a segment's and are not read as one; passages without a source."""
    for segment in counterpart.body.segments:
        if segment.kind is not SegmentKind.COMMENT or parse_marker(segment.raw) is not None:
            continue
        if looks_ours(segment.raw):
            yield _unread(_first_word(segment.raw), _place(counterpart, segment.line))
    if original is not None:
        for found in pair(original.body.segments, counterpart.body.segments):
            if found.source is None and found.passage is not None and _has_words(found.passage):
                place = _place(counterpart, _first_line(counterpart, found.passage))
                yield Problem("passage-orphaned", place, severity=Severity.REMARK)


def _first_word(comment: str) -> str:
    words = comment.partition("<!--")[2].split(None, 1)
    return words[0] if words else ""


def _unread(word: str, place: Place) -> Problem:
    shown = word[:_LONGEST]
    if word.lower() in WORDS:
        return Problem("marker-unreadable", place, {"word": shown})
    near = nearest(word, WORDS) or ", ".join(WORDS)
    return Problem("marker-unknown", place, {"word": shown, "nearest": near})


def _has_words(passage: Passage) -> bool:
    """Not only an ordinary comment before the first passage; a damaged comment is said itself."""
    if passage.marker is None and passage.comment is not None:
        return False
    kinds = {segment.kind for segment in passage.segments}
    return passage.marker is not None or bool(kinds - {SegmentKind.COMMENT})


def _first_line(text: Text, passage: Passage) -> int:
    first = passage.comment if passage.comment is not None else passage.indices[0]
    return text.body.segments[first].line


def _place(text: Text, line: int) -> Place:
    return Place(text.file.path, text.source.body_line + line)
