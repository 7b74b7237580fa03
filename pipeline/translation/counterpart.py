"""A counterpart as bilingual Markdown: the comments above its segments, and what they vouch for.

Law 3: a state vouches for exactly one pair of texts. The word in the comment is only a claim; both
fingerprints decide. ``reviewed`` is never inferred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.texts.segments import Segment, SegmentKind, join
from pipeline.translation.fingerprint import fingerprint


class State(StrEnum):
    """How far a translated segment may be trusted (the design's words)."""

    MISSING = "missing"
    MACHINE = "machine"
    EDITED = "edited"
    REVIEWED = "reviewed"
    STALE = "stale"


APPROVE = "approve"
"""The word a translator types where the state stands; the next command makes it ``reviewed``."""

_COMMENT = re.compile(
    r"\A\s*<!--[ \t]*(?P<word>[A-Za-z]+)[ \t]*\r?\n(?P<yaml>.*?)-->\s*\Z", re.DOTALL
)
_KEY = re.compile(r"(?P<key>source|now|proposal|text|note):[ \t]*(?P<value>.*)")
WORDS: tuple[str, ...] = (*(state.value for state in State), APPROVE)
"""What may stand first in a marker, in capitals too."""
_ESCAPES = re.compile(r"-->|--&(?=(?:amp;)*gt;)")
_ESCAPED = re.compile(r"--&(?:gt;|amp;(?=(?:amp;)*gt;))")


@dataclass(frozen=True)
class Marker:
    """The comment above a segment.

    ``word`` is the claimed state (or `APPROVE`); ``source`` the text the translation answers to;
    ``text`` the fingerprint of the translation that the claim is about.
    """

    word: str
    source: str
    text: str = ""
    now: str | None = None
    proposal: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Passage:
    """A marker (None above the first, or where it was deleted) and the segments below it.

    ``indices`` are the places of the segments in the counterpart's body, ``comment`` that of the
    marker.
    """

    marker: Marker | None
    segments: tuple[Segment, ...]
    indices: tuple[int, ...]
    comment: int | None = None

    @property
    def raw(self) -> str:
        """The translation as it stands."""
        return join(self.segments)


@dataclass(frozen=True)
class Pair:
    """A source segment (index in the source's list, None: orphaned), its passage, its state."""

    source: int | None
    passage: Passage | None
    state: State


@dataclass
class _Open:
    marker: Marker | None
    comment: int | None = None
    segments: list[Segment] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)

    def close(self) -> Passage:
        return Passage(self.marker, tuple(self.segments), tuple(self.indices), self.comment)


def parse_marker(comment: str) -> Marker | None:
    """The marker in an HTML comment, or None if the comment is none of ours (or is damaged)."""
    match = _COMMENT.match(comment)
    word = match["word"].lower() if match else ""
    if not match or word not in WORDS:
        return None
    values = _values(match["yaml"])
    if values is None or "source" not in values:
        return None
    return Marker(
        word,
        values["source"],
        values.get("text", ""),
        values.get("now"),
        values.get("proposal"),
        values.get("note"),
    )


def _values(body: str) -> Mapping[str, str] | None:
    """Keys with plain or literal-block values; None when a line is neither."""
    values: dict[str, str] = {}
    block: list[str] | None = None
    key = ""
    for line in body.replace("\r\n", "\n").split("\n"):
        if block is not None and (line.startswith("  ") or not line.strip()):
            block.append(line[2:])
            values[key] = unescape("\n".join(block).strip("\n"))
            continue
        block = None
        if not line.strip():
            continue
        match = _KEY.fullmatch(line.rstrip())
        if not match or match["key"] in values:
            return None
        key = match["key"]
        if match["value"] in ("|", "|-", "|+"):
            block = []
            values[key] = ""
        else:
            values[key] = unescape(match["value"].strip().strip("\"'"))
    return values


def escape(text: str) -> str:
    """A text that cannot end the comment it stands in: ``-->`` as ``--&gt;``, that one escaped too.

    >>> escape("a --> b --&gt; c")
    'a --&gt; b --&amp;gt; c'
    """
    return _ESCAPES.sub(lambda match: "--&gt;" if match[0] == "-->" else "--&amp;", text)


def unescape(text: str) -> str:
    """The inverse of `escape`."""
    return _ESCAPED.sub(lambda match: "-->" if match[0] == "--&gt;" else "--&", text)


def render_marker(marker: Marker) -> str:
    """The comment for ``marker``, without a line end after it."""
    lines = [f"<!-- {marker.word}"]
    for key in ("source", "now", "proposal"):
        value = getattr(marker, key)
        if value is not None:
            lines.append(f"{key}: |")
            lines += [f"  {line}" if line else "" for line in escape(value).split("\n")]
    if marker.text:
        lines.append(f"text: {marker.text}")
    if marker.note is not None:
        lines.append("note: |")
        lines += [f"  {line}" if line else "" for line in escape(marker.note).split("\n")]
    return "\n".join([*lines, "-->"])


def passages(segments: Sequence[Segment]) -> list[Passage]:
    """The passages of a counterpart's body, in its order."""
    found: list[Passage] = []
    current = _Open(None)
    for index, segment in enumerate(segments):
        marker = parse_marker(segment.raw) if segment.kind is SegmentKind.COMMENT else None
        if marker is not None:
            found.append(current.close())
            current = _Open(marker, index)
        elif segment.kind is not SegmentKind.LEADING:
            current.segments.append(segment)
            current.indices.append(index)
    found.append(current.close())
    return [passage for passage in found if passage.marker or passage.segments]


def translatable(segments: Sequence[Segment]) -> list[int]:
    """The indices of the source segments that a counterpart must answer."""
    passive = {SegmentKind.COMMENT, SegmentKind.LEADING}
    return [index for index, segment in enumerate(segments) if segment.kind not in passive]


def state_of(marker: Marker, translation: str, source: str) -> State:
    """The true state of a pair, whatever the word says (law 3).

    An `APPROVE` vouches for nothing until it is settled: nobody knows for which words it was typed.
    """
    same_source = fingerprint(_answered(marker)) == fingerprint(source)
    if not translation.strip():
        return State.MISSING
    untouched = bool(marker.text) and fingerprint(translation) == marker.text
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
    return Marker(State.REVIEWED, _answered(marker), fingerprint(translation), note=marker.note)


def pair(source: Sequence[Segment], counterpart: Sequence[Segment]) -> list[Pair]:
    """Every source segment beside the passage that answers it, in the counterpart's order.

    Passages find their source by what they vouch for; what is left between two matches is paired in
    order (the source changed there). A source segment without passage is missing and stands after
    the pair of the segment before it; a passage without source is orphaned.
    """
    wanted = translatable(source)
    there = passages(counterpart)
    links = _links([source[i].raw for i in wanted], there)
    unit_of = dict(links)
    source_of = {u: s for s, u in links}
    missing_after: dict[int, list[int]] = {}
    last = -1
    for position in range(len(wanted)):
        if position in unit_of:
            last = unit_of[position]
        else:
            missing_after.setdefault(last, []).append(position)
    pairs: list[Pair] = [Pair(wanted[p], None, State.MISSING) for p in missing_after.get(-1, ())]
    for index, passage in enumerate(there):
        pairs.append(_pair(passage, source_of.get(index), wanted, source))
        pairs += [Pair(wanted[p], None, State.MISSING) for p in missing_after.get(index, ())]
    return pairs


def _pair(
    passage: Passage, position: int | None, wanted: Sequence[int], source: Sequence[Segment]
) -> Pair:
    if position is None:
        return Pair(None, passage, State.EDITED)
    index = wanted[position]
    if passage.marker is None:
        return Pair(index, passage, State.EDITED)
    return Pair(index, passage, state_of(passage.marker, passage.raw, source[index].raw))


def _links(sources: Sequence[str], there: Sequence[Passage]) -> list[tuple[int, int]]:
    """Pairs (source position, passage position): by fingerprint, then by order in the gaps."""
    waiting: dict[str, list[int]] = {}
    for position, text in enumerate(sources):
        waiting.setdefault(fingerprint(text), []).append(position)
    links: dict[int, int] = {}
    for index, passage in enumerate(there):
        places = waiting.get(fingerprint(passage.marker.source), []) if passage.marker else []
        if places:
            links[index] = places.pop(0)
    taken = set(links.values())
    free = [position for position in range(len(sources)) if position not in taken]
    for index in range(len(there)):
        if index in links:
            continue
        after = max((links[i] for i in range(index) if i in links), default=-1)
        before = min((links[i] for i in range(index + 1, len(there)) if i in links),
                     default=len(sources))  # fmt: skip
        choice = next((p for p in free if after < p < before), None)
        if choice is not None:
            links[index] = choice
            free.remove(choice)
    return sorted((position, index) for index, position in links.items())
