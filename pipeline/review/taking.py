"""Decisions taken into the workspace: each file read as it stands, written only over what was read.

Where somebody saved meanwhile, the decisions are applied again to what they saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline import files
from pipeline.cache import Cache
from pipeline.errors import ActesError, Exit, Problem, stop
from pipeline.review.applying import apply
from pipeline.review.decisions import Applied, Conflict, Decision, Taken, by_path
from pipeline.texts.kept import kept
from pipeline.texts.metadata import read_metadata
from pipeline.texts.read import Text, read_body, read_texts
from pipeline.texts.source import MAX_BYTES, parse_source
from pipeline.translation.works import works
from pipeline.workspace.languages import markup_of
from pipeline.workspace.layout import TextFile, find_texts
from pipeline.workspace.load import Workspace, load

_TRIES = 5  # of one file that somebody saves again and again


@dataclass(frozen=True)
class Report:
    """What was taken and what was not; ``written`` are the files that changed, ``failed`` why
    others could not be written, whose decisions are among the conflicts."""

    taken: tuple[Taken, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    written: tuple[str, ...] = ()
    failed: tuple[Problem, ...] = ()


def take(root: Path, decisions: Iterable[Decision]) -> Report:
    """Take ``decisions`` into the files of the workspace at ``root``.

    Each decision holds as a whole or is a conflict that changed nothing. Raises ActesError as
    `load`, ``workspace-busy``, and where nothing at all could be written ``file-unwritable``, and
    ``approve-changed`` for a file that changes faster than it can be read; else these are told
    beside what was taken.
    """
    workspace, _problems = load(root)
    taken: list[Taken] = []
    conflicts: list[Conflict] = []
    changed: list[str] = []
    failures: list[ActesError] = []
    with files.locked(root, workspace.build):
        found, _misplaced = find_texts(root, workspace.event)
        known = {file.path: file for file in found}
        for path, own in by_path(decisions).items():
            if path not in known:
                conflicts += [Conflict(decision, "review-gone") for decision in own]
                continue
            beside = [file for file in found if file.key == known[path].key]
            try:
                done, written = _of_file(workspace, known[path], beside, own)
            except ActesError as error:
                failures.append(error)
                conflicts += [Conflict(decision, "review-unwritten") for decision in own]
                continue
            taken += done.taken
            conflicts += done.conflicts
            changed += [path] if written else []
    if failures and not changed:
        raise failures[0]
    failed = tuple(problem for error in failures for problem in error.problems)
    return Report(tuple(taken), tuple(conflicts), tuple(changed), failed)


def _of_file(
    workspace: Workspace, file: TextFile, beside: Sequence[TextFile], own: Sequence[Decision]
) -> tuple[Applied, bool]:
    root = workspace.root
    cache = kept(workspace, part=True)
    for _try in range(_TRIES):
        reading = read_texts(workspace, beside, cache)
        work = works(beside, reading.texts)[0].get(file.key)
        text = work.counterparts.get(file.language) if work is not None else None
        if text is None or work is None or work.original is None:
            return Applied("", (), tuple(Conflict(one, "review-unreadable") for one in own)), False
        done = apply(work.original, text, own, lambda raw: reread(workspace, file, raw, cache))
        before, after = text.source.raw.encode("utf-8"), done.content.encode("utf-8")
        if before == after:
            return done, False
        if files.write_bytes(root, root / file.path, after, over=before):
            return done, True
    raise stop("approve-changed", file.path, Exit.REFUSED)


def reread(workspace: Workspace, file: TextFile, raw: str, cache: Cache) -> Text:
    """A counterpart from the content that its file shall have, kept for whoever reads it then.

    Raises ActesError with everything that keeps it from being read.
    """
    content = raw.encode("utf-8")
    if len(content) > MAX_BYTES:
        raise stop("text-too-large", file.path, limit=MAX_BYTES // 1024)
    source = parse_source(file.path, content)
    body, wrong = read_body(source, partial(markup_of, workspace.root), cache)
    metadata, _document, of_head = read_metadata(file.path, source.front, file.kind, workspace)
    if body is None or metadata is None:
        raise ActesError(_errors([*wrong, *of_head]))
    return Text(file, source, metadata, body, (*of_head, *wrong))


def _errors(problems: Sequence[Problem]) -> list[Problem]:
    found = [problem for problem in problems if problem.severity == "error"]
    return found or list(problems)
