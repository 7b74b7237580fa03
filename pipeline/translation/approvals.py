"""What a translator approves by typing `approve`, turned into fresh fingerprints.

The word stands where the state does, in a segment's comment or in a metadata value; the next
command that may write settles it, for the pair as it stands in the file, and for nothing that is
written later (law 3). Nothing else in the file moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.errors import ActesError
from pipeline.texts.metadata import FieldState, Metadata
from pipeline.texts.segments import Segment
from pipeline.texts.source import Source
from pipeline.translation import counterpart, scalars
from pipeline.translation.fields import claim_of, field_values, marker_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.front import update as front_update
from pipeline.translation.marker import APPROVE, Marker, State, render_marker
from pipeline.translation.passages import passages
from pipeline.workspace.yaml import parse

_FIRST_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")
_FIELDS = ("translation", "fields")
_PASSING = ("now", "proposal", "proposed")
"""What a comment holds until its passage is approved."""


def settled(source: Source, segments: Sequence[Segment], metadata: Metadata) -> str:
    """The whole file with its approvals settled; the same string where there are none."""
    front = source.front
    head = _settled_front(front, source.path, metadata) if front is not None else ""
    typed = {
        passage.comment: counterpart.settled(passage.marker, passage.raw)
        for passage in passages(segments)
        if passage.marker and passage.marker.word == APPROVE and passage.comment is not None
    }
    return with_front(source, head) + with_markers(segments, source.body, typed)


def with_front(source: Source, front: str) -> str:
    """The file down to its body, with ``front`` between its dashes, where it has them."""
    head = source.raw[: len(source.raw) - len(source.body)]
    dashes = _FIRST_LINE.match(head)
    if source.front is None or dashes is None:
        return head
    return dashes[0] + front + head[dashes.end() + len(source.front) :]


def with_markers(segments: Sequence[Segment], body: str, markers: Mapping[int, Marker]) -> str:
    """The ``body`` that ``segments`` were split from, with other markers in the comments whose
    places are given."""
    parts = list(segments)
    for place, marker in markers.items():
        parts[place] = replace(parts[place], raw=comment_saying(parts[place], marker))
    return "".join(part.raw + part.after for part in parts) if parts else body


def comment_saying(comment: Segment, marker: Marker) -> str:
    """A comment's bytes with another marker in it, its line ends as they were."""
    ends = "\r\n" if "\r\n" in comment.raw else "\n"
    trailing = comment.raw[len(comment.raw.rstrip("\r\n")) :]
    return render_marker(marker).replace("\n", ends) + trailing


def _settled_front(front: str, path: str, metadata: Metadata) -> str:
    """The YAML with ``state: approve`` made ``reviewed``, value by value.

    Unchanged where the result would not say the same in everything else: the value then stays
    what it is, not approved.
    """
    claims = metadata.translation.fields if metadata.translation else {}
    values = field_values(metadata)
    markers = {
        name: counterpart.settled(marker_of(claim), values[name])
        for name, claim in claims.items()
        if claim.state == APPROVE and name in values
    }
    waiting = [name for name, marker in markers.items() if marker.word == State.REVIEWED]
    if any(_noted(claims[name], markers[name]) for name in waiting):
        new = {name: claim_of(markers[name]) for name in waiting}
        try:
            return front_update.with_claims(front, metadata, new, path)
        except ActesError:
            return front
    return _approved(front, path, claims, values, waiting) if waiting else front


def _noted(claim: FieldState, approved: Marker) -> bool:
    """Whether a person's words go from what Actes shows into the note when a value is approved."""
    marker = marker_of(claim)
    return marker.mixed or approved.note != marker.persons_note


def _approved(
    front: str,
    path: str,
    claims: Mapping[str, FieldState],
    values: Mapping[str, str],
    waiting: Iterable[str],
) -> str:
    """The YAML with the claims that wait made ``reviewed`` where they stand, however written."""
    entries = scalars.entries(front)
    expected: Any = parse(front, path).value
    changes: list[scalars.Change] = []
    for name in waiting:
        mapping = entries.get((*_FIELDS, name), {})
        if "state" in mapping and "source" in mapping:
            said = expected["translation"]["fields"][name]
            changes += _settle(front, mapping, claims[name], fingerprint(values[name]), said)
    result = scalars.changed(front, changes)
    try:
        return result if parse(result, path).value == expected else front
    except ActesError:
        return front


def _settle(
    front: str,
    mapping: Mapping[str, scalars.Entry],
    claim: FieldState,
    mark: str,
    said: dict[str, Any],
) -> Iterable[scalars.Change]:
    """The changes for one value; ``said`` is made what the YAML shall say of it afterwards."""
    quoted = scalars.quoted(mark)
    said |= {"state": State.REVIEWED.value, "text": mark}
    if "text" in mapping:
        yield scalars.set_to(front, mapping["state"], State.REVIEWED)
        yield scalars.set_to(front, mapping["text"], quoted)
    else:
        yield from scalars.added_after(front, mapping["state"], State.REVIEWED, "text", quoted)
    if claim.now:  # who approves a stale value has read what the original says now
        said["source"] = claim.now
        yield scalars.set_to(front, mapping["source"], scalars.quoted(claim.now))
        if "shown" in mapping:
            said["shown"] = fingerprint(claim.now)
            yield scalars.set_to(front, mapping["shown"], scalars.quoted(said["shown"]))
    kept = marker_of(claim).persons_note != claim.note  # a person's correction of a proposal
    passing = _PASSING[:1] if kept else _PASSING
    for key, change in scalars.removed(front, mapping, passing).items():
        del said[key]
        yield change
