"""The words that somebody approved and somebody changed since, from the history of their file.

A comment keeps a fingerprint of what was approved, not the words. Where git has an earlier version
of the file they are looked for there, and what is found proves itself: it has the fingerprint that
the comment above it names. Without git nothing is known, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.errors import ActesError
from pipeline.review.diff.changes import Changed
from pipeline.review.items import Item, Kind
from pipeline.texts.git import UnreadableError, repository
from pipeline.texts.metadata import Metadata
from pipeline.texts.source import parse_source, unify_lines
from pipeline.translation.fields import field_values
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State, parse_marker
from pipeline.workspace.schema import validate
from pipeline.workspace.yaml import parse

_PASSAGE = re.compile(r"^(<!--.*?-->)\n(.*?)(?=^<!--|\Z)", re.DOTALL | re.MULTILINE)
_CHANGED = frozenset({State.EDITED, State.STALE})
Pair = tuple[str, str]
"""The name of a value (empty for a segment) and the fingerprint of its source."""


def approved_words(root: Path, changes: Iterable[Changed]) -> Mapping[str, str]:
    """By item, the words that were last approved for the source that it answers."""
    wanted: dict[str, list[Item]] = {}
    for change in changes:
        item = change.item
        known = change.text_then is not None or item.source_then is None
        if item.state in _CHANGED and item.kind is not Kind.ORPHAN and not known:
            wanted.setdefault(item.path, []).append(item)
    if not wanted:
        return {}
    with repository(root) as found:
        if found is None:
            return {}
        try:
            versions = found.versions(list(wanted))
            contents = found.contents(list(dict.fromkeys(b for v in versions.values() for b in v)))
        except (UnreadableError, ValueError):
            return {}
    words: dict[str, str] = {}
    for path, items in wanted.items():
        old = (contents[blob] for blob in versions.get(path, ()) if blob in contents)
        words |= _last(items, old)
    return words


def _last(items: Sequence[Item], versions: Iterable[bytes]) -> dict[str, str]:
    """What each item's words were in the latest of ``versions`` in which they were approved."""
    left = {_pair(item): item.key for item in items}
    words: dict[str, str] = {}
    for content in versions:
        if not left:
            break
        there = approved_in(content)
        for pair in [pair for pair in left if pair in there]:
            words[left.pop(pair)] = there[pair]
    return words


def _pair(item: Item) -> Pair:
    name = item.part if item.kind is Kind.VALUE else ""
    return name, fingerprint(item.source_then or "")


def approved_in(content: bytes) -> Mapping[Pair, str]:
    """The approved words of a counterpart as it once was; of what cannot be read, none."""
    try:
        source = parse_source("", content)
        document = parse(source.front or "", "")
    except ActesError:
        return {}
    metadata, _problems = validate(Metadata, document, {"counterpart": True})
    found: dict[Pair, str] = dict(_values(metadata)) if metadata else {}
    for match in _PASSAGE.finditer(unify_lines(source.body)):
        marker, words = parse_marker(match[1]), match[2].strip("\n")
        if marker and marker.word == State.REVIEWED and marker.text == fingerprint(words):
            found.setdefault(("", fingerprint(marker.source)), words)
    return found


def _values(metadata: Metadata) -> Iterable[tuple[Pair, str]]:
    said = metadata.translation.fields if metadata.translation else {}
    for name, value in field_values(metadata).items():
        claim = said.get(name)
        if claim and claim.state == State.REVIEWED.value and claim.text == fingerprint(value):
            yield (name, fingerprint(claim.source)), value
