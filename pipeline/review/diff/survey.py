"""The differences that a person asks for, from the files and, if a revision is named, from git."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import files
from pipeline.errors import ActesError, Exit, Place, Problem, Severity, in_order, stop
from pipeline.review.diff.approved import approved_words
from pipeline.review.diff.changes import Changed, needing, since, since_approval
from pipeline.review.items import Item, items
from pipeline.review.reading import Reviewed, expect_languages, read
from pipeline.review.remarks import Inspector
from pipeline.texts.git import Repository, UnreadableError, files_at, repository
from pipeline.texts.read import read_texts
from pipeline.texts.source import MAX_BYTES
from pipeline.translation.marker import State
from pipeline.translation.works import Work, works
from pipeline.workspace.layout import TextFile

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Asked:
    """What is asked for: paths (none: everything), states (none: what needs a person), languages
    of the translations (none: all), and the revision since which (None: the last approval)."""

    paths: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    languages: tuple[str, ...] = ()
    revision: str | None = None


@dataclass(frozen=True)
class Found:
    """The differences, with the remarks beside each item, and what is wrong with the texts."""

    changes: tuple[Changed, ...]
    problems: tuple[Problem, ...]


def differences_of(root: Path, asked: Asked, progress: Progress = lambda _n: None) -> Found:
    """What changed in each translation.

    Raises ActesError as `reading.read`; ``language-unknown``; ``diff-no-history`` where there is no
    git repository that can be read, ``diff-revision`` for one that it does not know (exit code 2).
    """
    reviewed = read(root, asked.paths, progress)
    expect_languages(reviewed.workspace, asked.languages)
    inspector = Inspector(reviewed.workspace)
    inspections: dict[tuple[str, str], Callable[[Item], Item]] = {}
    shown: list[Changed] = []
    for work, language, change in changes_of(root, reviewed, asked, progress):
        if (work.key, language) not in inspections:
            inspections[work.key, language] = inspector.inspection(work, language)
        item = change.item if change.gone else inspections[work.key, language](change.item)
        shown.append(replace(change, item=item))
    errors = (one for one in reviewed.problems if one.severity is Severity.ERROR)
    return Found(tuple(shown), tuple(in_order(errors)))


Changes = Iterator[tuple[Work, str, Changed]]


def changes_of(
    root: Path, reviewed: Reviewed, asked: Asked, progress: Progress = lambda _n: None
) -> Changes:
    """What changed in texts that were read, without remarks. Raises as `differences_of`."""
    if asked.revision is None:
        return _since_approval(root, reviewed, asked)
    return _since(reviewed, _works_at(root, reviewed, asked.revision, progress), asked)


def _since_approval(root: Path, reviewed: Reviewed, asked: Asked) -> Changes:
    found = [
        (work, language, since_approval(item))
        for work, language in reviewed.counterparts(asked.languages)
        for item in needing(items(work, language), asked.states)
    ]
    words = approved_words(root, (change for _work, _language, change in found))
    for work, language, change in found:
        then = words.get(change.item.key, change.text_then)
        yield work, language, replace(change, text_then=then)


def _since(reviewed: Reviewed, before: Mapping[str, Work], asked: Asked) -> Changes:
    for work, language in reviewed.counterparts(asked.languages):
        old = before.get(work.key)
        then = items(old, language) if old else ()
        for change in since(then, items(work, language)):
            if not asked.states or (not change.gone and change.item.state in asked.states):
                yield work, language, change


# -- an earlier version -------------------------------------------------------------------------


def _works_at(
    root: Path, reviewed: Reviewed, revision: str, progress: Progress
) -> Mapping[str, Work]:
    """The works as they were at ``revision``, those alone that are not the same today."""
    with repository(root) as found:
        if found is None:
            raise stop("diff-no-history", Place("--since"), Exit.USAGE)
        commit = found.commit(revision)
        if commit is None:
            raise stop("diff-revision", Place("--since"), Exit.USAGE, revision=revision)
        try:
            contents = _contents_at(found, reviewed, commit)
        except (UnreadableError, ValueError):
            raise stop("diff-no-history", Place("--since"), Exit.USAGE) from None
    changed = {file.key for file, content in contents.items() if _differs(root, file, content)}
    wanted = {file: content for file, content in contents.items() if file.key in changed}
    same = {key: work for key, work in reviewed.works.items() if key not in changed}
    return {**_read(reviewed, wanted, progress), **_without_new(same, contents)}


def _contents_at(found: Repository, reviewed: Reviewed, commit: str) -> dict[TextFile, bytes]:
    there = files_at(found, reviewed.workspace.event, commit)
    asked = {file: blob for file, blob in there.items() if file.key in reviewed.works}
    blobs = found.contents(list(dict.fromkeys(asked.values()))) if asked else {}
    return {file: blobs[blob] for file, blob in asked.items() if blob in blobs}


def _differs(root: Path, file: TextFile, content: bytes) -> bool:
    try:
        return files.read_bytes(root, root / file.path, MAX_BYTES) != content
    except ActesError:
        return True


def _without_new(
    works_now: Mapping[str, Work], contents: Mapping[TextFile, bytes]
) -> dict[str, Work]:
    """Works whose old files are as they were, without the counterparts that are new."""
    paths = {file.path for file in contents}
    found = {}
    for key, work in works_now.items():
        if work.original is not None and work.original.file.path in paths:
            old = {tag: text for tag, text in work.counterparts.items() if text.file.path in paths}
            found[key] = replace(work, counterparts=old)
    return found


def _read(
    reviewed: Reviewed, contents: Mapping[TextFile, bytes], progress: Progress
) -> Mapping[str, Work]:
    """The works of files that are put into a folder of their own to be read."""
    with tempfile.TemporaryDirectory(prefix="actes-diff-") as name:
        folder = Path(name)
        for file, content in contents.items():
            files.write_bytes(folder, folder / file.path, content)
        there = replace(reviewed.workspace, root=folder)
        found: Sequence[TextFile] = sorted(contents)
        reading = read_texts(there, found, progress=progress)
    return works(found, reading.texts)[0]
