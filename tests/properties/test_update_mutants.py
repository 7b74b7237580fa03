"""Bugs planted in the update, one at a time: the property test must see every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from pipeline.texts.segments import Segment
from pipeline.translation import counterpart, decide, marker, passages, update
from pipeline.translation.align import Alignment
from pipeline.translation.decide import Outcome
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import Marker, State
from pipeline.translation.passages import Passage
from tests.properties.update_machine import UpdateMachine

Patch = Callable[[pytest.MonkeyPatch], None]
_filled, _with = decide._filled, decide._with
_decide, _orphaned = decide.decide, decide.orphaned
_merged, _aligned = update._merged, update.aligned
_chunk = update._chunk


def mutant(name: str, *targets: tuple[object, str], by: object) -> object:
    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        for owner, attribute in targets:
            monkeypatch.setattr(owner, attribute, by)

    return pytest.param(patch, id=name)


def _claimed(passage: Passage) -> bool:
    return bool(passage.marker and passage.marker.word == State.MACHINE and not passage.vacant)


def _unchanged(passage: Passage) -> bool:
    return bool(passage.marker and passage.marker.text == fingerprint(passage.raw))


def _without_note(marker: Marker, source: str, proposal: decide.Proposal | None) -> Outcome:
    return _filled(replace(marker, note=None), source, proposal)


def _proposal_as_text(source: str, passage: Passage | None, new: decide.Proposal | None) -> Outcome:
    outcome = _decide(source, passage, new)
    stale = outcome.marker is not None and outcome.marker.word == State.STALE and new
    return replace(outcome, body=new.text) if stale and new else outcome


def _reviewed_again(source: str, passage: Passage | None, new: decide.Proposal | None) -> Outcome:
    outcome = _decide(source, passage, new)
    was = passage.marker if passage else None
    if was and was.word == State.REVIEWED and outcome.marker and passage:
        mark = fingerprint(passage.raw)
        return replace(outcome, marker=Marker(State.REVIEWED, source, mark, note=was.note))
    return outcome


def _filled_reviewed(marker: Marker, source: str, proposal: decide.Proposal | None) -> Outcome:
    outcome = _filled(marker, source, proposal)
    return replace(outcome, marker=replace(outcome.marker, word=State.REVIEWED))


def _only_first(parts: list[Passage]) -> Passage:
    return replace(_merged(parts), segments=parts[0].segments)


def _dropping_what_follows(
    sources: Sequence[Segment], there: Sequence[Passage]
) -> tuple[list[Passage], Alignment]:
    parts, found = _aligned(sources, there)
    if len(parts) == len(there):
        return parts, found
    lost = [bool(n) and part.comment is None for n, part in enumerate(parts)]
    return [replace(part, segments=(), indices=()) if gone else part
            for part, gone in zip(parts, lost, strict=True)], found  # fmt: skip


def _fresh_proposal(new: Marker, old: Marker, source: str, given: decide.Proposal | None) -> Marker:
    return _with(new, replace(old, proposal=None), source, given)


def _without_comments(passage: Passage | None, outcome: Outcome, *rest: object) -> str:
    if passage:
        kept = tuple(s for s in passage.segments if s.kind != "comment")
        passage = replace(passage, segments=kept)
    return _chunk(passage, outcome, *rest)  # type: ignore[arg-type]


MUTANTS = [
    mutant("the word alone makes a text the machine's", (Passage, "machine_own"),
           by=property(_claimed)),
    mutant("the fingerprint alone makes a text the machine's", (Passage, "machine_own"),
           by=property(_unchanged)),
    mutant("a passage without source is dropped", (update, "orphaned"),
           by=lambda passage: None),
    mutant("an orphan keeps its words but not its note", (update, "orphaned"),
           by=lambda p: (o := _orphaned(p)) and (replace(o, marker=replace(o.marker, note=None))
                                                 if o.marker else o)),
    mutant("a fresh proposal replaces a stale text", (update, "decide"), by=_proposal_as_text),
    mutant("reviewed is kept for another pair", (update, "decide"), by=_reviewed_again),
    mutant("a machine's words are taken as reviewed", (decide, "_filled"), by=_filled_reviewed),
    mutant("notes go with the machine's text", (decide, "_filled"), by=_without_note),
    mutant("a corrected proposal is replaced", (decide, "_with"), by=_fresh_proposal),
    mutant("of two texts made one the second is lost", (update, "_merged"), by=_only_first),
    mutant("what follows a lost comment is lost", (update, "aligned"),
           by=_dropping_what_follows),
    mutant("ordinary comments go with the machine's text", (update, "_chunk"),
           by=_without_comments),
    mutant("every segment is asked for again", (update, "asks"),
           by=lambda source, passage, retranslate=False: True),
    mutant("nothing escapes the end of a comment", (marker, "escape"), by=lambda text: text),
    mutant("words written into what Actes shows go with it", (marker, "parted"),
           by=lambda words, mark: (words, "")),
    mutant("a passage with a damaged comment is thrown away", (update, "passages"),
           by=lambda segments: [p for p in passages.passages(segments)
                                if p.marker or p.comment is None]),
    mutant("the state ignores the source", (counterpart, "state_of"),
           by=lambda m, text, source: State.REVIEWED if m.word == "reviewed" else State.EDITED),
    mutant("words before the first comment are not seen", (update, "passages"),
           by=lambda segments: [p for p in passages.passages(segments) if p.comment is not None]),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_read_before() -> Iterator[None]:
    """What a sound program read a defective one shall read again, and the other way round."""
    marker.parse_marker.cache_clear()
    yield
    marker.parse_marker.cache_clear()


@pytest.mark.parametrize("plant", MUTANTS)
def test_the_property_test_sees_it(plant: Patch, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            UpdateMachine,
            settings=settings(
                max_examples=3000,
                stateful_step_count=25,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
