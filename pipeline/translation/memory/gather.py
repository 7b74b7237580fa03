"""From the texts of a workspace to entries: what each comment vouches for, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b

from pipeline.errors import Place
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind
from pipeline.translation.counterpart import state_of
from pipeline.translation.fields import field_values
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import Marker, State
from pipeline.translation.memory.entries import Entry, Input, Standing
from pipeline.translation.passages import Passage, passages
from pipeline.translation.works import Work

_STANDINGS = {
    State.REVIEWED: Standing.REVIEWED,
    State.EDITED: Standing.EDITED,
    State.MACHINE: Standing.MACHINE,
}


def workspace_inputs(works: Mapping[str, Work]) -> list[Input]:
    """An input for every counterpart whose original can be read and is not confidential (law 6)."""
    inputs: list[Input] = []
    for _key, work in sorted(works.items()):
        original = work.original
        if original is None or original.metadata.confidential:
            continue
        for _language, text in sorted(work.counterparts.items()):
            if not text.metadata.confidential:
                digest = input_digest(
                    original.file.path, original.source.digest, text.source.digest
                )
                inputs.append(Input(text.file.path, digest, partial(entries_of, original, text)))
    return inputs


def entries_of(original: Text, counterpart: Text) -> list[Entry]:
    """The entries of one counterpart: the values of its metadata, then the units of its body.

    A translation that a person changed answers to its source as long as that stands; one that
    nobody touched answers to what its comment says, also after the source has changed or gone.
    """
    if original.metadata.confidential or counterpart.metadata.confidential:
        return []  # whoever asks
    return [*_of_fields(original, counterpart), *_of_body(original, counterpart)]


def input_digest(original: str, digest: str, counterpart: str) -> str:
    """The digest of an input: the path of the original, and the digests of both files' content."""
    return blake2b(f"{original}\0{digest}\0{counterpart}".encode(), digest_size=16).hexdigest()


def _standing(marker: Marker, translation: str, current: bool) -> Standing | None:
    """How far a translation is vouched for as that of ``marker.source``; None: not at all."""
    if not translation.strip() or not marker.source.strip():
        return None
    touched = not marker.text or fingerprint(translation) != marker.text
    if touched and not current:
        return None
    return _STANDINGS.get(state_of(marker, translation, marker.source))


def _of_fields(original: Text, counterpart: Text) -> Iterable[Entry]:
    translation = counterpart.metadata.translation
    now = field_values(original.metadata)
    claims = translation.fields if translation else {}
    for name, words in field_values(counterpart.metadata).items():
        claim = claims.get(name)
        if claim is None:
            continue
        marker = Marker(claim.state, claim.source, claim.text or "", claim.now)
        current = fingerprint(now.get(name, "")) == fingerprint(claim.source)
        standing = _standing(marker, words, current)
        if standing is not None:
            where = f"{counterpart.file.path}#{name}"
            yield _entry(original, counterpart, claim.source, words, standing, where)


def _of_body(original: Text, counterpart: Text) -> Iterable[Entry]:
    kinds = {fingerprint(segment.raw): segment.kind for segment in original.body.segments}
    before = ""
    for passage in passages(counterpart.body.segments):
        marker = passage.marker
        if marker is None:
            continue
        mark = fingerprint(marker.source)
        units = _units(marker.source, kinds.get(mark))
        standing = _standing(marker, passage.raw, current=mark in kinds)
        where = str(Place(counterpart.file.path, _line(counterpart, passage)))
        if standing is not None:
            for source, target, ahead in _paired(marker.source, units, passage, before):
                yield _entry(original, counterpart, source, target, standing, where, ahead)
        before = next((fingerprint(unit) for unit in reversed(units) if unit.strip()), before)


def _entry(
    original: Text,
    counterpart: Text,
    source: str,
    target: str,
    standing: Standing,
    where: str,
    before: str = "",
) -> Entry:
    languages = original.file.language, counterpart.file.language
    return Entry(*languages, source, target, standing.value, where, before)


def _paired(
    source: str, units: Sequence[str], passage: Passage, before: str
) -> Iterable[tuple[str, str, str]]:
    """Source, translation and context of each unit; of the whole where units do not match.

    A passage whose words nothing is to be translated in (code, a rule) has none.
    """
    answers = [
        unit
        for segment in passage.segments
        if segment.kind is not SegmentKind.COMMENT
        for unit in _units(segment.raw, segment.kind)
    ]
    if len(units) == len(answers):
        for unit, answer in zip(units, answers, strict=True):
            if unit.strip() and answer.strip():
                yield unit, answer, before
            before = fingerprint(unit) if unit.strip() else before
    elif units and answers:
        yield source.strip("\n"), passage.raw.strip("\n"), before


def _units(raw: str, kind: SegmentKind | None) -> list[str]:
    """The texts of a block's units; of one whose ``kind`` is no longer known, too."""
    from pipeline.translation.markup.units import scan

    return [unit.text for unit in scan(raw, kind).units]


def _line(counterpart: Text, passage: Passage) -> int:
    first = next(iter(passage.indices), passage.comment) or 0
    return counterpart.source.body_line + counterpart.body.segments[first].line
