"""The translated values of a counterpart's metadata, by dotted name, and their true states."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.texts.metadata import FieldState, Metadata
from pipeline.translation.counterpart import state_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import Marker, State, marker_saying

_SHOWN = ("source", "now")
"""What ``shown`` holds the fingerprints of, in that order."""


def field_values(metadata: Metadata) -> dict[str, str]:
    """The values a translator gives words to: ``title``, ``keywords.1``, ``speakers.2.role`` …"""
    values = {"title": metadata.title}
    if metadata.abstract:
        values["abstract"] = metadata.abstract
    for number, keyword in enumerate(metadata.keywords, 1):
        values[f"keywords.{number}"] = keyword.term
    people = {f"speakers.{n}": person for n, person in enumerate(metadata.speakers, 1)}
    if metadata.rapporteur:
        people["rapporteur"] = metadata.rapporteur
    for prefix, person in people.items():
        values[f"{prefix}.name"] = person.name
        if person.role:
            values[f"{prefix}.role"] = person.role
    return values


def field_states(original: Metadata, counterpart: Metadata) -> Mapping[str, State]:
    """The true state of every value of the original in the counterpart (law 3).

    A value that only the counterpart has answers to nothing: it is edited, whatever is claimed.
    """
    recorded = counterpart.translation.fields if counterpart.translation else {}
    there = field_values(counterpart)
    states: dict[str, State] = {}
    for name, source in field_values(original).items():
        translation = there.get(name, "")
        claim = recorded.get(name)
        if not translation:
            states[name] = State.MISSING
        elif claim is None:
            states[name] = State.EDITED
        else:
            states[name] = state_of(marker_of(claim), translation, source)
    alone = {name: State.EDITED for name, value in there.items() if value and name not in states}
    return states | alone


def marker_of(claim: FieldState) -> Marker:
    """What is said of a value, in the words of a segment's comment.

    What a person wrote among what Actes shows there is in its note.
    """
    said = {
        "source": claim.source, "now": claim.now, "proposal": claim.proposal, "note": claim.note,
        "text": claim.text, "proposed": claim.proposed,
    }  # fmt: skip
    values = {key: value for key, value in said.items() if value is not None}
    marks = dict(zip(_SHOWN, (claim.shown or "").split(), strict=False))
    return marker_saying(claim.state, values, marks)


def claim_of(marker: Marker) -> FieldState:
    """What a marker says, as it stands below a value's name."""
    shown = [marker.source] if marker.now is None else [marker.source, marker.now]
    known = marker.unmarked.isdisjoint(shown)
    said = {
        "state": str(marker.word), "source": marker.source, "now": marker.now,
        "shown": " ".join(map(fingerprint, shown)) if known else None, "proposal": marker.proposal,
        "proposed": marker.proposed or None, "text": marker.text or None, "note": marker.note,
    }  # fmt: skip
    return FieldState.model_validate(said)


def parted_claim(claim: FieldState) -> FieldState:
    """``claim`` with what a person wrote among what Actes shows there in its note."""
    marker = marker_of(claim)
    return claim_of(marker) if marker.mixed else claim
