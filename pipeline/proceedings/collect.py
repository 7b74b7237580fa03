"""Which texts make an edition: each with its original, its counterpart and its place in the order.

Pure: works on texts that were read, never on files.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import Place, Problem
from pipeline.texts.read import Text
from pipeline.workspace.event import Event
from pipeline.workspace.layout import ANNEXES, PRELIMINARIES, Kind, TextFile


@dataclass(frozen=True)
class Work:
    """One text of the event in all its languages.

    ``original`` is None when its file is broken; ``broken`` are the files that could not be read.
    """

    key: str
    folder: str
    name: str
    kind: Kind
    original: Text | None
    counterparts: Mapping[str, Text]
    broken: Mapping[str, TextFile]

    def in_language(self, language: str) -> Text | None:
        """The text in ``language``, original or counterpart."""
        if self.original is not None and self.original.file.language == language:
            return self.original
        return self.counterparts.get(language)


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
    groups: dict[str, list[TextFile]] = {}
    for file in found:
        if file.kind is not Kind.DECLARATION:
            groups.setdefault(file.key, []).append(file)
    problems: list[Problem] = []
    works = {key: _work(files, texts, problems) for key, files in groups.items()}
    return (
        Collection(
            _listed(PRELIMINARIES, event.preliminaries, works),
            {
                theme.id: works[f"{theme.id}/introduction"]
                for theme in event.themes
                if f"{theme.id}/introduction" in works
            },
            {theme.id: _by_programme(theme.id, works.values()) for theme in event.themes},
            _listed(ANNEXES, event.annexes, works),
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


def _work(files: Sequence[TextFile], texts: Mapping[str, Text], problems: list[Problem]) -> Work:
    there = {file.language: texts[file.path] for file in files if file.path in texts}
    originals = [text for text in there.values() if text.metadata.translation is None]
    counterparts = {
        language: text for language, text in there.items() if text.metadata.translation is not None
    }
    broken = {file.language: file for file in files if file.path not in texts}
    first = files[0]
    if len(originals) > 1:
        names = ", ".join(text.file.path for text in originals)
        problems.append(
            Problem("original-ambiguous", Place(originals[0].file.path), {"names": names})
        )
    original = originals[0] if len(originals) == 1 else None
    for text in counterparts.values():
        problems += _of(text, original, broken)
    return Work(first.key, first.folder, first.name, first.kind, original, counterparts, broken)


def _of(text: Text, original: Text | None, broken: Mapping[str, TextFile]) -> Iterable[Problem]:
    """A counterpart must name the original that stands beside it."""
    translation = text.metadata.translation
    if translation is None:
        return
    names = [original.file.path.rsplit("/", 1)[1]] if original else []
    names += [file.path.rsplit("/", 1)[1] for file in broken.values()]
    if translation.of not in names:
        values = {"of": translation.of, "expected": ", ".join(names) or "–"}
        yield Problem("counterpart-of-wrong", Place(text.file.path), values)
