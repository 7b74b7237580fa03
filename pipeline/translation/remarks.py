"""What is wrong with what a counterpart says of its passages and values, which otherwise would only
be left out."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import Place, Problem, Severity
from pipeline.texts.read import Text
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.counterpart import pair
from pipeline.translation.field_places import claim_place
from pipeline.translation.fields import marker_of
from pipeline.translation.marker import WORDS, fault, looks_ours, parse_marker
from pipeline.translation.passages import Passage
from pipeline.workspace.nearest import nearest

_LONGEST = 40


def marker_problems(counterpart: Text, original: Text | None) -> Iterable[Problem]:
    """Comments that look like a segment's and are not read as one; passages without a source; a
    person's words where only Actes writes, in a comment or in what is said of a value."""
    yield from _claim_problems(counterpart)
    for segment in counterpart.body.segments:
        if segment.kind is not SegmentKind.COMMENT:
            continue
        marker = parse_marker(segment.raw)
        place = _place(counterpart, segment.line)
        if marker is None and looks_ours(segment.raw):
            yield _unread(segment, place)
        if marker is not None and marker.mixed:
            yield Problem("comment-mixed", place, severity=Severity.REMARK)
        if marker is not None and marker.corrected and marker.proposed:
            yield Problem("proposal-corrected", place, severity=Severity.REMARK)
    if original is not None:
        for found in pair(original.body.segments, counterpart.body.segments):
            if found.source is None and found.passage is not None and _has_words(found.passage):
                place = _place(counterpart, _first_line(counterpart, found.passage))
                yield Problem("passage-orphaned", place, severity=Severity.REMARK)


def _claim_problems(counterpart: Text) -> Iterable[Problem]:
    translation = counterpart.metadata.translation
    for name, claim in translation.fields.items() if translation else ():
        marker = marker_of(claim)
        rules = {
            "value-mixed": marker.mixed,
            "value-proposal-corrected": marker.corrected and bool(marker.proposed),
        }
        for rule in (rule for rule, found in rules.items() if found):
            yield Problem(rule, claim_place(counterpart, name), {"key": name}, Severity.REMARK)


def unended_comments(counterpart: Text) -> Iterable[Problem]:
    """The comments of a counterpart whose end is lacking: what stands below one of them, up to the
    end of the next, is part of it, and nobody can say what the file translates."""
    for segment in counterpart.body.segments:
        if segment.kind is SegmentKind.COMMENT and _may_lack_its_end(segment.raw):
            found = fault(segment.raw)
            if found.unended and looks_ours(segment.raw):
                place = _place(counterpart, segment.line)
                values = {"word": _first_word(segment.raw), "line": place.line + found.line}
                yield Problem("marker-unended", place, values)


def torn(counterpart: Text) -> bool:
    """Whether a comment of a counterpart took in words below it, or lost its beginning: nobody can
    say what the file translates, and no command writes it."""
    begun = all(problem.rule != "comment-unbegun" for problem in counterpart.problems)
    return not begun or any(unended_comments(counterpart))


def _may_lack_its_end(comment: str) -> bool:
    """Soon said, since every counterpart of an event is looked at: it is one comment, and ended."""
    return comment.count("<!--") > 1 or "-->" not in comment


def _first_word(comment: str) -> str:
    words = comment.partition("<!--")[2].split(None, 1)
    return words[0][:_LONGEST] if words else ""


def _unread(comment: Segment, place: Place) -> Problem:
    word = _first_word(comment.raw)
    if word.lower() in WORDS:
        line = place.line + fault(comment.raw).line
        return Problem("marker-unreadable", place, {"word": word, "line": line})
    near = nearest(word, WORDS) or ", ".join(WORDS)
    return Problem("marker-unknown", place, {"word": word, "nearest": near})


def _has_words(passage: Passage) -> bool:
    """Not only an ordinary comment before the first passage; a damaged comment is said itself."""
    if passage.damaged:
        return False
    kinds = {segment.kind for segment in passage.segments}
    return passage.marker is not None or bool(kinds - {SegmentKind.COMMENT})


def _first_line(text: Text, passage: Passage) -> int:
    first = passage.comment if passage.comment is not None else passage.indices[0]
    return text.body.segments[first].line


def _place(text: Text, line: int) -> Place:
    return Place(text.file.path, text.source.body_line + line)
