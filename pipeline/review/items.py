"""What a translator reviews: each segment and metadata value of a counterpart, as it stands.

Pure, over texts that were read. States are computed from the fingerprints, never believed (law 3).
Items hold the words of confidential texts too: they are shown on this machine, to whoever holds the
files, and are never to be logged or put into an error (law 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.errors import Place, Problem
from pipeline.texts.metadata import FieldState
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind
from pipeline.texts.source import unify_lines
from pipeline.translation.counterpart import Pair, pair
from pipeline.translation.field_places import field_place
from pipeline.translation.fields import field_states, field_values, marker_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import Marker, State
from pipeline.translation.passages import Passage, translatable
from pipeline.translation.status_words import has_letters, to_translate
from pipeline.translation.update import shown
from pipeline.translation.works import Work


class Kind(StrEnum):
    """What an item is: a segment, a metadata value, or a translation whose source is gone."""

    SEGMENT = "segment"
    VALUE = "value"
    ORPHAN = "orphan"


@dataclass(frozen=True)
class Seen:
    """What a person had before their eyes, as fingerprints; empty where there was nothing."""

    source: str = ""
    text: str = ""
    proposal: str = ""
    note: str = ""


@dataclass(frozen=True)
class Item:
    """A segment or value to review.

    ``path`` is the counterpart's file, ``part`` the number of the segment as in ``actes approve
    PATH#3``, the name of the value, or ``orphan-N``. ``block`` is what a segment is. ``source`` and
    ``text`` are the words now; ``source_then`` what the translation was last said to answer to
    (None: nothing was said), ``text_then`` the words that were vouched for (None: not known any
    more). ``of`` is where the source stands, None for an orphan; ``comment`` the line of the
    comment (0: there is none); ``lacking`` what the machine said that its translation lacks.
    """

    path: str
    part: str
    kind: Kind
    block: SegmentKind | None
    languages: tuple[str, str]
    state: State
    place: Place
    of: Place | None
    source: str
    text: str
    source_then: str | None = None
    text_then: str | None = None
    proposal: str | None = None
    note: str | None = None
    confidential: bool = False
    has_words: bool = True
    lacking: str | None = None
    comment: int = 0
    remarks: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        """What the item is called as long as nobody adds a segment before it: ``PATH#3``."""
        return f"{self.path}#{self.part}"

    @property
    def seen(self) -> Seen:
        """What a person sees who looks at it now."""
        return seen(self.source, self.text, self.proposal, self.note)

    @property
    def waiting(self) -> bool:
        """Whether it needs a person."""
        return self.state is not State.REVIEWED and (self.has_words or self.state is State.STALE)


def seen(source: str, text: str, proposal: str | None, note: str | None) -> Seen:
    """The fingerprints of what is shown."""
    return Seen(_mark(source), _mark(text), _mark(proposal), _mark(note))


def _mark(text: str | None) -> str:
    return fingerprint(text) if text and text.strip() else ""


def items(work: Work, language: str) -> tuple[Item, ...]:
    """The items of ``work`` in ``language``: values, segments in the original's order, orphans.

    None where the original or the counterpart is missing or cannot be read.
    """
    original, text = work.original, work.counterparts.get(language)
    return items_of(original, text) if original and text else ()


def items_of(original: Text, text: Text) -> tuple[Item, ...]:
    """The items of a counterpart beside its original."""
    return (*_values(original, text), *_segments(original, text))


# -- segments -----------------------------------------------------------------------------------


def _segments(original: Text, text: Text) -> Iterator[Item]:
    pairs = pair(original.body.segments, text.body.segments)
    answers = {found.source: found for found in pairs if found.source is not None}
    for number, index in enumerate(translatable(original.body.segments), 1):
        yield _segment(original, text, answers[index], str(number))
    lost = (found for found in pairs if found.source is None and is_orphan(found.passage))
    for number, found in enumerate(lost, 1):
        yield _segment(original, text, found, f"orphan-{number}")


def is_orphan(passage: Passage | None) -> bool:
    """Whether a passage without a source holds anybody's words."""
    return passage is not None and (not passage.vacant or bool(note_of(passage)))


def note_of(passage: Passage) -> str | None:
    """The note in a passage's comment."""
    return passage.marker.note if passage.marker else None


def _segment(original: Text, text: Text, found: Pair, part: str) -> Item:
    passage, marker = found.passage, found.passage.marker if found.passage else None
    segment = None if found.source is None else original.body.segments[found.source]
    words = words_of(passage)
    of = Place(original.file.path, original.source.body_line + segment.line) if segment else None
    item = Item(
        text.file.path,
        part,
        Kind.SEGMENT if segment else Kind.ORPHAN,
        segment.kind if segment else None,
        (original.file.language, text.file.language),
        found.state,
        Place(text.file.path, _line(text, passage)),
        of,
        shown(segment) if segment else "",
        words,
        confidential=original.metadata.confidential,
        has_words=bool(to_translate(segment)) if segment else True,
        comment=_comment(text, passage),
    )
    return _with_comment(item, marker)


def words_of(passage: Passage | None) -> str:
    """The translation in a passage, with ``\\n`` as its only line end and none around it."""
    return unify_lines(passage.raw).strip("\n") if passage else ""


def _line(text: Text, passage: Passage | None) -> int:
    """The first line of the translation's words, else of the comment, else of the body."""
    if passage is None:
        return text.source.body_line + 1
    kinds = text.body.segments
    places = [i for i in passage.indices if kinds[i].kind is not SegmentKind.COMMENT]
    first = next(iter(places or passage.indices), passage.comment)
    return text.source.body_line + (kinds[first].line if first is not None else 1)


def _comment(text: Text, passage: Passage | None) -> int:
    if passage is None or passage.comment is None:
        return 0
    return text.source.body_line + text.body.segments[passage.comment].line


def _with_comment(item: Item, marker: Marker | None) -> Item:
    """With what a comment tells: source and words then, the proposal, the note, what is lacking."""
    if marker is None:
        return item
    kept = bool(marker.text) and marker.text == fingerprint(item.text)
    return replace(
        item,
        source_then=marker.source,
        text_then=item.text if kept else None,
        proposal=marker.proposal or None,
        note=marker.note or None,
        lacking=marker.remark or None,
    )


# -- metadata -----------------------------------------------------------------------------------


def _values(original: Text, text: Text) -> Iterable[Item]:
    translation = text.metadata.translation
    claims: Mapping[str, FieldState] = translation.fields if translation else {}
    sources, there = field_values(original.metadata), field_values(text.metadata)
    for name, state in field_states(original.metadata, text.metadata).items():
        known, words = name in sources, there.get(name, "")
        item = Item(
            text.file.path,
            name,
            Kind.VALUE if known else Kind.ORPHAN,
            None,
            (original.file.language, text.file.language),
            state,
            field_place(text, name),
            field_place(original, name) if known else None,
            sources.get(name, ""),
            words,
            confidential=original.metadata.confidential,
            has_words=not known or has_letters(sources[name]),
        )
        yield _with_comment(item, marker_of(claims[name]) if name in claims else None)
