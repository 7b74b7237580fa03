"""The status of each work, computed once for the exact content of its files.

Reading 1,000 texts takes seconds even when nothing changed; what was found for some content is kept
under `build/cache` and found again by its digest, for the files of today and for those of an older
commit alike.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import files, program
from pipeline.cache import Cache
from pipeline.checks.kept import Findings
from pipeline.collector import without_collector
from pipeline.errors import ActesError, Problem, Severity
from pipeline.proceedings.blockers import blockers, waiting
from pipeline.proceedings.collect import Collection
from pipeline.texts.contents import PASSING, Contents, key_of, stands_for
from pipeline.texts.kept import kept, reader_version
from pipeline.texts.read import Text, read_texts
from pipeline.texts.segments import SegmentKind
from pipeline.texts.source import MAX_BYTES
from pipeline.translation.remarks import marker_problems
from pipeline.translation.status import TextStatus, status
from pipeline.translation.works import Work, works
from pipeline.workspace.languages import load_language
from pipeline.workspace.load import Workspace
from pipeline.workspace.paths import DELEGATIONS, EVENT, GLOSSARY

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_LEADS = re.compile(r"[\[{<]")  # in every link, image or id that is written
_REQUIRED = frozenset({"metadata-incomplete"})  # a remark in a draft; a final needs it


@dataclass(frozen=True)
class Blocked:
    """What stands between a draft and the final edition in ``language`` (empty: in any)."""

    language: str
    problem: Problem


@dataclass(frozen=True)
class Leaf:
    """What is known of one work: its status by language, what blocks it, what is wrong with it.

    ``leads`` is a digest of all that other texts or files may be needed for, to see that it is
    right: its links and images, and what a link can lead to.
    """

    texts: tuple[TextStatus, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    problems: tuple[Problem, ...] = ()
    leads: str = ""


def _nothing(_value: object) -> None:
    return None


@cache
def _adapter() -> TypeAdapter[Leaf]:
    from pydantic import TypeAdapter

    return TypeAdapter(Leaf)


class Leaves:
    """Works looked up by the content of their files; read only where they are not known.

    What is read of today's files is shown to ``findings``, so that no text is read twice.
    """

    def __init__(self, workspace: Workspace, findings: Findings) -> None:
        self._workspace = workspace
        self._findings = findings
        languages = workspace.event.languages
        tables = {tag: load_language(workspace.root, tag) for tag in languages}
        self._spaceless = frozenset(t for t, table in tables.items() if table.counts != "words")
        self._program = _program(workspace.root)
        self._fresh: dict[str, bytes] = {}
        self._leaves: dict[str, Leaf] = {}

    def of(
        self,
        groups: Iterable[Contents],
        root: Path,
        say: Callable[[int], None] = _nothing,
        put: Callable[[Contents], None] = _nothing,
    ) -> list[Leaf]:
        """The leaf of each work; those that are not known are read from the files below ``root``.

        ``put`` is called for each of these before, to put its files there.
        """
        asked = {key_of(group): group for group in groups}
        known = self._known(asked)
        missing = {key: group for key, group in asked.items() if key not in known}
        for group in missing.values():
            put(group)
        with without_collector():
            known |= self._read(missing, root, say)
        return [known[key] for key in asked]

    def remembered(self, key: str) -> tuple[Problem, ...] | None:
        """Problems kept under ``key`` by `remember`."""
        leaf = self._known([key]).get(key)
        return leaf.problems if leaf else None

    def remember(self, key: str, problems: Iterable[Problem]) -> None:
        """Keep problems that do not belong to one work."""
        self._keep(key, Leaf(problems=tuple(problems)))

    def save(self, *, whole: bool) -> None:
        """Keep what was new; where the ``whole`` workspace was asked for, and nothing else."""
        if self._fresh:
            self._cache(part=not whole).put_all(self._fresh, keep=self._leaves)

    def _cache(self, *, part: bool) -> Cache:
        file = self._workspace.build / "cache" / "status.sqlite"
        return Cache(self._workspace.root, file, self._program, part=part)

    def _known(self, keys: Iterable[str]) -> dict[str, Leaf]:
        """The leaves among ``keys`` that were kept, by this command or an earlier one."""
        from pydantic import ValidationError

        wanted = list(keys)
        unseen = [key for key in wanted if key not in self._leaves]
        for key, content in (self._cache(part=True).get_all(unseen) if unseen else {}).items():
            try:
                self._leaves[key] = _adapter().validate_json(content)
            except ValidationError:
                continue
        return {key: self._leaves[key] for key in wanted if key in self._leaves}

    def _keep(self, key: str, leaf: Leaf) -> None:
        self._leaves[key] = leaf
        self._fresh[key] = _adapter().dump_json(leaf)

    def _read(
        self, groups: Mapping[str, Contents], root: Path, say: Callable[[int], None]
    ) -> dict[str, Leaf]:
        found = sorted(file for group in groups.values() for file in group)
        if not found:
            return {}
        event = self._workspace.event
        there = replace(self._workspace, root=root)
        today = root == self._workspace.root
        texts = kept(there, part=True) if today else None
        reading = read_texts(there, found, texts, say, segments_only=True)
        if today:
            self._findings.of(groups.values(), reading)
        unfilled = _by_file(waiting(root, [text.source for text in reading.texts.values()]))
        wrong = _by_file(reading.problems)
        leaves: dict[str, Leaf] = {}
        for key, group in groups.items():
            by_key, mismatched = works(list(group), reading.texts)
            problems = [*mismatched]
            blocked: list[Blocked] = []
            for file in group:
                problems += wrong.get(file.path, ())
                blocked += [Blocked("", problem) for problem in unfilled.get(file.path, ())]
            for work in by_key.values():
                problems += _remarks(work)
                blocked += _blocked(work, event.languages)
            amounts = status(by_key, event, self._spaceless)
            leads = _leads(reading.texts[file.path] for file in group if file.path in reading.texts)
            leaf = Leaf(amounts, tuple(blocked), tuple(problems), leads)
            leaves[key] = leaf
            if stands_for(group, reading) and not PASSING & {p.rule for p in problems}:
                self._keep(key, leaf)
        return leaves


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


def _leads(texts: Iterable[Text]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for text in texts:
        for segment in text.body.segments:
            marked = segment.kind is not SegmentKind.COMMENT and _LEADS.search(segment.raw)
            if marked or segment.kind is SegmentKind.HEADING:
                digest.update(f"{text.file.path}\0{segment.raw}\0".encode())
    return digest.hexdigest()


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.place.file, []).append(problem)
    return found


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
