"""What was found in the texts of each work, kept by all that decides it.

A rule reads two texts and `Facts`, and nothing else. So what is found in a work is kept under the
content of its files, as long as the facts, the rules and the reader of texts stay what they were.
It is asked for by `actes check`, `actes status`, a final build and the review alike, and what is
known of texts that have not changed costs no reading.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline import program
from pipeline.cache import Cache
from pipeline.checks.model import WEIGHTS, facts_of
from pipeline.checks.reported import Examined
from pipeline.collector import without_collector
from pipeline.errors import Problem, Severity
from pipeline.texts.contents import PASSING, Contents, as_read, key_of, stands_for
from pipeline.texts.kept import kept, reader_version
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import DECLARATION, Kind, TextFile
from pipeline.workspace.load import Workspace

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from pipeline.checks.examined import Beside
    from pipeline.texts.read import Reading, Text

Say = Callable[[str], None]

_DECLARATION = f"{DECLARATION}/{DECLARATION}"
_PACKAGES = ("japanera", "rapidfuzz")  # whose words the rules take


@dataclass(frozen=True)
class Entry:
    """What is known of a work: its pairs of texts, and the errors that reading its files met.

    The errors are those of an event as ``described`` says: they may name its themes and rooms.
    """

    pairs: tuple[Examined, ...]
    wrong: tuple[Problem, ...]
    described: str


@cache
def _adapter() -> TypeAdapter[Entry]:
    from pydantic import TypeAdapter

    return TypeAdapter(Entry)


class Findings:
    """What was found in works, asked for by the content of their files; each is examined once.

    ``say`` is told how far the rules are.
    """

    def __init__(self, workspace: Workspace, say: Say = lambda _words: None) -> None:
        self._workspace = workspace
        self._say = say
        self._facts = facts_of(workspace)
        self._described = _digest(repr((workspace.event, workspace.delegations)))
        # Of a declaration's texts, the one in the first language stands beside the others.
        self._version = _version(workspace, repr((self._facts, workspace.event.languages)))
        self._entries: dict[str, Entry] = {}
        self._fresh: dict[str, bytes] = {}

    def of(self, groups: Iterable[Contents], reading: Reading | None = None) -> list[Entry]:
        """What is known of each work, a declaration among them.

        Only what is not known is examined: its texts are taken from ``reading`` by who has read
        them already, else read.
        """
        asked = {key_of(group): group for group in groups}
        self._look_up(asked)
        known = self._entries
        fresh = [k for k in asked if k not in known or known[k].described != self._described]
        with without_collector():
            self._examine({key: asked[key] for key in fresh}, reading)
        return [self._entries[key] for key in asked]

    def known(self, texts: Iterable[Text]) -> tuple[Examined, ...] | None:
        """What is known already of all ``texts`` of a work, as they were read; nothing is asked."""
        group = as_read(texts)
        self._look_up({key_of(group): group})
        entry = self._entries.get(key_of(group))
        return entry.pairs if entry else None

    def of_declaration(self, texts: Mapping[str, Text]) -> tuple[Examined, ...]:
        """What is found between a declaration's ``texts`` (by language), as they were read."""
        pairs = self.known(texts.values())
        if pairs is None:
            from pipeline.checks.examined import examined

            pairs = tuple(examined(self._declared(texts), self._say))
            key = key_of(as_read(texts.values()))
            self._keep(key, Entry(pairs, (), ""))  # which errors its files have is not known here
        return pairs

    def save(self, whole: Iterable[Contents] | None = None) -> None:
        """Keep what was new; of the ``whole`` workspace, where it is given, and of nothing else."""
        if self._fresh:
            keep = () if whole is None else map(key_of, whole)
            self._cache(part=whole is None).put_all(self._fresh, keep)

    def _cache(self, *, part: bool) -> Cache:
        file = self._workspace.build / "cache" / "findings.sqlite"
        return Cache(self._workspace.root, file, self._version, part=part)

    def _look_up(self, asked: Mapping[str, Contents]) -> None:
        unseen = [key for key in asked if key not in self._entries]
        for key, content in (self._cache(part=True).get_all(unseen) if unseen else {}).items():
            entry = _decoded(content, asked[key])
            if entry is not None:
                self._entries[key] = entry

    def _examine(self, groups: Mapping[str, Contents], reading: Reading | None) -> None:
        files = sorted(file for group in groups.values() for file in group)
        if not files:
            return
        from pipeline.checks.examined import examined

        if reading is None:
            reading = self._read(files)
        wrong = _by_file(reading.problems)
        beside: dict[str, list[Beside]] = {}
        unfit: dict[str, list[Problem]] = {}
        for key, group in groups.items():
            beside[key], unfit[key] = self._beside(group, reading.texts)
        unknown = [pairs for key, pairs in beside.items() if key not in self._entries]
        answers = iter(examined([pair for pairs in unknown for pair in pairs], self._say))
        for key, group in groups.items():
            problems = [*unfit[key], *(p for file in group for p in wrong.get(file.path, ()))]
            errors = tuple(p for p in problems if p.severity is Severity.ERROR)
            before = self._entries.get(key)
            pairs = before.pairs if before else tuple(next(answers) for _pair in beside[key])
            lasting = stands_for(group, reading) and not PASSING & {p.rule for p in errors}
            self._keep(key, Entry(pairs, errors, self._described), lasting=lasting)

    def _keep(self, key: str, entry: Entry, *, lasting: bool = True) -> None:
        self._entries[key] = entry
        if lasting:
            self._fresh[key] = _adapter().dump_json(entry)

    def _read(self, files: Sequence[TextFile]) -> Reading:
        """The texts: of a declaration with the blocks that its clauses are made of."""
        from pipeline.texts.read import Reading, read_texts

        cache = kept(self._workspace, part=True)
        clauses = [file for file in files if file.kind is Kind.DECLARATION]
        rest = [file for file in files if file.kind is not Kind.DECLARATION]
        whole = read_texts(self._workspace, clauses, cache)
        plain = read_texts(self._workspace, rest, cache, segments_only=True)
        return Reading({**whole.texts, **plain.texts}, (*whole.problems, *plain.problems))

    def _beside(
        self, group: Contents, texts: Mapping[str, Text]
    ) -> tuple[list[Beside], list[Problem]]:
        """The texts of a work beside each other, and what does not fit together."""
        from pipeline.checks.examined import translations
        from pipeline.translation.works import works

        by_key, unfit = works(list(group), texts)
        pairs = [pair for work in by_key.values() for pair in translations(self._facts, work)]
        there = {f.language: texts[f.path] for f in group if f.path in texts}
        declared = {t: text for t, text in there.items() if text.file.key == _DECLARATION}
        return [*pairs, *self._declared(declared)], unfit

    def _declared(self, texts: Mapping[str, Text]) -> list[Beside]:
        from pipeline.checks.examined import declarations

        root, languages = self._workspace.root, self._workspace.event.languages
        ordered = {tag: texts[tag] for tag in languages if tag in texts}
        preambles = {tag: load_language(root, tag).preamble_ids for tag in ordered}
        return declarations(self._facts, ordered, preambles)


def _decoded(content: bytes, group: Contents) -> Entry | None:
    """An entry as it was kept; None for what is none, or of other files."""
    from pydantic import ValidationError

    try:
        entry = _adapter().validate_json(content)
    except ValidationError:
        return None
    paths = {file.path for file in group}
    ours = all({*pair.paths} <= paths for pair in entry.pairs)
    named = all(found.finding.rule in WEIGHTS for pair in entry.pairs for found in pair.found)
    return entry if ours and named else None


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.place.file, []).append(problem)
    return found


def _version(workspace: Workspace, facts: str) -> str:
    """All that decides what is found in two texts, besides them."""
    packages = (f"{name} {program.version(name)}" for name in _PACKAGES)
    letters = f"{sys.version} {unicodedata.unidata_version}"
    return _digest(
        "\0".join((reader_version(workspace.root), program.code(), *packages, letters, facts))
    )


def _digest(words: str) -> str:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
