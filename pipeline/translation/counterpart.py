"""What a counterpart vouches for: the true state of each passage beside its source.

Law 3: a state vouches for exactly one pair of texts. The word in the comment is only a claim; both
fingerprints decide. ``reviewed`` is never inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.texts.segments import Segment
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import APPROVE, Marker, State
from pipeline.translation.passages import Passage, passages, translatable
from pipeline.translation.recover import aligned


@dataclass(frozen=True)
class Pair:
    """A source segment (index in the source's list, None: orphaned), its passage, its state."""

    source: int | None
    passage: Passage | None
    state: State


def state_of(marker: Marker, translation: str, source: str) -> State:
    """The true state of a pair, whatever the word says (law 3).

    An `APPROVE` vouches for nothing until it is settled: nobody knows for which words it was typed.
    An empty translation that was approved (its words stand in the passage before) is reviewed.
    """
    same_source = fingerprint(_answered(marker)) == fingerprint(source)
    untouched = bool(marker.text) and fingerprint(translation) == marker.text
    if not translation.strip() and not (marker.word == State.REVIEWED and untouched):
        return State.MISSING
    if not same_source:
        return State.STALE
    if not untouched:
        return State.EDITED
    return {"reviewed": State.REVIEWED, "machine": State.MACHINE}.get(marker.word, State.EDITED)


def _answered(marker: Marker) -> str:
    """The source that a marker's claim is about; who approves a stale pair has read its ``now``."""
    return marker.now if marker.word == APPROVE and marker.now else marker.source


def approved(marker: Marker, translation: str) -> Marker:
    """The marker after ``approve``: reviewed, for the pair as it stands in the file (law 3)."""
    mark, answered = fingerprint(translation), _answered(marker)
    new = Marker(State.REVIEWED, answered, mark, note=marker.persons_note)
    return new.following(marker, "")


def settled(marker: Marker, translation: str) -> Marker:
    """The marker after a typed `APPROVE`.

    It approves nothing where it may have been meant for the proposal: no words stand below, or none
    were changed while the proposal was corrected.
    """
    if not translation.strip():
        never = not marker.text or marker.proposal
        return replace(marker, word=State.MISSING) if never else approved(marker, translation)
    if marker.corrected and marker.proposed and marker.text == fingerprint(translation):
        return replace(marker, word=State.STALE)
    return approved(marker, translation)


def pair(source: Sequence[Segment], counterpart: Sequence[Segment]) -> list[Pair]:
    """Every source segment beside the passage that answers it, in the counterpart's order.

    A source segment without passage is missing and stands after the pair of the segment before it;
    a passage without source is orphaned.
    """
    return list(_paired(tuple(source), tuple(counterpart)))


@lru_cache(maxsize=8)
def _paired(source: tuple[Segment, ...], counterpart: tuple[Segment, ...]) -> tuple[Pair, ...]:
    """Whoever decides on a passage asks for the same pairs several times."""
    wanted = translatable(source)
    there, found = aligned([source[index] for index in wanted], passages(counterpart))
    passage_of = {position: index for index, position in found.source_of.items()}
    missing_after: dict[int, list[int]] = {}
    last = -1
    for position in range(len(wanted)):
        if position in passage_of:
            last = passage_of[position]
        else:
            missing_after.setdefault(last, []).append(position)
    pairs: list[Pair] = [Pair(wanted[p], None, State.MISSING) for p in missing_after.get(-1, ())]
    for index, passage in enumerate(there):
        answered = found.source_of.get(index)
        pairs.append(_pair(passage, None if answered is None else wanted[answered], source))
        pairs += [Pair(wanted[p], None, State.MISSING) for p in missing_after.get(index, ())]
    return tuple(pairs)


def _pair(passage: Passage, index: int | None, source: Sequence[Segment]) -> Pair:
    if index is None or passage.marker is None:
        return Pair(index, passage, State.EDITED)
    return Pair(index, passage, state_of(passage.marker, passage.raw, source[index].raw))
