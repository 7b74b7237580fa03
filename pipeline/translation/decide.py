"""What becomes of one passage: the rules of the update, a case each.

Origin and review are separate facts. A machine wrote the words if the comment says so and its
fingerprint still fits; all other words are a person's, whatever the comment says (laws 2 and 3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import ORPHAN, Marker, State
from pipeline.translation.passages import Passage


@dataclass(frozen=True)
class Proposal:
    """A machine's translation of a segment, as Markdown, and what it lacks (law 7)."""

    text: str
    remark: str = ""


@dataclass(frozen=True)
class Outcome:
    """The marker that shall stand above a passage (None: what stands there), and its new words
    (None: those that stand there)."""

    marker: Marker | None
    body: str | None = None


def asks(source: str, passage: Passage | None, retranslate: bool = False) -> bool:
    """Whether a machine's proposal would be used for ``source``."""
    if passage is None:
        return True
    marker = passage.marker
    if marker is None:
        return False
    same = fingerprint(marker.source) == fingerprint(source)
    if passage.machine_own:
        return retranslate or not same
    if same:
        approved = _absent(marker) and marker.word == State.REVIEWED
        return passage.vacant and not approved and not _proposed(marker, source)
    return not _proposed(marker, source)


def decide(source: str, passage: Passage | None, proposal: Proposal | None) -> Outcome:
    """The passage that answers ``source`` from now on."""
    outcome = _decided(source, passage, proposal)
    if passage is None or passage.marker is None or outcome.marker is None:
        return outcome
    return replace(outcome, marker=outcome.marker.following(passage.marker, source))


def _decided(source: str, passage: Passage | None, proposal: Proposal | None) -> Outcome:
    if passage is None:
        return _filled(Marker(State.MISSING, source), source, proposal)
    marker = passage.marker
    if marker is None:  # words without a comment: somebody's answer, to be confirmed
        return Outcome(None) if passage.comment is not None else Outcome(_edited(source))
    same = fingerprint(marker.source) == fingerprint(source)
    if passage.machine_own:
        return _filled(marker, source, proposal) if proposal else Outcome(_waiting(marker, source))
    if passage.vacant:
        return _vacant(marker, source, proposal)
    if not same:
        return Outcome(_stale(marker, passage, source, proposal))
    if marker.word == State.REVIEWED and fingerprint(passage.raw) == marker.text:
        return Outcome(marker)
    return Outcome(_edited(marker.source, marker.persons_note))


def orphaned(passage: Passage) -> Outcome | None:
    """A passage whose source is gone; None where nothing of it is a person's."""
    marker = passage.marker
    if marker is None or marker.word == ORPHAN:
        return Outcome(marker)
    note = marker.persons_note
    words = note or marker.unmarked or passage.comments
    if not words and (passage.machine_own or not passage.raw.strip()):
        return None
    return Outcome(Marker(ORPHAN, marker.source, note=note).following(marker, ""))


def _waiting(marker: Marker, source: str) -> Marker:
    """A machine's words, with what the source says since, until a machine answers that."""
    same = fingerprint(marker.source) == fingerprint(source)
    return replace(marker, now=None if same else _as_shown(marker.now, source))


def _as_shown(there: str | None, source: str) -> str:
    """``source``, as the comment shows it already where it differs in white space only."""
    if not there or there == source:
        return source
    return there if fingerprint(there) == fingerprint(source) else source


def _filled(marker: Marker, source: str, proposal: Proposal | None) -> Outcome:
    """A machine's words below what it translated, or nothing yet."""
    note = marker.persons_note
    if proposal is None:
        return Outcome(Marker(State.MISSING, _as_shown(marker.source, source), note=note))
    text = proposal.text.strip("\n")
    return Outcome(
        Marker(State.MACHINE, source, fingerprint(text), note=note, remark=proposal.remark or None),
        text,
    )


def _vacant(marker: Marker, source: str, proposal: Proposal | None) -> Outcome:
    """No words: none came yet, or a person took them away, which is respected; the machine's words
    are then shown in the comment only. An approved absence is an answer like any other."""
    same = fingerprint(marker.source) == fingerprint(source)
    if not marker.text and not marker.proposal:
        return _filled(marker, source, proposal)
    if _absent(marker) and not same:
        return Outcome(_stale(marker, None, source, proposal))
    if _absent(marker) and marker.word == State.REVIEWED:
        return Outcome(marker)
    shown = _as_shown(marker.source, source)
    kept = Marker(State.MISSING, shown, marker.text, note=marker.persons_note)
    return Outcome(_with(kept, marker, source, proposal))


def _absent(marker: Marker) -> bool:
    """Whether somebody approved that no words stand here."""
    return marker.word in (State.REVIEWED, State.STALE) and marker.text == fingerprint("")


def _edited(source: str, note: str | None = None) -> Marker:
    return Marker(State.EDITED, source, note=note)


def _stale(
    marker: Marker, passage: Passage | None, source: str, proposal: Proposal | None
) -> Marker:
    """The old source, the new one, and a fresh proposal, above words that stay as they are."""
    words = passage.raw if passage else ""
    vouched = marker.text if marker.text == fingerprint(words) else ""
    now = _as_shown(marker.now, source)
    stale = Marker(State.STALE, marker.source, vouched, now=now, note=marker.note)
    return _with(stale, marker, source, proposal)


def _with(new: Marker, old: Marker, source: str, proposal: Proposal | None) -> Marker:
    """``new`` with the proposal there is for ``source``: the one that stands there, or a fresh one.

    A proposal that a person corrected in its place goes into the note when it must give way.
    """
    if _proposed(old, source):
        return replace(new, proposal=old.proposal, proposed=old.proposed, remark=old.remark,
                       note=old.note)  # fmt: skip
    new = replace(new, note=old.persons_note)
    if proposal is None:
        return new
    text = proposal.text.strip("\n")
    return replace(new, proposal=text, proposed=fingerprint(text), remark=proposal.remark or None)


def _proposed(marker: Marker, source: str) -> bool:
    """Whether the comment already shows a proposal for what the source says."""
    answered = marker.source if marker.now is None else marker.now
    return bool(marker.proposal) and fingerprint(answered) == fingerprint(source)
