"""What becomes of the metadata values of a counterpart; the rules are those of a passage.

A value is decided as a segment is (`decide.py`): a person's words stay, a machine's may be
replaced. What the original no longer has leaves its place: a machine's words are dropped, a
person's wait among the orphans until the original says the same again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.texts.metadata import Metadata, Orphan
from pipeline.texts.segments import Segment, SegmentKind
from pipeline.translation.counterpart import settled
from pipeline.translation.decide import Proposal, decide
from pipeline.translation.fields import claim_of, marker_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.front.items import (
    GROUPS,
    Held,
    Item,
    Parts,
    items,
    name_of,
    originals,
    paired,
)
from pipeline.translation.marker import APPROVE, ORPHAN, Marker, State
from pipeline.translation.passages import Passage


@dataclass(frozen=True)
class Answer:
    """A value of the original, and what the counterpart holds for it."""

    name: str
    part: str
    source: str
    held: Held

    @property
    def passage(self) -> Passage | None:
        """The value as a passage, for the rules that both share."""
        claim, value = self.held.claim, self.held.value
        if claim is None and not value:
            return None
        words = (Segment(SegmentKind.PARAGRAPH, value, "", 1, 0),) if value else ()
        return Passage(marker_of(claim) if claim else None, words, (0,) if value else ())


@dataclass(frozen=True)
class Slot:
    """A place in a group: the index of the counterpart's item that goes there (None: a new one),
    the answers to the original's values, and values that only the counterpart has."""

    index: int | None
    answers: tuple[Answer, ...]
    extras: Mapping[str, Held] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """Every group's places, and the values that wait for theirs."""

    slots: Mapping[str, tuple[Slot, ...]]
    orphans: tuple[Orphan, ...]

    @property
    def answers(self) -> Iterator[Answer]:
        """Every value of the original with what answers it, in the order of `field_values`."""
        for group in self.slots.values():
            for slot in group:
                yield from slot.answers


def match(original: Metadata, counterpart: Metadata | None) -> Match:
    """The counterpart's values in the places that the original gives them."""
    there = items(counterpart) if counterpart else dict.fromkeys(GROUPS, ())
    said = counterpart.translation if counterpart else None
    waiting = _Waiting(list(said.orphans) if said else [], [])
    slots: dict[str, tuple[Slot, ...]] = {}
    for group, sources in originals(original).items():
        answers, others = paired(group, sources, there[group])
        found = [
            _slot(group, position, parts, item, waiting)
            for position, (parts, item) in enumerate(zip(sources, answers, strict=True))
        ]
        slots[group] = (*found, *_alone(others, waiting))
    return Match(slots, (*waiting.before, *waiting.new))


@dataclass(frozen=True)
class _Waiting:
    """The orphans that were there, and those that came."""

    before: list[Orphan]
    new: list[Orphan]

    def taken(self, source: str) -> Orphan | None:
        """The orphan that answers ``source``, which waits no longer."""
        mark = fingerprint(source)
        found = next((o for o in self.before if fingerprint(o.source) == mark and o.text), None)
        if found:
            self.before.remove(found)
        return found

    def add(self, held: Held) -> None:
        """Keep what a person wrote of a value that has no place any more."""
        if held.persons:
            said = marker_of(held.claim) if held.claim else Marker(ORPHAN, "")
            left = Marker(ORPHAN, said.source, note=said.persons_note).following(said, "")
            orphan = Orphan(
                source=left.source, text=held.value, reading=held.reading or None, note=left.note
            )
            if orphan not in self.before:
                self.new.append(orphan)


def _slot(group: str, position: int, parts: Parts, item: Item | None, waiting: _Waiting) -> Slot:
    answers: list[Answer] = []
    extras: dict[str, Held] = {}
    for part in GROUPS[group]:
        held = _settled(item.parts[part]) if item else Held("")
        if part in parts:
            held = _returned(held, parts[part], waiting)
            answers.append(Answer(name_of(group, position, part), part, parts[part], held))
        elif held.value and held.extra:
            extras[part] = _alone_held(held)
        else:
            waiting.add(held)
    return Slot(item.index if item else None, tuple(answers), extras)


def _alone(others: list[Item], waiting: _Waiting) -> Iterator[Slot]:
    """Items that a person added stay behind those of the original; the others leave."""
    for item in others:
        head = item.head
        if item.index is not None and head is not None and head.value and head.extra:
            kept = {part: _alone_held(held) for part, held in item.parts.items() if held.value}
            yield Slot(item.index, (), kept)
        else:
            for held in item.parts.values():
                waiting.add(held)


def _alone_held(held: Held) -> Held:
    claim = held.claim or claim_of(Marker(State.EDITED, "", fingerprint(held.value)))
    return replace(held, claim=claim)


def _settled(held: Held) -> Held:
    """With a typed approval taken for what it says, and a person's reading for an edit."""
    claim = held.claim
    if claim is None:
        return held
    if claim.state == APPROVE and held.value:
        return replace(held, claim=claim_of(settled(marker_of(claim), held.value)))
    if claim.state == APPROVE:
        marker = marker_of(claim)
        missing = Marker(State.MISSING, marker.source, note=marker.note).following(marker, "")
        kept = replace(marker, word=State.MISSING) if marker.proposal else missing
        return replace(held, claim=claim_of(kept))
    if claim.state == State.MACHINE.value and held.reading:
        return replace(held, claim=claim.model_copy(update={"state": State.EDITED.value}))
    return held


def _returned(held: Held, source: str, waiting: _Waiting) -> Held:
    """What a person once wrote for ``source``, where only a machine or nobody answers it now."""
    claim = held.claim
    same = claim is not None and fingerprint(claim.source) == fingerprint(source)
    emptied = not held.value and claim is not None and bool(claim.text)
    if emptied or (held.value and (same or not held.machine_own)):
        return held
    orphan = waiting.taken(source)
    if orphan is None:
        return held
    notes = [orphan.note, marker_of(claim).persons_note if claim else None]
    note = "\n\n".join(note for note in notes if note) or None
    said = Marker(State.EDITED, source, fingerprint(orphan.text), note=note)
    if claim is not None:
        said = said.following(marker_of(claim), source)
    return Held(orphan.text, claim_of(said), orphan.reading or "")


# -- deciding -----------------------------------------------------------------------------------


def decided(answer: Answer, proposal: str) -> Held:
    """The value and what is said of it from now on; ``proposal`` is empty where there is none."""
    outcome = decide(answer.source, answer.passage, Proposal(proposal) if proposal else None)
    value = answer.held.value if outcome.body is None else outcome.body
    marker = outcome.marker
    if marker is None:  # `decide` always says something of a passage that no comment precedes
        return answer.held
    if marker.word == State.MACHINE and answer.held.reading:  # which a person gave
        marker = replace(marker, word=State.EDITED)
    if marker.word == State.EDITED and value:
        marker = replace(marker, text=fingerprint(value))
    return Held(value, claim_of(marker), answer.held.reading)
