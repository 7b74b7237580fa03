"""The status of each work, computed once for the exact content of its files.

Reading 1,000 texts takes seconds even when nothing changed; what was found for some content is kept
under `build/cache` and found again by its digest, for the files of today and for those of an older
commit alike.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import files, program
from pipeline.cache import Cache
from pipeline.checks.told import of_translations
from pipeline.collector import without_collector
from pipeline.errors import ActesError, Problem, Severity
from pipeline.proceedings.blockers import blockers, waiting
from pipeline.proceedings.collect import Collection
from pipeline.publishing.jobs import Say
from pipeline.texts.kept import kept, reader_version
from pipeline.texts.read import Reading, read_texts
from pipeline.texts.source import MAX_BYTES
from pipeline.translation.remarks import marker_problems
from pipeline.translation.status import TextStatus, status
from pipeline.translation.works import Work, works
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import TextFile
from pipeline.workspace.load import Workspace
from pipeline.workspace.paths import DELEGATIONS, EVENT, GLOSSARY

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_REQUIRED = frozenset({"metadata-incomplete"})  # a remark in a draft; a final needs it
_PASSING = frozenset({"text-too-slow", "text-unreadable"})  # may go better on a quieter machine
Contents = Mapping[TextFile, bytes | None]
"""The files of one work with their bytes; None for what cannot be read as a text."""


@dataclass(frozen=True)
class Blocked:
    """What stands between a draft and the final edition in ``language`` (empty: in any)."""

    language: str
    problem: Problem


@dataclass(frozen=True)
class Leaf:
    """What is known of one work: its status by language, what blocks it, what is wrong with it.

    ``contradicted`` is what its translations say otherwise than their original, which blocks too;
    None where nobody asked the rules: of an older content, which nobody prints.
    """

    texts: tuple[TextStatus, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    problems: tuple[Problem, ...] = ()
    contradicted: tuple[Blocked, ...] | None = None


def _nothing(_value: object) -> None:
    return None


@cache
def _adapter() -> TypeAdapter[Leaf]:
    from pydantic import TypeAdapter

    return TypeAdapter(Leaf)


class Leaves:
    """Works looked up by the content of their files; read only where they are not known.

    ``say`` is told how far the rules are.
    """

    def __init__(self, workspace: Workspace, say: Say) -> None:
        self._workspace = workspace
        self._say = say
        languages = workspace.event.languages
        tables = {tag: load_language(workspace.root, tag) for tag in languages}
        self._spaceless = frozenset(t for t, table in tables.items() if table.counts != "words")
        file = workspace.build / "cache" / "status.sqlite"
        self._cache = Cache(workspace.root, file, _program(workspace.root))
        self._texts = kept(workspace)
        self._fresh: dict[str, bytes] = {}
        self._leaves: dict[str, Leaf] = {}

    def key(self, group: Contents) -> str:
        """What a work's leaf is kept under: the names and the content of its files."""
        digest = hashlib.blake2b(digest_size=16)
        for file, content in sorted(group.items()):
            mark = "-" if content is None else hashlib.blake2b(content, digest_size=16).hexdigest()
            digest.update(f"{file.path}\0{mark}\0".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def of(
        self,
        groups: Iterable[Contents],
        root: Path,
        say: Callable[[int], None] = _nothing,
        put: Callable[[Contents], None] = _nothing,
    ) -> list[Leaf]:
        """The leaf of each work; those that are not known are read from the files below ``root``.

        ``put`` is called for each of these before, to put its files there. The rules are asked of
        the files of the workspace only, each pair of texts once.
        """
        asked = {self.key(group): group for group in groups}
        today = root == self._workspace.root
        found = self._known(asked)
        known = {k: f for k, f in found.items() if f.contradicted is not None or not today}
        missing = {key: group for key, group in asked.items() if key not in known}
        for group in missing.values():
            put(group)
        whole = len(missing) == len(asked) and today
        with without_collector():
            known |= self._read(missing, root, self._texts if whole else None, say)
        return [known[key] for key in asked]

    def remembered(self, key: str) -> tuple[Problem, ...] | None:
        """Problems kept under ``key`` by `remember`."""
        leaf = self._known([key]).get(key)
        return leaf.problems if leaf else None

    def remember(self, key: str, problems: Iterable[Problem]) -> None:
        """Keep problems that do not belong to one work."""
        self._keep(key, Leaf(problems=tuple(problems)))

    def save(self) -> None:
        """Write what was new to the cache, and forget there what nobody asked for."""
        if self._fresh:
            self._cache.put_all(self._fresh, keep=self._leaves)

    def _known(self, keys: Iterable[str]) -> dict[str, Leaf]:
        """The leaves among ``keys`` that were kept, by this command or an earlier one."""
        from pydantic import ValidationError

        wanted = list(keys)
        unseen = [key for key in wanted if key not in self._leaves]
        for key, content in (self._cache.get_all(unseen) if unseen else {}).items():
            try:
                self._leaves[key] = _adapter().validate_json(content)
            except ValidationError:
                continue
        return {key: self._leaves[key] for key in wanted if key in self._leaves}

    def _keep(self, key: str, leaf: Leaf) -> None:
        self._leaves[key] = leaf
        self._fresh[key] = _adapter().dump_json(leaf)

    def _read(
        self,
        groups: Mapping[str, Contents],
        root: Path,
        cache: Cache | None,
        say: Callable[[int], None],
    ) -> dict[str, Leaf]:
        found = sorted(file for group in groups.values() for file in group)
        if not found:
            return {}
        event = self._workspace.event
        there = Workspace(root, event, self._workspace.delegations, self._workspace.glossary)
        reading = read_texts(there, found, cache, say)
        parts = {key: works(list(group), reading.texts) for key, group in groups.items()}
        every = [work for by_key, _mismatched in parts.values() for work in by_key.values()]
        today = root == self._workspace.root
        contradicted = self._contradicted(every) if today else {}
        unfilled = _by_file(waiting(root, [text.source for text in reading.texts.values()]))
        wrong = _by_file(reading.problems)
        leaves: dict[str, Leaf] = {}
        for key, group in groups.items():
            by_key, mismatched = parts[key]
            problems = [*mismatched]
            blocked: list[Blocked] = []
            for file in group:
                problems += wrong.get(file.path, ())
                blocked += [Blocked("", problem) for problem in unfilled.get(file.path, ())]
            for work in by_key.values():
                problems += _remarks(work)
                blocked += _blocked(work, event.languages)
            against = tuple(b for file in group for b in contradicted.get(file.path, ()))
            leaf = Leaf(
                status(by_key, event, self._spaceless),
                tuple(blocked),
                tuple(problems),
                against if today else None,
            )
            leaves[key] = leaf
            if _as_digested(group, reading) and not _PASSING & {p.rule for p in problems}:
                self._keep(key, leaf)
        return leaves

    def _contradicted(self, every: Sequence[Work]) -> dict[str, list[Blocked]]:
        """What the translations contradict, by the file where it stands."""
        found: dict[str, list[Blocked]] = {}
        for language in self._workspace.event.languages:
            told = of_translations(self._workspace, every, language, self._say)
            for problem in filter(is_final, told):
                found.setdefault(problem.place.file, []).append(Blocked(language, problem))
        return found


def read_contents(root: Path, found: Iterable[TextFile]) -> dict[TextFile, bytes | None]:
    """The bytes of the texts; None where they cannot be had, which reading will say."""
    contents: dict[TextFile, bytes | None] = {}
    for file in found:
        try:
            contents[file] = files.read_bytes(root, root / file.path, MAX_BYTES)
        except ActesError:
            contents[file] = None
    return contents


def grouped(contents: Contents) -> dict[str, Contents]:
    """The files by work, in the order of their paths."""
    groups: dict[str, dict[TextFile, bytes | None]] = {}
    for file, content in sorted(contents.items()):
        groups.setdefault(file.key, {})[file] = content
    return {**groups}


def is_final(problem: Problem) -> bool:
    """Whether a problem keeps a final edition from being made."""
    return problem.severity is Severity.ERROR or problem.rule in _REQUIRED


def _blocked(work: Work, languages: Iterable[str]) -> Iterable[Blocked]:
    """Everything missing or not reviewed."""
    alone = Collection((work,), {}, {}, ())
    for language in languages:
        for problem in blockers(alone, language):
            yield Blocked(language, problem)


def _remarks(work: Work) -> Iterable[Problem]:
    for counterpart in work.counterparts.values():
        yield from marker_problems(counterpart, work.original)


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.place.file, []).append(problem)
    return found


def _as_digested(group: Contents, reading: Reading) -> bool:
    """Whether what was read is what the key was made of: somebody may have saved in between."""
    return all(
        content is not None
        and (file.path not in reading.texts
             or reading.texts[file.path].source.raw.encode("utf-8") == content)
        for file, content in group.items()
    )  # fmt: skip


def _program(root: Path) -> str:
    """Everything besides the texts that decides what is found in them."""
    decided = (reader_version(root) + program.code()).encode()
    digest = hashlib.blake2b(decided, digest_size=16)
    described = [root / name for name in (EVENT, DELEGATIONS, GLOSSARY)]
    tables = sorted((root / "templates" / "languages").glob("*.toml"))
    for file in (*described, *tables):
        try:
            digest.update(files.read_bytes(root, file, MAX_BYTES * 2))
        except ActesError:
            digest.update(b"-")
    return digest.hexdigest()
