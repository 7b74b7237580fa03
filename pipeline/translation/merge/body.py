"""The body of a text from two branches: passages put together, conflicts around whole ones. Pure.

The marks of a conflict are git's own, each on a line between passages and never within a comment:
until a person has settled it, every command names the line and leaves the file alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from pipeline.texts.segments import Segment, SegmentKind, join
from pipeline.texts.source import unify_lines
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import parse_marker, render_marker
from pipeline.translation.merge.passage import Conflict, Settled, Side, settle
from pipeline.translation.merge.sequence import Place, side_by_side
from pipeline.translation.passages import passages

Segments = Sequence[Segment]
Lines = Callable[[str, str, str], str | None]
"""A merge of three texts line by line (base, ours, theirs); None where that is a conflict."""


@dataclass(frozen=True)
class Body:
    """A merged body, how many conflicts are in it, and whether its order is that of their side."""

    text: str
    conflicts: int
    as_theirs: bool = False


def of_counterparts(base: Segments, ours: Segments, theirs: Segments) -> Body:
    """Two counterparts, made from ``base``, as one."""
    first, mine, other = _sides(base), _sides(ours), _sides(theirs)
    found = side_by_side(first, mine, other, (_everything, _latest, _answers, _words), _likeness)
    settled = [outcome for place in found.places if (outcome := settle(place)) is not None]
    decided = sorted(settled, key=_has_comment)  # words without one stand above the first
    number = {id(side): count for count, side in enumerate(mine)}
    parts = [_Part(_chunk(outcome), number.get(id(_side(outcome)))) for outcome in decided]
    conflicts = sum(isinstance(outcome, Conflict) for outcome in decided)
    return Body(_whole(parts, ours), conflicts, found.as_theirs)


def of_originals(base: Segments, ours: Segments, theirs: Segments, lines: Lines) -> Body:
    """Two versions of any other text as one; ``lines`` merges within a block."""
    first, mine, other = _blocks(base), _blocks(ours), _blocks(theirs)
    found = side_by_side(first, mine, other, (_block,), _block)
    texts = [_of_block(place, lines) for place in found.places]
    number = {id(segment): count for count, segment in enumerate(mine)}
    parts = [
        _Part(_disputed(place) if text is None else text, number.get(id(place.ours)))
        for place, text in zip(found.places, texts, strict=True)
    ]
    return Body(_whole(parts, ours), texts.count(None), found.as_theirs)


def disputed(ours: str, theirs: str) -> str:
    """Two versions between git's marks.

    >>> disputed("a", "b\\n")
    '<<<<<<< ours\\na\\n=======\\nb\\n>>>>>>> theirs\\n'
    """
    return f"<<<<<<< ours\n{_ended(ours)}=======\n{_ended(theirs)}>>>>>>> theirs\n"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


# -- passages -----------------------------------------------------------------------------------


def _sides(segments: Segments) -> list[Side]:
    there = _padded(segments)
    return [
        Side(passage, None if passage.comment is None else there[passage.comment])
        for passage in passages(there)
    ]


def _padded(segments: Segments) -> list[Segment]:
    """The segments, the last with a blank line behind it as if something followed."""
    found = list(segments)
    for last in found[-1:]:
        found[-1] = replace(last, raw=last.raw.rstrip("\r\n") + "\n", after="\n")
    return found


def _has_comment(outcome: Settled | Conflict) -> bool:
    """Whether what is written begins with a comment: below one of another passage, words would
    become part of that passage, and of what is said of it (law 3)."""
    if isinstance(outcome, Settled):
        return outcome.marker is not None or outcome.side.comment is not None
    return outcome.ours.comment is not None and outcome.theirs.comment is not None


def _side(outcome: Settled | Conflict) -> Side | None:
    return outcome.side if isinstance(outcome, Settled) else None


def _everything(side: Side) -> str:
    return f"{side.passage.marker}{side.whole}"


def _latest(side: Side) -> str:
    return _mark(side.passage.latest)


def _answers(side: Side) -> str:
    return _mark(side.passage.answers)


def _words(side: Side) -> str:
    """Words that no comment says the source of."""
    return _mark(side.passage.raw) if side.passage.answers is None else ""


def _likeness(side: Side) -> str:
    return side.passage.latest or side.passage.raw


def _mark(text: str | None) -> str:
    return fingerprint(text) if text and text.strip() else ""


def _chunk(outcome: Settled | Conflict) -> str:
    if isinstance(outcome, Conflict):
        return disputed(_as_it_stands(outcome.ours), _as_it_stands(outcome.theirs))
    side = outcome.side
    comments = "".join(f"{unify_lines(c.raw).strip(chr(10))}\n\n" for c in outcome.comments)
    if outcome.marker is None or _says(side.comment) == outcome.marker:
        head = unify_lines(side.comment.raw + side.comment.after) if side.comment else ""
    else:
        head = f"{render_marker(outcome.marker)}\n"
    return head + comments + unify_lines(join(side.passage.segments))


def _says(comment: Segment | None) -> object:
    return parse_marker(comment.raw) if comment else None


def _as_it_stands(side: Side) -> str:
    head = side.comment.raw + side.comment.after if side.comment else ""
    return unify_lines(head + join(side.passage.segments)).rstrip("\n")


# -- blocks -------------------------------------------------------------------------------------


def _blocks(segments: Segments) -> list[Segment]:
    return [segment for segment in _padded(segments) if segment.kind is not SegmentKind.LEADING]


def _block(segment: Segment) -> str:
    return unify_lines(segment.raw).strip("\n")


def _of_block(place: Place[Segment], lines: Lines) -> str | None:
    """A block as both branches want it (empty: gone); None where they do not agree."""
    base, ours, theirs = (
        None if side is None else _block(side) for side in (place.base, place.ours, place.theirs)
    )
    if theirs in (ours, base):
        return _with_after(place.ours)
    if ours == base or (base is None and ours is None):
        return _with_after(place.theirs)
    if base is None and theirs is None:
        return _with_after(place.ours)
    if base is None or ours is None or theirs is None:
        return None
    merged = lines(f"{base}\n", f"{ours}\n", f"{theirs}\n")
    return None if merged is None else f"{merged}\n"


def _with_after(segment: Segment | None) -> str:
    return unify_lines(segment.raw + segment.after) if segment else ""


def _disputed(place: Place[Segment]) -> str:
    ours, theirs = (_block(side) if side else "" for side in (place.ours, place.theirs))
    return disputed(ours, theirs)


# -- together -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A part of the new body, and which of ours it is."""

    text: str
    number: int | None


def _close(part: _Part, follower: _Part) -> bool:
    """Whether one may follow the other at once: a comment may, and what did so before."""
    before = part.number is not None and follower.number == part.number + 1
    return before or follower.text.startswith("<!--")


def _whole(parts: Iterable[_Part], ours: Segments) -> str:
    """The parts, a blank line apart unless they followed each other without one, with the line
    ends, the beginning and the end of our side."""
    raw = join(ours)
    lead = "".join(s.raw + s.after for s in ours[:1] if s.kind is SegmentKind.LEADING)
    tail = raw[len(raw.rstrip("\r\n")) :] or "\n"
    there = [part for part in parts if part.text.strip()]
    body = ""
    for part, follower in zip_longest(there, there[1:]):
        apart = part.text.endswith("\n\n") or (follower is not None and _close(part, follower))
        body += part.text if apart else part.text.rstrip("\n") + "\n\n"
    body = body.rstrip("\n")
    if "\r\n" in raw:
        body = body.replace("\n", "\r\n")
    return lead + body + tail
