"""The update: a counterpart's body made to answer its source, without losing a person's word.

A pure function of the old counterpart, the new source and the machine's proposals (laws 2 to 4).
What a person wrote stays, byte for byte, under a comment that says what it answers to; what only
the machine wrote may be replaced; what did not change keeps its bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.texts.segments import Segment, join
from pipeline.texts.source import unify_lines
from pipeline.translation.counterpart import settled
from pipeline.translation.decide import Outcome, Proposal, asks, decide, orphaned
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import APPROVE, ORPHAN, Marker, parse_marker, render_marker
from pipeline.translation.passages import Passage, passages, translatable
from pipeline.translation.recover import aligned


@dataclass(frozen=True)
class _Slot:
    """A passage in its place: ``source`` is the index of the segment it answers, None for none;
    ``passage`` is None where nothing answers yet."""

    source: int | None
    passage: Passage | None


def order_of(source: Sequence[Segment]) -> str:
    """Eight hexadecimal digits for the order in which a source's segments stand.

    Kept in the counterpart (``translation.order``), it tells an author who moved a passage, whose
    move the counterpart follows, from a translator who did, whose order stays.
    """
    return _order([fingerprint(source[index].raw) for index in translatable(source)])


def _order(marks: Iterable[str]) -> str:
    return hashlib.blake2b(" ".join(marks).encode("ascii"), digest_size=4).hexdigest()


def wanted(
    source: Sequence[Segment], counterpart: Sequence[Segment], retranslate: bool = False
) -> tuple[int, ...]:
    """The indices of the source segments for which `update` would use a machine's proposal.

    With ``retranslate`` also those whose translation is a machine's that nobody touched.
    """
    return tuple(
        slot.source
        for slot in _slots(source, counterpart, "")
        if slot.source is not None and asks(shown(source[slot.source]), slot.passage, retranslate)
    )


def update(
    source: Sequence[Segment],
    counterpart: Sequence[Segment],
    proposals: Mapping[int, Proposal],
    order: str = "",
) -> str:
    """The new body of a counterpart.

    ``proposals`` are machine translations by index in ``source``; ``order`` is what `order_of` gave
    at the last update, empty where there was none.
    """
    ends = "\r\n" if any("\r\n" in segment.raw for segment in counterpart) else "\n"
    lead = "".join(s.raw + s.after for s in counterpart[:1] if s.kind == "leading")
    chunks: list[str] = []
    orphans: list[str] = []
    for slot in _slots(source, counterpart, order):
        if slot.source is not None:
            outcome = decide(shown(source[slot.source]), slot.passage, proposals.get(slot.source))
            chunks.append(_chunk(slot.passage, outcome, counterpart, ends))
        elif slot.passage and slot.passage.marker is None:
            chunks.append(_chunk(slot.passage, Outcome(None), counterpart, ends))
        elif slot.passage:
            kept = orphaned(slot.passage)
            orphans += [_chunk(slot.passage, kept, counterpart, ends)] if kept else []
    tail = _ending(counterpart) or ends
    return lead + _joined([*chunks, *orphans], ends, tail)


def _ending(counterpart: Sequence[Segment]) -> str:
    whole = counterpart[-1].raw + counterpart[-1].after if counterpart else ""
    return whole[len(whole.rstrip("\r\n")) :]


def shown(segment: Segment) -> str:
    """A source segment as a comment shows it."""
    return unify_lines(segment.raw).strip("\n")


# -- places -------------------------------------------------------------------------------------


def _slots(source: Sequence[Segment], counterpart: Sequence[Segment], order: str) -> list[_Slot]:
    """Every segment to answer with its passage, in the order of the new body."""
    indices = translatable(source)
    if not counterpart:
        return [_Slot(index, None) for index in indices]
    sources = [source[index] for index in indices]
    there, found = aligned(sources, [_settled(passage) for passage in passages(counterpart)])
    together: dict[int, list[int]] = {index: [index] for index in found.source_of}
    for index, neighbour in found.joined.items():
        together[neighbour] = sorted([*together[neighbour], index])
    placed: list[tuple[int, _Slot]] = []  # by the position in the source that it stands at
    absent = {index: _Slot(index, None) for index in indices}
    last = -1
    for index, passage in enumerate(there):
        position = found.source_of.get(index)
        if position is not None:
            slot = _Slot(indices[position], _merged([there[number] for number in together[index]]))
            if passage.marker and passage.marker.word == ORPHAN:
                absent[indices[position]] = slot  # its source came back: so does its place
                continue
            absent.pop(indices[position])
            last = position
            placed.append((position, slot))
        elif index not in found.joined:
            placed.append((last, _Slot(None, passage)))
    if _moved(sources, there, found.source_of, order):
        placed.sort(key=lambda item: item[0])
    return _completed(placed, indices, absent)


def _settled(passage: Passage) -> Passage:
    if passage.marker and passage.marker.word == APPROVE:
        return replace(passage, marker=settled(passage.marker, passage.raw))
    return passage


def _moved(
    sources: Sequence[Segment],
    there: Sequence[Passage],
    source_of: Mapping[int, int],
    order: str,
) -> bool:
    """Whether the source's segments stand in another order than at the last update."""
    marks = [fingerprint(segment.raw) for segment in sources]
    before = list(marks)
    for index, position in source_of.items():
        before[position] = fingerprint(there[index].latest or sources[position].raw)
    return bool(order) and order not in (_order(marks), _order(before))


def _completed(
    placed: Sequence[tuple[int, _Slot]], indices: Sequence[int], absent: Mapping[int, _Slot]
) -> list[_Slot]:
    """The slots, each absent one after the answer to the source segment before it."""
    after: dict[int, list[_Slot]] = {}
    last = -1
    for position, index in enumerate(indices):
        if index in absent:
            after.setdefault(last, []).append(absent[index])
        else:
            last = position
    slots = [slot for position, slot in placed if position < 0]
    slots += after.get(-1, ())
    rest = [item for item in placed if item[0] >= 0]
    for number, (position, slot) in enumerate(rest):
        slots.append(slot)
        if number + 1 == len(rest) or rest[number + 1][0] != position:
            slots += after.pop(position, ())
    return slots


def _merged(parts: Sequence[Passage]) -> Passage:
    """The passages of texts that became one, as one: a machine's only where all were."""
    first = parts[0]
    if len(parts) == 1 or first.marker is None:
        return first
    markers = [part.marker for part in parts if part.marker]
    segments = tuple(segment for part in parts for segment in part.segments)
    whole = replace(
        first,
        segments=segments,
        indices=tuple(index for part in parts for index in part.indices),
    )
    machine = all(part.machine_own for part in parts)
    notes = [note for marker in markers if (note := marker.persons_note)]
    marker = Marker(
        "machine" if machine else "edited",
        "\n\n".join(marker.source for marker in markers),
        fingerprint(whole.raw) if machine else "",
        note="\n\n".join(notes) or None,
        unmarked=frozenset().union(*(marker.unmarked for marker in markers)),
    )
    return replace(whole, marker=marker)


# -- writing ------------------------------------------------------------------------------------


def _chunk(
    passage: Passage | None, outcome: Outcome, counterpart: Sequence[Segment], ends: str
) -> str:
    """A passage as it shall stand in the file; untouched bytes where nothing changed."""
    head = _head(passage, outcome.marker, counterpart, ends)
    if passage and passage.vacant and outcome.body is not None:
        head = head.rstrip("\r\n") + ends  # what followed kept it apart from the next comment
    if outcome.body is None:
        text = head + (join(passage.segments) if passage else "")
        last = passage is None or len(counterpart) - 1 in (*passage.indices, passage.comment)
        return text.rstrip("\r\n") + ends + ends if last else text
    comments = join([s for s in passage.segments if s.kind == "comment"]) if passage else ""
    text = outcome.body.strip("\n").replace("\n", ends)
    return head + comments + text + ends + ends


def _head(
    passage: Passage | None, marker: Marker | None, counterpart: Sequence[Segment], ends: str
) -> str:
    comment = counterpart[passage.comment] if passage and passage.comment is not None else None
    if comment and (marker is None or parse_marker(comment.raw) == marker):
        return comment.raw + comment.after
    if marker is None:
        return ""
    text = render_marker(marker).replace("\n", ends)
    return text + ends + (comment.after if comment else "")


def _joined(chunks: Sequence[str], ends: str, tail: str) -> str:
    """The passages, apart from each other, and ``tail`` after the last."""
    parts = [chunk for chunk in chunks if chunk.strip()]
    closed = [part if part.endswith(("\n", "\r")) else part + ends + ends for part in parts[:-1]]
    return "".join([*closed, *(part.rstrip("\r\n") + tail for part in parts[-1:])])
