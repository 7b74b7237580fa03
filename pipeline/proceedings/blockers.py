"""What stands between a draft and a final edition (law 8), one problem each."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from pipeline.drafts import placeholders
from pipeline.errors import ActesError, Place, Problem
from pipeline.proceedings.chapters import standings
from pipeline.proceedings.collect import Collection
from pipeline.texts.source import Source
from pipeline.translation.fields import field_states
from pipeline.translation.marker import State
from pipeline.translation.works import Work
from pipeline.workspace.load import read_document
from pipeline.workspace.paths import DELEGATIONS, EVENT, GLOSSARY
from pipeline.workspace.yaml import parse

_TRUSTED = ("original", "reviewed")


def blockers(collection: Collection, language: str) -> Iterable[Problem]:
    """Every missing text and unreviewed passage of the edition in ``language``."""
    for work in collection.all:
        yield from _of(work, language)


def _of(work: Work, language: str) -> Iterable[Problem]:
    text = work.in_language(language)
    if work.original is None or (text is None and language in work.broken):
        file = work.broken.get(language) or next(iter(work.broken.values()), None)
        yield Problem("blocked-broken", Place(file.path if file else work.key))
        return
    if text is None:
        yield Problem("blocked-missing", Place(work.original.file.path), {"spoken": language})
        return
    if text is work.original:
        return
    states = field_states(work.original.metadata, text.metadata)
    for name, state in states.items():
        if state is not State.REVIEWED:
            values = {"field": name, "state": state.value}
            yield Problem("blocked-field", Place(text.file.path, 1), values)
    for found, standing in standings(work.original, text):
        if found.source is None or standing in _TRUSTED:
            continue
        if found.passage and found.passage.segments:
            place = Place(text.file.path, text.source.body_line + found.passage.segments[0].line)
        else:
            segment = work.original.body.segments[found.source]
            line = work.original.source.body_line + segment.line
            place = Place(work.original.file.path, line)
        yield Problem("blocked-segment", place, {"state": standing})


def waiting(root: Path, sources: Iterable[Source]) -> Iterable[Problem]:
    """Values and lines that still say what a new file says (« [Titre du texte] »)."""
    for source in sources:
        places = placeholders.in_body(source.body, source.path, source.body_line)
        if source.front is not None:
            with contextlib.suppress(ActesError):  # said when the text was read
                head = parse(source.front, source.path, line_offset=1)
                places = [*placeholders.in_document(head), *places]
        yield from (Problem("blocked-placeholder", place) for place in places)
    for name in (EVENT, DELEGATIONS, GLOSSARY):
        if (root / name).is_file():
            try:
                document = read_document(root, name)
            except ActesError:  # said when the workspace was loaded
                continue
            for place in placeholders.in_document(document):
                yield Problem("blocked-placeholder", place)
