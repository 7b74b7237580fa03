"""Exchange files written and taken back: the effects around the pure parts of this room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import files
from pipeline.containment import is_inside
from pipeline.drafts.package import Tracked
from pipeline.errors import ActesError, Exit, Place, Problem, Severity, in_order, stop
from pipeline.review.exchange import tbx, word
from pipeline.review.exchange.bounds import MAX_BYTES
from pipeline.review.exchange.formats import Outgoing, format_of
from pipeline.review.exchange.incoming import Asked, asked
from pipeline.review.exchange.outgoing import Wanted, bundle
from pipeline.review.exchange.rows import Bundle
from pipeline.review.reading import Reviewed, expect_languages, read
from pipeline.review.remarks import Inspector
from pipeline.review.taking import Report, take
from pipeline.workspace.event import Event
from pipeline.workspace.load import load
from pipeline.workspace.paths import GLOSSARY
from pipeline.workspace.yaml import MAX_BYTES as LONGEST_YAML

FOLDER = "exchange"


@dataclass(frozen=True)
class Sent:
    """A file that was written, the rows or concepts it holds, and what a person should know."""

    file: Path
    count: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Received:
    """A file that was taken: what became of its rows, and what a person should know."""

    report: Report
    asked: Asked


def prepare(root: Path, paths: Iterable[str], wanted: Wanted) -> tuple[Bundle, list[Problem]]:
    """The rows for ``wanted`` of the texts that ``paths`` name, with their remarks.

    Raises ActesError as `reading.read`, `expect_languages` and `outgoing.bundle`.
    """
    reviewed = read(root, paths)
    event = reviewed.workspace.event
    expect_languages(reviewed.workspace, filter(None, (wanted.target, wanted.source)))
    inspector = Inspector(reviewed.workspace)
    items = [
        item
        for work, language in reviewed.counterparts([wanted.target])
        for item in inspector.items(work, language)
    ]
    away = list(unread(reviewed, wanted.target))
    try:
        found, remarks = bundle(items, wanted, _title(event, wanted.target))
    except ActesError as error:  # what could not be read may be why nothing is left
        raise ActesError(in_order([*away, *error.problems]), error.code) from None
    return found, in_order([*away, *remarks])


def unread(reviewed: Reviewed, target: str) -> Iterator[Problem]:
    """What is not there to be sent: texts that could not be read, originals that have no
    counterpart yet, so that there is no file that rows could go back to."""
    yield from (problem for problem in reviewed.problems if problem.severity is Severity.ERROR)
    for work in reviewed.works.values():
        there = work.in_language(target) is not None or target in work.broken
        if work.original is not None and not there:
            place, values = Place(work.original.file.path), {"target": target}
            yield Problem("exchange-no-counterpart", place, values, Severity.REMARK)


def _title(event: Event, language: str) -> str:
    return event.title[language]


def export(
    root: Path, paths: Iterable[str], form: Outgoing, wanted: Wanted, out: Path | None = None
) -> Sent:
    """Write the rows for ``wanted`` in a format, to ``out``, else to ``build/exchange/``.

    Raises ActesError as `prepare`, `write` and the format's own ``write``.
    """
    rows, problems = prepare(root, paths, wanted)
    target = out or root / "build" / FOLDER / f"{rows.source}-{rows.target}{form.suffix}"
    write(root, target, form.write(rows))
    return Sent(target, len(rows.rows), tuple(problems))


def export_glossary(root: Path, out: Path | None = None) -> Sent:
    """Write the glossary as TBX. Raises ActesError as `load` and `write`."""
    workspace, problems = load(root)
    languages = workspace.event.languages
    content = tbx.write(workspace.glossary, languages, _title(workspace.event, languages[0]))
    target = out or root / "build" / FOLDER / "glossary.tbx"
    write(root, target, content)
    return Sent(target, len(workspace.glossary), tuple(problems))


def write(root: Path, target: Path, content: bytes) -> None:
    """Write an exchange file where it was asked for.

    Raises ActesError as `expect_elsewhere` and `files.write_bytes`.
    """
    place = target.absolute()
    expect_elsewhere(root, place)
    within = root if is_inside(root, place) else place.parent
    if within == root:
        files.make_folder(root, place.parent)
    files.write_bytes(within, place, content)


def expect_elsewhere(root: Path, target: Path) -> None:
    """Raises ActesError ``exchange-place`` for a file in ``sources/``: none goes there."""
    if is_inside(root / "sources", target.absolute()):
        raise stop("exchange-place", target.name, Exit.USAGE)


def receive(
    root: Path,
    file: Path,
    approve: bool = True,
    partial: bool = False,
    tracked: Tracked = "accept",
) -> Received:
    """Take a returned file into the workspace; a row holds as a whole or is a conflict.

    ``tracked`` says what becomes of the tracked changes of a Word file. Raises ActesError as the
    format's ``read``, `incoming.asked` and `taking.take`.
    """
    content = read_file(file)
    workspace, _problems = load(root)
    returns = (
        word.read(content, file.name, tracked)
        if file.suffix.lower() == word.SUFFIX
        else format_of(file.name, content[:4096]).read(content, file.name)
    )
    known = _counterparts(root, workspace.event)
    found = asked(returns, known, file.name, approve, partial)
    return Received(take(root, found.decisions), found)


def read_file(file: Path) -> bytes:
    """The bytes of a returned file, which may lie anywhere. Raises ActesError as `files`."""
    place = file.absolute()
    return files.read_bytes(place.parent, place, MAX_BYTES)


def _counterparts(root: Path, event: Event) -> Sequence[str]:
    from pipeline.workspace.layout import find_texts

    return [found.path for found in find_texts(root, event)[0]]


def receive_glossary(root: Path, file: Path) -> Sent:
    """Add the concepts of a TBX file that glossary.yaml has not; nothing there is changed.

    Raises ActesError as `tbx.read`, `load` and `files`; ``exchange-glossary`` where what would be
    written is no valid glossary.
    """
    content = read_file(file)
    workspace, wrong = load(root)
    if any(problem.severity is Severity.ERROR for problem in wrong):
        raise ActesError(in_order(wrong))
    languages = workspace.event.languages
    concepts = tbx.read(content, file.name, languages)
    words, count, problems = tbx.added(concepts, workspace.glossary, languages)
    place = root / GLOSSARY
    if count:
        with files.locked(root, workspace.build):
            before = files.read_bytes(root, place, LONGEST_YAML) if place.is_file() else b""
            after = before.rstrip(b"\n") + b"\n" * bool(before.strip()) + words.encode("utf-8")
            files.write_bytes(root, place, after, over=before if place.is_file() else None)
    return Sent(place, count, problems)
