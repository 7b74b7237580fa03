"""One passage on two branches: which words stand there, and what is said of them. Pure.

What a machine did can be done again, so it gives way to what a person did; where persons on both
sides wrote different words, it is for a person to say which are meant (laws 2 and 3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.texts.segments import Segment, SegmentKind, join
from pipeline.texts.source import unify_lines
from pipeline.translation.decide import orphaned
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import APPROVE, Marker, State
from pipeline.translation.merge.sequence import Place
from pipeline.translation.passages import Passage


@dataclass(frozen=True)
class Side:
    """A passage on one branch, with its comment as it stands in the file."""

    passage: Passage
    comment: Segment | None = None

    @property
    def damaged(self) -> bool:
        """Whether its comment cannot be read."""
        return self.comment is not None and self.passage.marker is None

    @property
    def whole(self) -> str:
        """Its words and ordinary comments, and a comment that cannot be read, by their lines."""
        there = (self.comment, *self.passage.segments) if self.damaged else self.passage.segments
        return unify_lines(join([segment for segment in there if segment])).strip("\n")


@dataclass(frozen=True)
class Settled:
    """The passage that stands there from now on, with what its comment says then, and ordinary
    comments that people left in the other one."""

    side: Side
    marker: Marker | None
    comments: tuple[Segment, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Both persons' passages, whole."""

    ours: Side
    theirs: Side


def settle(place: Place[Side]) -> Settled | Conflict | None:
    """What becomes of a passage: of both branches' changes, or of one's. None: it goes."""
    base, ours, theirs = place.base, place.ours, place.theirs
    if ours is None or theirs is None:
        return _alone(base, ours or theirs)
    if _same(ours, theirs) or _same(theirs, base):
        return Settled(ours, ours.passage.marker)
    if _same(ours, base):
        return Settled(theirs, theirs.passage.marker)
    before = base.passage if base else None
    chosen = _chosen(before, ours.passage, theirs.passage)
    if chosen is None or ours.damaged or theirs.damaged:
        return Conflict(ours, theirs)
    side, other = (ours, theirs) if chosen is ours.passage else (theirs, ours)
    marker = _marker(before, chosen, other.passage)
    return Settled(side, marker, _left(before, chosen, other.passage))


def _alone(base: Side | None, there: Side | None) -> Settled | None:
    """What one branch has: it is new, or the other deleted it, which stands unless words of a
    person were changed meanwhile."""
    if there is None or _same(there, base):
        return None
    kept = base is None or orphaned(there.passage) is not None
    return Settled(there, there.passage.marker) if kept else None


def _same(one: Side, other: Side | None) -> bool:
    return (
        other is not None
        and one.passage.marker == other.passage.marker
        and one.whole == other.whole
    )


# -- whose words --------------------------------------------------------------------------------


def _chosen(base: Passage | None, ours: Passage, theirs: Passage) -> Passage | None:
    """The side whose words stay; None where persons wrote different ones on both."""
    untouched = _untouched(ours), _untouched(theirs)
    if untouched == (True, False):
        return theirs
    if untouched == (False, True):
        return ours
    words = fingerprint(ours.raw), fingerprint(theirs.raw)
    before = fingerprint(base.raw) if base else None
    if words[0] == words[1] or untouched == (True, True):
        return _further(base, ours, theirs)
    if words[1] == before:
        return ours
    return theirs if words[0] == before else None


def _untouched(passage: Passage) -> bool:
    """Whether there are only a machine's words, or none yet."""
    marker = passage.marker
    awaited = passage.vacant and marker is not None and not marker.text and marker.word != APPROVE
    return passage.machine_own or awaited


def _further(base: Passage | None, ours: Passage, theirs: Passage) -> Passage:
    """Of two sides with the same words, or a machine's, the one that says more of them: words
    before none, an approval before none, then what answers the newer source."""
    ranks = [(not side.vacant, _approves(side), _newer(base, side)) for side in (ours, theirs)]
    return theirs if ranks[1] > ranks[0] else ours


def _approves(passage: Passage) -> bool:
    marker = passage.marker
    if marker is None or marker.word == APPROVE:
        return marker is not None
    vouches = marker.word in (State.REVIEWED, State.STALE)
    return vouches and marker.text == fingerprint(passage.raw)


def _newer(base: Passage | None, passage: Passage) -> bool:
    before = base.latest if base else None
    return fingerprint(passage.latest or "") != fingerprint(before or "")


# -- what is said of them -----------------------------------------------------------------------


def _marker(base: Passage | None, chosen: Passage, other: Passage) -> Marker | None:
    """The comment of the side that was chosen, with what only the other knows: what the source
    says since, a person's note, a proposal that a person corrected."""
    marker, theirs = chosen.marker, other.marker
    if theirs is None:
        return marker
    if marker is None:
        return _lent(theirs, chosen, other)
    before = base.marker if base else None
    mine, marker = marker, _with_now(marker, theirs)
    note = _note(before.note if before else None, marker.note, theirs.note)
    if _corrected(before, marker, theirs):
        note = _together(note, theirs.proposal)
    return replace(marker, note=note).following(mine, "").following(theirs, "")


def _lent(marker: Marker, chosen: Passage, other: Passage) -> Marker:
    """What stands above the other's words, for words that lost their comment; an approval that was
    typed there was for those words alone (law 3)."""
    same = fingerprint(chosen.raw) == fingerprint(other.raw)
    if marker.word != APPROVE or same:
        return marker
    edited = Marker(State.EDITED, marker.now or marker.source, note=marker.persons_note)
    return edited.following(marker, "")


def _with_now(marker: Marker, other: Marker) -> Marker:
    """With the news of the source and the proposal for it, where the chosen side has none."""
    answers = fingerprint(marker.source) == fingerprint(other.source)
    told = other.word == State.STALE and other.now is not None and answers
    if not told or marker.now is not None or marker.word not in (State.EDITED, State.REVIEWED):
        return marker
    return replace(
        marker, word=State.STALE, now=other.now, proposal=other.proposal, proposed=other.proposed,
        remark=other.remark,
    )  # fmt: skip


def _note(before: str | None, mine: str | None, other: str | None) -> str | None:
    """The note of whoever changed it; both where both did."""
    if other in (mine, before):
        return mine
    return other if mine == before else _together(mine, other)


def _together(one: str | None, other: str | None) -> str | None:
    """Two notes as one, nothing said twice."""
    if one and other and other in one:
        return one
    return "\n\n".join(part for part in (one, other) if part) or None


def _corrected(before: Marker | None, marker: Marker, other: Marker) -> bool:
    """Whether the other side holds a proposal that a person corrected there and nowhere else."""
    known = {marker.proposal, before.proposal if before else None}
    return other.corrected and other.proposal not in known


def _left(base: Passage | None, chosen: Passage, other: Passage) -> tuple[Segment, ...]:
    """Ordinary comments that a person left in the other passage."""
    known = {segment.raw.strip() for side in (base, chosen) if side for segment in _comments(side)}
    return tuple(segment for segment in _comments(other) if segment.raw.strip() not in known)


def _comments(passage: Passage) -> list[Segment]:
    return [segment for segment in passage.segments if segment.kind is SegmentKind.COMMENT]
