"""Which texts make an edition: each with its original, its counterpart and its place in the order.

Pure: works on texts that were read, never on files.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import Problem
from pipeline.texts.read import Text
from pipeline.translation.works import Work, works
from pipeline.workspace.event import Event
from pipeline.workspace.layout import ANNEXES, PRELIMINARIES, Kind, TextFile


@dataclass(frozen=True)
class Collection:
    """The works of an event in the order of the proceedings."""

    preliminaries: tuple[Work, ...]
    introductions: Mapping[str, Work]
    summaries: Mapping[str, tuple[Work, ...]]
    annexes: tuple[Work, ...]

    @property
    def all(self) -> tuple[Work, ...]:
        """Every work, in order."""
        by_theme: list[Work] = []
        for theme, summaries in self.summaries.items():
            if theme in self.introductions:
                by_theme.append(self.introductions[theme])
            by_theme += summaries
        return (*self.preliminaries, *by_theme, *self.annexes)


def collect(
    event: Event, found: Sequence[TextFile], texts: Mapping[str, Text]
) -> tuple[Collection, list[Problem]]:
    """The works of the event, and what does not fit together."""
    grouped, problems = works(found, texts)
    return (
        Collection(
            _listed(PRELIMINARIES, event.preliminaries, grouped),
            {
                theme.id: grouped[f"{theme.id}/introduction"]
                for theme in event.themes
                if f"{theme.id}/introduction" in grouped
            },
            {theme.id: _by_programme(theme.id, grouped.values()) for theme in event.themes},
            _listed(ANNEXES, event.annexes, grouped),
        ),
        problems,
    )


def _listed(folder: str, names: Iterable[str], works: Mapping[str, Work]) -> tuple[Work, ...]:
    return tuple(works[f"{folder}/{name}"] for name in names if f"{folder}/{name}" in works)


def _by_programme(theme: str, works: Iterable[Work]) -> tuple[Work, ...]:
    """A theme's summaries in the order of their sessions; those without session last."""
    summaries = [w for w in works if w.folder == theme and w.kind is Kind.SUMMARY]
    return tuple(sorted(summaries, key=_session_key))


def _session_key(work: Work) -> tuple[datetime.date, str, str]:
    session = work.original.metadata.session if work.original else None
    if session is None:
        return (datetime.date.max, "", work.name)
    return (session.date, session.time, work.name)
