"""What a person approves of a counterpart: some of its parts or all, for the pair that it shows.

Pure. Only what the file shows can have been read: a passage whose comment does not say what the
original says now is not approved (law 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.errors import Place, Problem, Severity
from pipeline.texts.metadata import FieldState
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind
from pipeline.translation.approvals import with_front, with_markers
from pipeline.translation.counterpart import Pair, approved, pair
from pipeline.translation.fields import claim_of, field_states, field_values, marker_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.front import update as front
from pipeline.translation.marker import APPROVE, Marker, State
from pipeline.translation.passages import translatable

_RANGE = re.compile(r"(?P<first>\d{1,5})(?:-(?P<last>\d{1,5}))?")


@dataclass(frozen=True)
class Part:
    """A segment or metadata value that a counterpart shall answer.

    ``name`` is the number of the segment among those to translate, or the name of the value;
    ``marker`` is what stands for it once it is approved, None where it cannot be, and ``reason``
    then the rule that says why. ``empty`` tells that it holds no words, which only counts as an
    answer when its number was named; ``comment`` is the place of a segment's comment.
    """

    name: str
    state: State
    place: Place
    marker: Marker | None = None
    reason: str = ""
    empty: bool = False
    comment: int | None = None

    def problem(self, rule: str = "", severity: Severity = Severity.ERROR) -> Problem:
        """Why it is not approved."""
        chosen = rule or self.reason or "approve-waiting"
        return Problem(chosen, self.place, {"part": self.name, "state": self.state.value}, severity)


@dataclass(frozen=True)
class Approval:
    """The new content of a counterpart's file, the names of what was approved in it, why the parts
    that were named cannot be, and what is not approved yet."""

    content: str
    names: tuple[str, ...]
    refused: tuple[Problem, ...]
    remaining: tuple[Problem, ...]


def approve(original: Text, counterpart: Text, wanted: Sequence[str] | None) -> Approval:
    """Approve the parts that are ``wanted``: numbers, ranges (``3-5``), names of values or of
    groups of them (``keywords``); None for everything that can be.

    Raises ActesError as `front.with_claims`.
    """
    found = [*_values(original, counterpart), *_segments(original, counterpart)]
    named, refused = _named(wanted, found, counterpart.file.path)
    chosen: list[Part] = []
    for part in found:
        if part.state is State.REVIEWED or (wanted is not None and part.name not in named):
            continue
        if part.marker is not None and (wanted is not None or not part.empty):
            chosen.append(part)
        elif wanted is not None:
            refused.append(part.problem())
    names = tuple(part.name for part in chosen)
    left = [p for p in found if p.state is not State.REVIEWED and p.name not in names]
    remaining = tuple(part.problem(severity=Severity.REMARK) for part in left)
    content = _written(counterpart, chosen) if chosen and not refused else counterpart.source.raw
    return Approval(content, names, tuple(refused), (*remaining, *_orphans(original, counterpart)))


def ranges(names: Iterable[str]) -> str:
    """Names as they would be typed, numbers in a row together.

    >>> ranges(["title", "1", "2", "3", "7"])
    '#title #1-3 #7'
    """
    found = list(names)
    values = [f"#{name}" for name in found if not name.isdigit()]
    numbers = enumerate(int(name) for name in found if name.isdigit())
    for _key, group in groupby(numbers, lambda item: item[1] - item[0]):
        row = [number for _index, number in group]
        values.append(f"#{row[0]}" if len(row) == 1 else f"#{row[0]}-{row[-1]}")
    return " ".join(values)


# -- what there is ------------------------------------------------------------------------------


def _segments(original: Text, counterpart: Text) -> Iterable[Part]:
    pairs = pair(original.body.segments, counterpart.body.segments)
    answer = {found.source: found for found in pairs if found.source is not None}
    for number, index in enumerate(translatable(original.body.segments), 1):
        found, source = answer[index], original.body.segments[index]
        if found.passage is None:
            place = Place(original.file.path, original.source.body_line + source.line)
            yield Part(str(number), found.state, place, reason="approve-missing", empty=True)
            continue
        place = Place(counterpart.file.path, _line(counterpart, found))
        part = Part(str(number), found.state, place, comment=found.passage.comment,
                    empty=found.passage.vacant)  # fmt: skip
        yield _judged(part, found.passage.marker, source.raw, found.passage.raw)


def _line(counterpart: Text, found: Pair) -> int:
    passage = found.passage
    if passage is None or not (passage.indices or passage.comment is not None):
        return 1
    first = passage.comment if passage.comment is not None else passage.indices[0]
    return counterpart.source.body_line + counterpart.body.segments[first].line


def _values(original: Text, counterpart: Text) -> Iterable[Part]:
    translation = counterpart.metadata.translation
    claims: Mapping[str, FieldState] = translation.fields if translation else {}
    sources, there = field_values(original.metadata), field_values(counterpart.metadata)
    for name, state in field_states(original.metadata, counterpart.metadata).items():
        part = Part(name, state, Place(counterpart.file.path, 1), empty=not there.get(name))
        claim = claims.get(name)
        if name not in sources:
            yield replace(part, reason="approve-alone")
        elif part.empty:
            yield replace(part, reason="approve-missing")
        else:
            marker = marker_of(claim) if claim else None
            yield _judged(part, marker, sources[name], there[name])


def _judged(part: Part, marker: Marker | None, source: str, words: str) -> Part:
    """With what its comment becomes, or why it cannot: only what it shows can have been read."""
    shown = (marker.now or marker.source) if marker else ""
    if marker is None or fingerprint(shown) != fingerprint(source):
        return replace(part, reason="approve-missing" if part.empty else "approve-unshown")
    return replace(
        part,
        marker=approved(replace(marker, word=APPROVE), words),
        reason="approve-missing" if part.empty else "",
    )


def _orphans(original: Text, counterpart: Text) -> Iterable[Problem]:
    """Passages whose source is gone: there is nothing that they could be approved for."""
    for found in pair(original.body.segments, counterpart.body.segments):
        passage = found.passage
        if passage is None or passage.damaged:  # said by itself
            continue
        kinds = {segment.kind for segment in passage.segments}
        if found.source is None and kinds - {SegmentKind.COMMENT}:
            place = Place(counterpart.file.path, _line(counterpart, found))
            yield Problem("approve-orphaned", place, severity=Severity.REMARK)


# -- what is meant ------------------------------------------------------------------------------


def _named(
    wanted: Sequence[str] | None, found: Sequence[Part], path: str
) -> tuple[set[str], list[Problem]]:
    """The names of the parts that ``wanted`` means, and what means none."""
    known = [part.name for part in found]
    count = sum(name.isdigit() for name in known)
    named: set[str] = set()
    unknown: list[Problem] = []
    for words in wanted or ():
        match = _RANGE.fullmatch(words)
        if match:
            last = int(match["last"] or match["first"])
            meant = [n for n in known if n.isdigit() and int(match["first"]) <= int(n) <= last]
            complete = bool(meant) and last <= count and int(match["first"]) >= 1
        else:
            meant = [name for name in known if name == words or name.startswith(f"{words}.")]
            complete = bool(meant) and not words.isdigit()
        named.update(meant)
        if not complete:
            names = ", ".join(name for name in known if not name.isdigit())
            values = {"part": words, "count": count, "names": names}
            unknown.append(Problem("approve-unknown", Place(path), values))
    return named, unknown


# -- writing ------------------------------------------------------------------------------------


def _written(counterpart: Text, chosen: Iterable[Part]) -> str:
    """The file with the comments and claims of what was chosen, all else byte for byte."""
    markers: dict[int, Marker] = {}
    claims: dict[str, FieldState] = {}
    for part in chosen:
        if part.marker is not None and part.comment is not None:
            markers[part.comment] = part.marker
        elif part.marker is not None:
            claims[part.name] = claim_of(part.marker)
    source = counterpart.source
    body = with_markers(counterpart.body.segments, source.body, markers)
    head = source.front or ""
    if claims:
        head = front.with_claims(head, counterpart.metadata, claims, source.path)
    return with_front(source, head) + body
