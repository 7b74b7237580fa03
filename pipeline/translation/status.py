"""Where the translations of an event stand: how much of each text is in which state.

Pure, over texts that were read. What counts as work is every segment and metadata value of an
original that has words. States are computed from the fingerprints, never believed (law 3); of a
confidential text, only places and figures are told (law 6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pipeline.errors import Place
from pipeline.texts.read import Text
from pipeline.translation.counterpart import Pair, pair
from pipeline.translation.fields import field_states, field_values
from pipeline.translation.marker import APPROVE, State
from pipeline.translation.passages import Passage
from pipeline.translation.status_words import (
    count_characters,
    count_words,
    has_letters,
    to_translate,
)
from pipeline.translation.works import Work
from pipeline.workspace.event import Event

STATES = (State.REVIEWED, State.EDITED, State.MACHINE, State.STALE, State.MISSING)
"""The states in the order they are shown, from done to undone."""


@dataclass(frozen=True)
class Amount:
    """How much text: segments, metadata values, and the length of both in the original.

    ``words`` are those of originals whose language parts words with spaces; ``characters``, without
    spaces, are those of all.
    """

    segments: int = 0
    values: int = 0
    words: int = 0
    characters: int = 0

    @property
    def units(self) -> int:
        """Segments and metadata values together."""
        return self.segments + self.values

    def __add__(self, other: Amount) -> Amount:
        return Amount(
            self.segments + other.segments,
            self.values + other.values,
            self.words + other.words,
            self.characters + other.characters,
        )


Amounts = Mapping[State, Amount]


@dataclass(frozen=True)
class Note:
    """What a translator left to say (``note:``); no words where the text is confidential."""

    place: Place
    words: str | None


@dataclass(frozen=True)
class TextStatus:
    """A text on its way into one language.

    ``path`` is the counterpart's (None: there is none), ``original`` the original's (None: it
    cannot be read); ``readable`` says whether both could be read, where they are there.
    ``damaged`` are comments that cannot be read, ``orphans`` translations whose source is gone,
    ``approvals`` typed and not yet settled.
    """

    key: str
    folder: str
    language: str
    source: str | None
    original: str | None
    path: str | None
    readable: bool
    confidential: bool
    amounts: Amounts = field(default_factory=dict)
    damaged: tuple[Place, ...] = ()
    orphans: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = ()
    approvals: tuple[Place, ...] = ()
    broken: tuple[str, ...] = ()

    def units(self, *states: State) -> int:
        """Segments and values in any of ``states``."""
        return sum(self.amounts[state].units for state in states if state in self.amounts)


class Task(StrEnum):
    """What is to be done next with a text, in the order of the work."""

    REPAIR = "repair"
    TRANSLATE = "translate"
    ANSWER = "answer"
    SETTLE = "settle"
    UPDATE = "update"
    REVIEW = "review"
    PLACE = "place"


def status(
    works: Mapping[str, Work], event: Event, spaceless: Collection[str] = ()
) -> tuple[TextStatus, ...]:
    """Every work in every language of the event but its own, in the order of the works.

    ``spaceless`` are the languages whose length is counted in characters alone.
    """
    return tuple(
        text_status(work, language, spaceless)
        for work in works.values()
        for language in event.languages
        if language != _own(work)
    )


def _own(work: Work) -> str | None:
    """The language of the original, be it broken; None where several files may be it, or none."""
    if work.original is not None:
        return work.original.file.language
    return next(iter(work.broken)) if len(work.broken) == 1 else None


def text_status(work: Work, language: str, spaceless: Collection[str] = ()) -> TextStatus:
    """One work on its way into ``language``."""
    original, text = work.original, work.counterparts.get(language)
    broken = work.broken.get(language)
    path = text.file.path if text else broken.path if broken else None
    if original is None:
        mend = tuple(file.path for file in work.broken.values())
        return TextStatus(
            work.key, work.folder, language, None, None, path, False, True, broken=mend
        )
    spoken = original.file.language
    head = TextStatus(
        work.key, work.folder, language, spoken, original.file.path, path, broken is None,
        original.metadata.confidential, broken=(broken.path,) if broken else (),
    )  # fmt: skip
    pairs = pair(original.body.segments, text.body.segments if text else ())
    amounts = total([_segments(original, pairs, spaceless), _values(original, text, spaceless)])
    if text is None:
        return replace(head, amounts=amounts)
    return replace(
        head,
        amounts=amounts,
        damaged=tuple(
            _place(text, one.passage) for one in pairs if one.passage and one.passage.damaged
        ),
        orphans=tuple(_orphans(original, text, pairs)),
        notes=tuple(_notes(text, pairs, hide=original.metadata.confidential)),
        approvals=tuple(_approvals(text, pairs)),
    )


def total(parts: Iterable[Amounts]) -> dict[State, Amount]:
    """Amounts added up, with every state in the order of `STATES`."""
    whole = dict.fromkeys(STATES, Amount())
    for part in parts:
        for state, amount in part.items():
            whole[state] += amount
    return whole


def by_theme(texts: Sequence[TextStatus]) -> dict[tuple[str, str], dict[State, Amount]]:
    """The amounts by folder and language; folders as the texts have them, languages sorted."""
    folders = list(dict.fromkeys(text.folder for text in texts))
    pairs = {(text.folder, text.language) for text in texts}
    return {
        (folder, language): total(
            text.amounts for text in texts if (text.folder, text.language) == (folder, language)
        )
        for folder, language in sorted(pairs, key=lambda pair: (folders.index(pair[0]), pair[1]))
    }


def tasks(texts: Sequence[TextStatus]) -> dict[Task, tuple[tuple[TextStatus, int], ...]]:
    """What is to be done next: for each task its texts, each with how much of it there is."""
    found: dict[Task, list[tuple[TextStatus, int]]] = {task: [] for task in Task}
    for text in texts:
        for task, count in _tasks(text).items():
            if count:
                found[task].append((text, count))
    return {task: tuple(items) for task, items in found.items() if items}


def _tasks(text: TextStatus) -> dict[Task, int]:
    if not text.readable:
        return {Task.REPAIR: 1}
    return {
        Task.REPAIR: len(text.damaged),
        Task.TRANSLATE: text.units(State.MISSING),
        Task.ANSWER: len(text.notes),
        Task.SETTLE: len(text.approvals),
        Task.UPDATE: text.units(State.STALE),
        Task.REVIEW: text.units(State.MACHINE, State.EDITED),
        Task.PLACE: len(text.orphans),
    }


# -- amounts ------------------------------------------------------------------------------------


def _length(text: str, language: str, spaceless: Collection[str]) -> tuple[int, int]:
    return (0 if language in spaceless else count_words(text), count_characters(text))


def _segments(
    original: Text, pairs: Iterable[Pair], spaceless: Collection[str]
) -> dict[State, Amount]:
    found: dict[State, Amount] = {}
    for one in pairs:
        if one.source is None:
            continue
        words = to_translate(original.body.segments[one.source])
        if words:
            amount = Amount(1, 0, *_length(words, original.file.language, spaceless))
            found[one.state] = found.get(one.state, Amount()) + amount
    return found


def _values(
    original: Text, counterpart: Text | None, spaceless: Collection[str]
) -> dict[State, Amount]:
    states = field_states(original.metadata, counterpart.metadata) if counterpart else {}
    found: dict[State, Amount] = {}
    for name, words in field_values(original.metadata).items():
        if has_letters(words):
            state = states.get(name, State.MISSING)
            amount = Amount(0, 1, *_length(words, original.file.language, spaceless))
            found[state] = found.get(state, Amount()) + amount
    return found


# -- what else the counterpart says -------------------------------------------------------------


def _orphans(original: Text, text: Text, pairs: Iterable[Pair]) -> Iterable[Place]:
    """Passages with words, and metadata values, that answer to nothing in the original."""
    known = field_values(original.metadata)
    yield from (
        Place(text.file.path, 1) for name in field_values(text.metadata) if name not in known
    )
    for one in pairs:
        passage = one.passage if one.source is None else None
        if passage is not None and passage.raw.strip() and not passage.damaged:
            yield _place(text, passage)


def _notes(text: Text, pairs: Iterable[Pair], hide: bool) -> Iterable[Note]:
    translation = text.metadata.translation
    for claim in (translation.fields if translation else {}).values():
        if claim.note:
            yield Note(Place(text.file.path, 1), None if hide else claim.note)
    for one in pairs:
        marker = one.passage.marker if one.passage else None
        if marker and marker.note and one.passage:
            yield Note(_place(text, one.passage), None if hide else marker.note)


def _approvals(text: Text, pairs: Iterable[Pair]) -> Iterable[Place]:
    translation = text.metadata.translation
    for claim in (translation.fields if translation else {}).values():
        if claim.state == APPROVE:
            yield Place(text.file.path, 1)
    for one in pairs:
        if one.passage and one.passage.marker and one.passage.marker.word == APPROVE:
            yield _place(text, one.passage)


def _place(text: Text, passage: Passage) -> Place:
    first = passage.comment if passage.comment is not None else passage.indices[0]
    return Place(text.file.path, text.source.body_line + text.body.segments[first].line)
