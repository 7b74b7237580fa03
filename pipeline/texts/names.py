"""What a head names and the event does not have: authorities, a theme, a room, subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.errors import Problem, Severity
from pipeline.workspace.load import Workspace
from pipeline.workspace.nearest import nearest, nearest_named
from pipeline.workspace.schema import problem_at
from pipeline.workspace.yaml import Document, Path


def unknown_names(document: Document, folder: str, workspace: Workspace) -> Iterable[Problem]:
    """Names of things that do not exist; read from the YAML itself, to be said at once."""
    value: Mapping[str, Any] = document.value  # type: ignore[assignment]
    event, register = workspace.event, workspace.delegations
    authorities = {key: list(each.name.values()) for key, each in register.items()}
    authorities |= {key: [] for key in workspace.refused or ()}
    for path, identifier in named_authorities(value) if workspace.refused is not None else ():
        yield from _unknown(document, path, "authority-unknown", identifier, authorities)
    themes = {theme.id: list(theme.title.values()) for theme in event.themes}
    theme = value.get("theme")
    if isinstance(theme, str):
        yield from _unknown(document, ("theme",), "theme-unknown", theme, themes)
        if theme in themes and folder in themes and theme != folder:
            yield problem_at(document, ("theme",), "theme-folder", id=theme, folder=folder)
    session = value.get("session")
    room = session.get("room") if isinstance(session, dict) else None
    if isinstance(room, str):
        rooms = {key: list(names.values()) for key, names in event.rooms.items()}
        yield from _unknown(document, ("session", "room"), "room-unknown", room, rooms)
    subjects = [subject.id for theme in workspace.event.themes for subject in theme.subjects]
    for index, subject in enumerate(_strings(value.get("subjects"))):
        if subject not in subjects:
            values = {"id": subject, "nearest": nearest(subject, subjects)}
            place = document.place(("subjects", index))
            yield Problem("subject-other", place, values, Severity.REMARK)


def _unknown(
    document: Document, path: Path, rule: str, given: str, known: Mapping[str, Iterable[str]]
) -> Iterable[Problem]:
    """What is wrong with an identifier, if it is none of those ``known``, which have names."""
    if given not in known:
        values = {"id": given, "nearest": nearest_named(given, known)}
        yield Problem(rule, document.place(path), values)


def named_authorities(value: Mapping[str, Any]) -> Iterable[tuple[Path, str]]:
    for index, authority in enumerate(_strings(value.get("authorities"))):
        yield ("authorities", index), authority
    speakers = value.get("speakers")
    for index, speaker in enumerate(speakers if isinstance(speakers, list) else ()):
        if isinstance(speaker, dict) and isinstance(speaker.get("authority"), str):
            yield ("speakers", index, "authority"), speaker["authority"]


def _strings(value: Any) -> list[str]:
    return (
        [item if isinstance(item, str) else "" for item in value] if isinstance(value, list) else []
    )
