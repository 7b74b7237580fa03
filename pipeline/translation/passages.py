"""A counterpart's body as passages: each comment with the translation below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.texts.segments import Segment, SegmentKind, join
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import Marker, State, damaged_claim, looks_ours, parse_marker


@dataclass(frozen=True)
class Passage:
    """A marker (None above the first, or where it cannot be read) and the segments below it.

    ``indices`` are the places of the segments in the counterpart's body, ``comment`` that of the
    marker, or of the comment that was meant as one.
    """

    marker: Marker | None
    segments: tuple[Segment, ...]
    indices: tuple[int, ...]
    comment: int | None = None
    hint: str | None = None

    @property
    def raw(self) -> str:
        """The translation as it stands, without ordinary comments that people left in it."""
        return join([s for s in self.segments if s.kind is not SegmentKind.COMMENT])

    @property
    def comments(self) -> bool:
        """Whether people left ordinary comments in it."""
        return any(segment.kind is SegmentKind.COMMENT for segment in self.segments)

    @property
    def vacant(self) -> bool:
        """Whether no words stand below the comment."""
        return not self.raw.strip()

    @property
    def damaged(self) -> bool:
        """Whether its comment cannot be read."""
        return self.marker is None and self.comment is not None

    @property
    def machine_own(self) -> bool:
        """Whether a machine wrote the words and nobody touched them: both the word and the
        fingerprint say so (law 2)."""
        marker = self.marker
        claimed = marker is not None and marker.word == State.MACHINE and not self.vacant
        return claimed and marker is not None and marker.text == fingerprint(self.raw)

    @property
    def answers(self) -> str | None:
        """The source text that the passage says it answers to, also in a damaged comment."""
        return self.marker.source if self.marker else self.hint

    @property
    def latest(self) -> str | None:
        """What that text said when the passage was last updated."""
        return self.marker.now if self.marker and self.marker.now else self.answers


@dataclass
class _Open:
    marker: Marker | None = None
    comment: int | None = None
    hint: str | None = None
    segments: list[Segment] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)

    def close(self) -> Passage:
        segments, indices = tuple(self.segments), tuple(self.indices)
        return Passage(self.marker, segments, indices, self.comment, self.hint)


def passages(segments: Sequence[Segment]) -> list[Passage]:
    """The passages of a counterpart's body, in its order."""
    found: list[Passage] = []
    current = _Open()
    for index, segment in enumerate(segments):
        if segment.kind is SegmentKind.COMMENT and looks_ours(segment.raw):
            found.append(current.close())
            marker = parse_marker(segment.raw)
            hint = None if marker else damaged_claim(segment.raw)
            current = _Open(marker, index, hint)
        elif segment.kind is not SegmentKind.LEADING:
            current.segments.append(segment)
            current.indices.append(index)
    found.append(current.close())
    return [p for p in found if p.comment is not None or p.segments]


def translatable(segments: Sequence[Segment]) -> list[int]:
    """The indices of the source segments that a counterpart must answer."""
    passive = {SegmentKind.COMMENT, SegmentKind.LEADING}
    return [index for index, segment in enumerate(segments) if segment.kind not in passive]
