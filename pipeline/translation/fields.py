"""The translated values of a counterpart's metadata, by dotted name, and their true states."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.texts.metadata import FieldState, Metadata
from pipeline.translation.counterpart import state_of
from pipeline.translation.marker import Marker, State


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
    """What is said of a value, in the words of a segment's comment."""
    return Marker(
        claim.state, claim.source, claim.text or "", claim.now, claim.proposal, claim.note,
        proposed=claim.proposed or "",
    )  # fmt: skip
