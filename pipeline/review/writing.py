"""A counterpart's file with other comments and words in some places, all else byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.review.items import is_orphan
from pipeline.review.judging import Verdict
from pipeline.texts.read import Text
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.approvals import comment_saying, with_front
from pipeline.translation.counterpart import pair
from pipeline.translation.fields import claim_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.front import update as front
from pipeline.translation.marker import Marker, State, render_marker
from pipeline.translation.passages import Passage, translatable


@dataclass(frozen=True)
class Places:
    """The passage of each part that has one; for the others, the index of the counterpart's segment
    after which they would stand (-1: before the first)."""

    passages: Mapping[str, Passage]
    after: Mapping[str, int]


def places(original: Text, text: Text) -> Places:
    """Where the parts of a counterpart stand."""
    numbers = {index: str(n) for n, index in enumerate(translatable(original.body.segments), 1)}
    passages: dict[str, Passage] = {}
    after: dict[str, int] = {}
    orphans = 0
    last = -1
    for found in pair(original.body.segments, text.body.segments):
        passage = found.passage
        if passage is not None:
            last = max([*passage.indices, -1 if passage.comment is None else passage.comment])
        if found.source is None and is_orphan(passage):
            orphans += 1
        part = f"orphan-{orphans}" if found.source is None else numbers[found.source]
        if passage is None:
            after[part] = last
        elif found.source is not None or is_orphan(passage):
            passages[part] = passage
    return Places(passages, after)


def written(text: Text, where: Places, verdicts: Mapping[str, Verdict]) -> str:
    """The whole file with the verdicts in their places.

    Raises ActesError as `front.with_values` where the head cannot hold them.
    """
    values = {part: v for part, v in verdicts.items() if not part.isdigit()}
    segments = {part: v for part, v in verdicts.items() if part.isdigit()}
    head = text.source.front or ""
    if values:
        head = _head(text, head, values)
    body = _body(text, where, segments) if segments else text.source.body
    return with_front(text.source, head) + body


def _head(text: Text, head: str, verdicts: Mapping[str, Verdict]) -> str:
    said = {part: v.text for part, v in verdicts.items() if v.text is not None}
    claims = {}
    for part, verdict in verdicts.items():
        if verdict.marker is not None:
            claims[part] = claim_of(_of_value(verdict.marker, verdict.text))
    return front.with_values(head, text.metadata, said, claims, text.source.path)


def _of_value(marker: Marker, words: str | None) -> Marker:
    """A value's claim carries the fingerprint of edited words too."""
    edited = marker.word == State.EDITED and words and not marker.text
    return replace(marker, text=fingerprint(words or "")) if edited else marker


# -- the body -----------------------------------------------------------------------------------


def _body(text: Text, where: Places, verdicts: Mapping[str, Verdict]) -> str:
    segments = text.body.segments
    ends = "\r\n" if "\r\n" in text.source.raw else "\n"
    parts = [segment.raw + segment.after for segment in segments]
    new: dict[int, list[str]] = {}
    for part, verdict in verdicts.items():
        if verdict.marker is None:
            continue
        passage = where.passages.get(part)
        if passage is None:
            chunk = f"{render_marker(verdict.marker)}\n{verdict.text or ''}".rstrip("\n")
            new.setdefault(where.after[part], []).append(chunk.replace("\n", ends))
        else:
            _put(parts, segments, passage, verdict, ends)
    return _with_new(parts, new, ends)


def _with_new(parts: Sequence[str], new: Mapping[int, Sequence[str]], ends: str) -> str:
    """The parts with new passages behind the ones that they follow."""
    found = [chunk + ends + ends for chunk in new.get(-1, ())]
    for index, part in enumerate(parts):
        added = new.get(index, ())
        found.append(part.rstrip("\r\n") + ends + ends if added else part)
        found += [chunk + ends + ends for chunk in added]
    body = "".join(found)
    return body.rstrip("\r\n") + ends if new else body


def _put(
    parts: list[str], segments: Sequence[Segment], passage: Passage, verdict: Verdict, ends: str
) -> None:
    """A passage's comment and words replaced among the parts of a body."""
    if verdict.text is not None:
        _put_words(parts, segments, passage, verdict.text.replace("\n", ends), ends)
    marker = verdict.marker
    if marker is None or marker == passage.marker:
        return
    if passage.comment is None:
        first = passage.indices[0]
        parts[first] = render_marker(marker).replace("\n", ends) + ends + parts[first]
    else:
        comment = segments[passage.comment]
        rest = parts[passage.comment][len(comment.raw) :]
        parts[passage.comment] = comment_saying(comment, marker) + rest


def _put_words(
    parts: list[str], segments: Sequence[Segment], passage: Passage, words: str, ends: str
) -> None:
    """New words in the place of the old ones; ordinary comments between them stay."""
    places = [i for i in passage.indices if segments[i].kind is not SegmentKind.COMMENT]
    if places:
        last = segments[places[-1]]
        eol = last.raw[len(last.raw.rstrip("\r\n")) :]
        for index in places:
            parts[index] = ""
        parts[places[0]] = words + eol + last.after if words else (last.after or eol)
        return
    at = passage.indices[-1] if passage.indices else passage.comment
    if at is None or not words:
        return
    kept, after = segments[at].raw.rstrip("\r\n"), segments[at].after
    gap = ends if at == passage.comment else ends + ends
    final = at + 1 == len(segments)
    parts[at] = kept + gap + words + ends + ("" if final else after or ends)
