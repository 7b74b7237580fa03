"""The texts under review: read when they are looked at, and again when their files change.

An event of a thousand texts opens at once: what the first page shows is read, all else meanwhile.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ActesError, Exit, Problem, Severity, stop
from pipeline.review.items import Item
from pipeline.review.web.sheets import Sheet, sheet_of, unread
from pipeline.texts.kept import kept
from pipeline.texts.read import read_texts
from pipeline.translation.works import selected, works
from pipeline.workspace.layout import ANNEXES, PRELIMINARIES, TextFile, find_texts
from pipeline.workspace.load import Workspace, load
from pipeline.workspace.paths import DELEGATIONS, EVENT, GLOSSARY

if TYPE_CHECKING:
    from pipeline.review.remarks import Inspector

Stamp = tuple[tuple[str, int, int, int], ...]


class Shelf:
    """The works of a workspace, each with what is known of it as its files stand.

    Safe to use from several threads. Raises ActesError as `load` and `selected` when it is made,
    and ``language-unknown`` (exit code 2).
    """

    def __init__(
        self, root: Path, paths: Sequence[str] = (), languages: Sequence[str] = ()
    ) -> None:
        self.root = root
        self._paths, self._languages = paths, frozenset(languages)
        self._lock = threading.RLock()
        self._described: Stamp = ()
        self._stamps: dict[str, Stamp] = {}
        self._files: dict[str, list[TextFile]] = {}
        self._sheets: dict[str, Sheet] = {}
        self._changes = 0
        self.problems: tuple[Problem, ...] = ()
        self.workspace = self._load()
        known = self.workspace.event.languages
        for language in languages:
            if language not in known:
                shown = ", ".join(known)
                raise stop("language-unknown", code=Exit.USAGE, language=language, languages=shown)
        self._inspector: Inspector | None = None
        self._cache = kept(self.workspace, part=True)
        self.refresh()

    # -- what there is --------------------------------------------------------------------------

    @property
    def version(self) -> str:
        """Another one whenever a file that was read has changed, come or gone."""
        return str(self._changes)

    def sheets(self) -> tuple[Sheet, ...]:
        """Every work, read or not, in the order of the volume."""
        with self._lock:
            return tuple(self._sheets.values())

    def work_of(self, key: str) -> str | None:
        """The work whose file an item of that name is in."""
        path = key.partition("#")[0]
        with self._lock:
            for name, found in self._files.items():
                if any(file.path == path for file in found):
                    return name
        return None

    def paths(self, key: str) -> Sequence[str]:
        """The files of a work."""
        with self._lock:
            return [file.path for file in self._files.get(key, ())]

    def refresh(self) -> None:
        """Look at the files; what changed is forgotten, to be read when it is asked for."""
        with self._lock:
            self._reload()
            found, misplaced = find_texts(self.root, self.workspace.event)
            chosen = selected(found, self._paths) if self._paths else found
            groups = _grouped(chosen, self._order())
            stamps = {key: _stamp(self.root, files) for key, files in groups.items()}
            if stamps == self._stamps:
                return
            wrong = (p for p in misplaced if p.severity is Severity.ERROR)
            self.problems = tuple(wrong)
            same = {key for key, stamp in stamps.items() if self._stamps.get(key) == stamp}
            self._sheets = {
                key: self._sheets[key] if key in same else unread(key, files)
                for key, files in groups.items()
            }
            self._files, self._stamps = groups, stamps
            self._changes += 1

    def read(self, keys: Iterable[str]) -> None:
        """Read those works among ``keys`` that are not read yet; others may ask meanwhile."""
        with self._lock:
            known, workspace = self._sheets, self.workspace
            wanted = [key for key in keys if key in known and not known[key].read]
            files = {key: self._files[key] for key in wanted}
            stamps = {key: self._stamps[key] for key in wanted}
        found = [file for group in files.values() for file in group]
        if not found:
            return
        inspector = self._inspecting(workspace)
        reading = read_texts(workspace, found, self._cache)
        grouped, unfit = works(found, reading.texts)
        problems = _by_file([*reading.problems, *unfit])
        for key, group in files.items():
            own = [problem for file in group for problem in problems.get(file.path, ())]
            sheet = sheet_of(grouped[key], inspector, own, self._languages)
            with self._lock:
                if self._stamps.get(key) == stamps[key]:
                    self._sheets[key] = sheet

    def read_everything(self) -> Iterator[Sheet]:
        """Every sheet, read and inspected whole."""
        self.read([sheet.key for sheet in self.sheets()])
        for sheet in self.sheets():
            self.inspect(sheet.key, [item.key for item in sheet.items])
        yield from self.sheets()

    def inspect(self, work: str, keys: Iterable[str], seconds: float = math.inf) -> None:
        """Find the remarks of those items of a ``work`` called ``keys`` that lack them, as long as
        there is time."""
        end = time.monotonic() + seconds
        with self._lock:
            sheet = self._sheets.get(work)
        if sheet is None:
            return
        wanted = frozenset(keys) - sheet.inspected
        found: dict[str, Item] = {}
        for item in sheet.items:
            if item.key in wanted and time.monotonic() < end:
                found[item.key] = _inspected(sheet, item)
        if found:
            self._keep(sheet, found)

    def _keep(self, sheet: Sheet, found: Mapping[str, Item]) -> None:
        """Put inspected items where they belong, unless their work was read anew meanwhile."""
        with self._lock:
            now = self._sheets.get(sheet.key)
            if now is not None and now.inspections is sheet.inspections:
                items = tuple(found.get(item.key, item) for item in now.items)
                inspected = now.inspected | found.keys()
                self._sheets[sheet.key] = replace(now, items=items, inspected=inspected)

    # -- the files ------------------------------------------------------------------------------

    def _load(self) -> Workspace:
        self._described = _stamps(self.root, (EVENT, DELEGATIONS, GLOSSARY))
        workspace, _problems = load(self.root)
        return workspace

    def _reload(self) -> None:
        """The event anew where it changed; while it is broken, as it was."""
        if _stamps(self.root, (EVENT, DELEGATIONS, GLOSSARY)) == self._described:
            return
        with suppress(ActesError):
            self.workspace = self._load()
            self._inspector = None
            self._stamps = {}

    def _inspecting(self, workspace: Workspace) -> Inspector:
        """What inspects the items, made once they are read: the checks take long to load."""
        from pipeline.review.remarks import Inspector

        with self._lock:
            if self._inspector is None or workspace is not self.workspace:
                self._inspector = Inspector(workspace)
            return self._inspector

    def _order(self) -> Mapping[str, int]:
        folders = [PRELIMINARIES, *(theme.id for theme in self.workspace.event.themes), ANNEXES]
        return {folder: place for place, folder in enumerate(folders)}


def _inspected(sheet: Sheet, item: Item) -> Item:
    """The item with its remarks; without any where a language table does not let them be found."""
    try:
        return sheet.inspections[item.languages[1]](item)
    except ActesError:
        return item


def _grouped(found: Iterable[TextFile], order: Mapping[str, int]) -> dict[str, list[TextFile]]:
    """The files by work; a declaration has no original, and is none of them."""
    groups: dict[str, list[TextFile]] = {}
    for file in sorted(found, key=lambda f: (order.get(f.folder, -1), f.path)):
        if file.folder in order:
            groups.setdefault(file.key, []).append(file)
    return groups


def _stamp(root: Path, files: Iterable[TextFile]) -> Stamp:
    return _stamps(root, [file.path for file in files])


def _stamps(root: Path, paths: Iterable[str]) -> Stamp:
    """What tells that a file has been written: its time, size and number."""
    found = []
    for path in paths:
        try:
            status = (root / path).stat()
            found.append((path, status.st_mtime_ns, status.st_size, status.st_ino))
        except OSError:
            found.append((path, 0, 0, 0))
    return tuple(found)


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.place.file, []).append(problem)
    return found
