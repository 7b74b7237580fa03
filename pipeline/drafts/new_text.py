"""`actes new`: a text to fill in, its metadata taken from the event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pipeline import files
from pipeline.drafts.listing import with_listed
from pipeline.drafts.skeleton import Skeletons, fill, one_line, scalar
from pipeline.drafts.slots import Slot, free_slot
from pipeline.drafts.wishes import (
    date_of,
    is_slug,
    refuse,
    shortened,
    slug_problem,
    words_problem,
)
from pipeline.errors import ActesError, Exit, Place, Problem, stop
from pipeline.texts.metadata import Session, read_metadata
from pipeline.texts.source import MAX_BYTES, parse_source
from pipeline.workspace.event import Event, Theme
from pipeline.workspace.layout import ANNEXES, PRELIMINARIES, Kind, TextFile, find_texts, kind_of
from pipeline.workspace.load import Workspace, load
from pipeline.workspace.nearest import nearest_named
from pipeline.workspace.paths import EVENT

GOALS = range(1, 18)
_LISTED = (PRELIMINARIES, ANNEXES)
MAX_PICTURE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Request:
    """The arguments and options of `actes new`, as typed."""

    folder: str
    name: str
    language: str
    title: str | None = None
    date: str | None = None
    time: str | None = None
    room: str | None = None
    authorities: Sequence[str] = ()
    goals: Sequence[int] = ()


@dataclass(frozen=True)
class Made:
    """A new text: its file and, for a summary, the session proposed.

    ``listed``: whether event.yaml names it (None: it need not). ``body_line`` lines precede its
    body.
    """

    path: Path
    slot: Slot | None
    listed: bool | None
    body_line: int
    pictures: tuple[Path, ...] = ()


def new_text(
    root: Path,
    request: Request,
    body: str | None = None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> Made:
    """Write the text that is asked for, and name it in event.yaml where that is needed.

    ``body`` (of a draft that is imported) takes the place of the guidance; ``pictures`` by name go
    to ``images/`` beside the text, before it: it never stands without them.

    Raises ActesError with all that is wrong with the request (exit code 2), ``text-exists`` or
    ``text-exists-elsewhere`` (4). Nothing is written then, and nothing is ever overwritten.
    """
    with files.locked(root, root / "build"):
        workspace, _problems = load(root)
        event = workspace.event
        refuse(_check(request, workspace))
        found, _misplaced = find_texts(root, event)
        _check_free(root, request, event)
        kind = kind_of(request.folder, request.name)
        slot = None
        if kind is Kind.SUMMARY:
            slot = _slot(workspace, found, request)
        content = compose(workspace, request, kind, slot, Skeletons(root))
        source = parse_source(_path(request, request.language), content.encode("utf-8"))
        if body is not None:
            content = content.removesuffix(source.body) + "\n" + body
        path = root / source.path
        shown = tuple(path.parent / "images" / name for name in pictures)
        for picture in shown:
            _write_picture(root, picture, pictures[picture.name])
        files.write_text(root, path, content)
        blank = 1 if body is not None else 0
        return Made(path, slot, _list(root, request, event), source.body_line + blank, shown)


def _write_picture(root: Path, picture: Path, content: bytes) -> None:
    """The same picture may be there already (an import that was killed); another may not."""
    if picture.exists() and files.read_bytes(root, picture, MAX_PICTURE) != content:
        raise stop("text-exists", picture.relative_to(root).as_posix(), code=Exit.REFUSED)
    files.write_bytes(root, picture, content)


def _path(request: Request, language: str) -> str:
    return f"sources/{request.folder}/{request.name}.{language}.md"


# -- what may be wrong --------------------------------------------------------------------------


def _check(request: Request, workspace: Workspace) -> Iterable[Problem]:
    event = workspace.event
    folders = [*(theme.id for theme in event.themes), *_LISTED]
    if request.folder not in folders:
        values = {
            "id": shortened(request.folder),
            "nearest": _nearest_folder(request.folder, event),
        }
        yield Problem("theme-unknown", Place(shortened(request.folder)), values)
    if not is_slug(request.name):
        yield slug_problem(request.name, shortened(request.name), _bare(request.name))
    if request.language not in event.languages:
        values = {"language": request.language, "languages": ", ".join(event.languages)}
        rule = "language-unknown" if request.language else "language-needed"
        yield Problem(rule, Place("--lang"), values)
    if request.title is not None and (problem := words_problem(request.title, "--title")):
        yield problem
    yield from _check_session(request, event)
    register = {key: each.name.values() for key, each in workspace.delegations.items()}
    for authority in request.authorities:
        if authority not in register:
            near = nearest_named(authority, register)
            values = {"id": shortened(authority), "nearest": near}
            yield Problem("authority-unknown", Place("--authority"), values)
    for goal in request.goals:
        if goal not in GOALS:
            values = {"key": "--sdg", "given": str(goal), "bound": "1–17"}
            yield Problem("expected-range", Place("--sdg"), values)


def _check_session(request: Request, event: Event) -> Iterable[Problem]:
    if request.date is not None:
        day = date_of(request.date)
        if day is None:
            values = {"key": "--date", "given": shortened(request.date)}
            yield Problem("expected-date", Place("--date"), values)
        elif not event.dates.start <= day <= event.dates.end:
            limits = {"date": day, "start": event.dates.start, "end": event.dates.end}
            yield Problem("date-outside", Place("--date"), limits)
    if request.time is not None and _time(request.time) is None:
        values = {"key": "--time", "given": shortened(request.time)}
        yield Problem("expected-time", Place("--time"), values)
    if request.room is not None and request.room not in event.rooms:
        rooms = {key: names.values() for key, names in event.rooms.items()}
        near = nearest_named(request.room, rooms)
        values = {"id": shortened(request.room), "nearest": near}
        yield Problem("room-unknown", Place("--room"), values)


def _nearest_folder(word: str, event: Event) -> str:
    """The folder that was meant: by its identifier, or by the theme's title in any language."""
    titles = {theme.id: theme.title.values() for theme in event.themes}
    return nearest_named(word, {**titles, **dict.fromkeys(_LISTED, ())})


def _bare(name: str) -> str:
    """A name without the ``.ja.md`` that belongs to the file."""
    return re.sub(r"(\.[A-Za-z-]{2,10})?\.(md|markdown)$", "", name)


def _time(value: str) -> str | None:
    """A time in its usual form (``09:30-11:00``), or None."""
    from pydantic import ValidationError

    try:
        return Session.model_validate({"date": "2000-01-01", "time": value}).time
    except ValidationError:
        return None


def _check_free(root: Path, request: Request, event: Event) -> None:
    path = _path(request, request.language)
    if (root / path).exists() or (root / path).is_symlink():
        raise ActesError([Problem("text-exists", Place(path))], Exit.REFUSED)
    for language in event.languages:
        other = _path(request, language)
        if (root / other).exists():
            values = {"tag": language}
            raise ActesError([Problem("text-exists-elsewhere", Place(other), values)], Exit.REFUSED)


# -- the session --------------------------------------------------------------------------------


def _slot(workspace: Workspace, found: Iterable[TextFile], request: Request) -> Slot:
    day = date_of(request.date) if request.date else None
    time = _time(request.time) if request.time else None
    taken = [] if day and time and request.room else list(_taken(workspace, found))
    return free_slot(workspace.event, taken, day, time, request.room)


def _taken(workspace: Workspace, found: Iterable[TextFile]) -> Iterable[Slot]:
    """The sessions of the summaries that can be read; a broken one takes no place."""
    for file in found:
        if file.kind is not Kind.SUMMARY:
            continue
        try:
            content = files.read_bytes(workspace.root, workspace.root / file.path, MAX_BYTES)
            source = parse_source(file.path, content)
            metadata, _document, _wrong = read_metadata(
                file.path, source.front, file.kind, workspace
            )
        except ActesError:
            continue
        if metadata is not None and metadata.session is not None:
            session = metadata.session
            yield Slot(session.date, session.time, session.room)


# -- the text -----------------------------------------------------------------------------------


def compose(
    workspace: Workspace, request: Request, kind: Kind, slot: Slot | None, skeletons: Skeletons
) -> str:
    """The content of the new file."""
    language = request.language
    words = skeletons.words(language)
    values = {
        "title": scalar(request.title.strip() if request.title else words["title"]),
        "text": words["text"],
    }
    if kind is not Kind.SUMMARY or slot is None:
        return fill(skeletons.in_language("text", language), values)
    theme = workspace.event.theme(request.folder)
    values |= _head(workspace, request, theme, slot)
    values["rapporteur"] = scalar(words["rapporteur"])
    return fill(skeletons.in_language("summary", language), values)


def _head(workspace: Workspace, request: Request, theme: Theme, slot: Slot) -> Mapping[str, str]:
    event, language = workspace.event, request.language
    known = workspace.delegations
    return {
        "theme": theme.id,
        "date": slot.date.isoformat(),
        "time": slot.time,
        "room": f", room: {scalar(slot.room)}" if slot.room else "",
        "rooms": _catalogue({key: names[language] for key, names in event.rooms.items()}),
        "authorities": ", ".join(scalar(authority) for authority in request.authorities),
        "known": _catalogue({key: each.name[language] for key, each in known.items()}),
        "example": next(iter(known), "authority-a"),
        "subjects": _catalogue({each.id: each.label[language] for each in theme.subjects}),
        "sdgs": ", ".join(str(goal) for goal in dict.fromkeys(request.goals)),
    }


def _catalogue(names: Mapping[str, str]) -> str:
    """Identifiers with what they stand for, as comments."""
    return "\n".join(f"#   {key}: {one_line(name)}" for key, name in names.items())


def _list(root: Path, request: Request, event: Event) -> bool | None:
    """Name a preliminary or annex in event.yaml; False where a person has to."""
    if request.folder not in _LISTED:
        return None
    listed: tuple[str, ...] = getattr(event, request.folder)
    if request.name in listed:
        return True
    content = files.read_bytes(root, root / EVENT, 4 * MAX_BYTES).decode("utf-8")
    changed = with_listed(content, request.folder, request.name)
    if changed is None:
        return False
    files.write_text(root, root / EVENT, changed)
    return True
