"""What stands between a draft and a final edition (law 8), one problem each."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import Place, Problem
from pipeline.proceedings.chapters import standings
from pipeline.proceedings.collect import Collection, Work
from pipeline.translation.counterpart import State
from pipeline.translation.fields import field_states

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
        yield Problem("blocked-missing", Place(work.original.file.path), {"language": language})
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
        if found.unit and found.unit.segments:
            place = Place(text.file.path, text.source.body_line + found.unit.segments[0].line)
        else:
            segment = work.original.body.segments[found.source]
            line = work.original.source.body_line + segment.line
            place = Place(work.original.file.path, line)
        yield Problem("blocked-segment", place, {"state": standing})
