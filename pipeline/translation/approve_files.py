"""`actes approve`: from the paths that a person typed to the counterparts written over (law 2).

All or nothing: where one of the parts that were named cannot be approved, no file is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline import files
from pipeline.errors import ActesError, Exit, Place, Problem, Severity, in_order, stop
from pipeline.texts.read import Reading, read_texts
from pipeline.translation.approve import Approval, approve
from pipeline.translation.works import works
from pipeline.workspace.characters import printable
from pipeline.workspace.layout import TextFile, find_texts
from pipeline.workspace.load import Workspace, load

_ALONE = 8  # files that are read without looking at what is kept of all the others


@dataclass(frozen=True)
class Approved:
    """A counterpart, what was approved in it, and what remains; ``whole``: all of it was meant."""

    path: str
    whole: bool
    names: tuple[str, ...]
    remaining: tuple[Problem, ...]


@dataclass(frozen=True)
class _Target:
    """A counterpart's file and what of it is meant; ``parts`` is None for the whole of it."""

    file: TextFile
    parts: tuple[str, ...] | None


def approve_paths(root: Path, typed: Sequence[str], here: Path) -> tuple[Approved, ...]:
    """Approve what was ``typed``: ``PATH``, ``PATH#3``, ``PATH#3-5,title``; a path may be a folder
    or a pattern, and is looked for from ``here``.

    Raises ActesError: ``approve-no-file``, ``approve-not-counterpart``, the problems of a text that
    cannot be read, ``workspace-busy``, ``approve-changed``, and with exit code 4 everything that
    was named and cannot be approved; no file is written then.
    """
    workspace, _problems = load(root)
    with files.locked(root, workspace.build):
        found, _misplaced = find_texts(root, workspace.event)
        targets = list(_targets(root, found, typed, here))
        approvals = list(_approvals(workspace, found, targets))
        refused = [problem for _target, one, _raw in approvals for problem in one.refused]
        if not refused and not any(one.names for _target, one, _raw in approvals):
            left = (p for target, one, _raw in approvals if not target.parts for p in one.remaining)
            refused = [replace(problem, severity=Severity.ERROR) for problem in left]
        if refused:
            head = Problem("approve-refused", Place(""), {"count": len(refused)})
            raise ActesError([*in_order(refused), head], Exit.REFUSED)
        for target, one, raw in approvals:
            path, content = target.file.path, one.content.encode("utf-8")
            written = files.write_bytes(root, root / path, content, over=raw)
            if content != raw and not written:
                raise stop("approve-changed", path, Exit.REFUSED)
    return tuple(
        Approved(target.file.path, target.parts is None, one.names, one.remaining)
        for target, one, _raw in approvals
    )


# -- which files --------------------------------------------------------------------------------


def _targets(
    root: Path, found: Sequence[TextFile], typed: Sequence[str], here: Path
) -> Iterator[_Target]:
    """Every file that is meant, once, with all the parts of it that were named."""
    parts: dict[TextFile, list[str] | None] = {}
    for words in typed:
        path, mark, fragment = words.partition("#")
        meant = list(_meant(root, found, path, here))
        if not meant:
            raise stop("approve-no-file", printable(path))
        for file in meant:
            before = parts.get(file, [])
            named = [name.strip().lstrip("#") for name in fragment.split(",")] if mark else None
            parts[file] = None if named is None or before is None else [*before, *named]
    for file, names in parts.items():
        yield _Target(file, None if names is None else tuple(names))


def _meant(root: Path, found: Sequence[TextFile], path: str, here: Path) -> Iterable[TextFile]:
    """The texts at a path, in a folder or of a pattern; a pattern means counterparts among them."""
    if not path.strip():
        return []
    base = root.resolve()
    absolute = Path(path) if Path(path).is_absolute() else here.resolve() / path
    try:
        wanted = absolute.resolve().relative_to(base).as_posix()
    except (OSError, ValueError, RuntimeError):
        return []
    exact = [file for file in found if file.path == wanted]
    below = (f for f in found if f.path.startswith(f"{wanted}/") or wanted == ".")
    return exact or list(below) or [f for f in found if fnmatchcase(f.path, wanted)]


# -- what is approved in them -------------------------------------------------------------------


def _approvals(
    workspace: Workspace, found: Sequence[TextFile], targets: Sequence[_Target]
) -> Iterator[tuple[_Target, Approval, bytes]]:
    keys = {target.file.key for target in targets}
    beside = [file for file in found if file.key in keys]
    reading = _read(workspace, beside)
    grouped, problems = works(beside, reading.texts)
    alone = len(targets) == 1
    for target in targets:
        text = reading.texts.get(target.file.path)
        work = grouped.get(target.file.key)
        if text is None or (work is not None and target.file in work.broken.values()):
            raise _unreadable(reading, target.file, more=problems)
        if text.metadata.translation is None or work is None:
            if alone or target.parts is not None:
                raise stop("approve-not-counterpart", target.file.path, Exit.REFUSED)
            continue
        if work.original is None:
            raise _unreadable(reading, *work.broken.values(), more=problems)
        raw = text.source.raw.encode("utf-8")
        yield target, approve(work.original, text, target.parts), raw


def _read(workspace: Workspace, beside: Sequence[TextFile]) -> Reading:
    """The texts; what is kept of bodies is used where many are read, and left as it is for few."""
    from pipeline.texts.kept import kept

    cache = kept(workspace) if len(beside) > _ALONE else None
    return read_texts(workspace, beside, cache)


def _unreadable(reading: Reading, *broken: TextFile, more: Iterable[Problem] = ()) -> ActesError:
    paths = {file.path for file in broken}
    every = [*reading.problems, *more]
    found = [problem for problem in every if problem.place.file in paths] or every
    return ActesError(in_order(found), Exit.REFUSED)
