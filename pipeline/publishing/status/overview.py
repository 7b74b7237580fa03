"""`actes status`: everything that is known of an event's translations, from its files alone."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.checks import told
from pipeline.checks.kept import Findings
from pipeline.checks.reported import Examined
from pipeline.errors import ActesError, Exit, Place, Problem, in_order
from pipeline.proceedings.blockers import waiting
from pipeline.publishing import manifest as ledger
from pipeline.publishing.jobs import Options, Say
from pipeline.publishing.status.history import Point, by_language, history
from pipeline.publishing.status.leaves import Leaf, Leaves, is_final
from pipeline.texts.contents import Contents, grouped, read_contents
from pipeline.texts.source import Source, parse_source
from pipeline.translation.status import TextStatus
from pipeline.translation.works import selected
from pipeline.workspace import digests
from pipeline.workspace.event import Event
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import (
    ANNEXES,
    DECLARATION,
    PRELIMINARIES,
    Kind,
    TextFile,
    find_texts,
)
from pipeline.workspace.load import Workspace, load


@dataclass(frozen=True)
class Asked:
    """What to look at: paths of the workspace (none: everything), languages (none: all)."""

    paths: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    history: bool = False


@dataclass(frozen=True)
class Overview:
    """The status of an event.

    ``names`` are the languages as they call themselves; ``declaration`` the files of the
    declaration by language (None: missing), empty where there is no declaration; ``blocking`` what
    keeps the final edition in a language from being made, under ``""`` what keeps every one;
    ``history`` is None where it was not asked for, empty where there is none. ``whole`` says
    whether all of the event was looked at.
    """

    event: Event
    names: Mapping[str, str]
    languages: tuple[str, ...]
    texts: tuple[TextStatus, ...]
    declaration: Mapping[str, str | None]
    blocking: Mapping[str, tuple[Problem, ...]]
    problems: tuple[Problem, ...]
    history: tuple[Point, ...] | None
    whole: bool


def overview(root: Path, asked: Asked = Asked(), say: Say = lambda _: None) -> Overview:
    """Read what changed since the last time, and tell where everything stands.

    Writes nothing but the cache. Raises ActesError: the problems of an invalid event.yaml,
    ``language-unknown`` or ``path-unknown`` (exit code 2).
    """
    workspace, problems = load(root)
    event = workspace.event
    languages = _languages(event, asked.languages)
    found, misplaced = find_texts(root, event)
    chosen = selected([file for file in found if _printed(file, event)], asked.paths)
    contents = read_contents(root, found)
    findings = Findings(workspace, say)
    leaves = Leaves(workspace, findings)
    groups = _in_order(grouped({file: contents[file] for file in chosen}), event)
    counted = _Counter(len(chosen), say)
    read = leaves.of(list(groups.values()), root, counted)
    pairs = [pair for entry in findings.of(groups.values()) for pair in entry.pairs]
    texts = tuple(t for leaf in read for t in leaf.texts if t.language in languages)
    own = [problem for leaf in read for problem in leaf.problems]
    problems = in_order([*problems, *misplaced, *own])
    general = own if asked.paths else [*problems, *waiting(root, _declarations(contents))]
    blocking = _blocking(event, languages, read, pairs, general)
    whole = not asked.paths and languages == event.languages
    if whole and not any(blocking.values()):
        of_groups = zip(groups.values(), read, strict=True)
        by_path = {file.path: leaf for group, leaf in of_groups for file in group}
        blocking |= {"": _last_check(root, leaves, by_path, pairs)}
    past = _history(workspace, leaves, asked, groups.keys(), texts, say) if asked.history else None
    leaves.save(whole=not asked.paths)
    findings.save(None if asked.paths else grouped(contents).values())
    return Overview(
        event,
        {tag: load_language(root, tag).name for tag in event.languages},
        languages,
        texts,
        {} if asked.paths else _declaration(event, found),
        blocking,
        tuple(problems),
        past,
        whole,
    )


def _in_order(groups: Mapping[str, Contents], event: Event) -> dict[str, Contents]:
    """The works as the proceedings have them: what comes first, the themes, the annexes."""
    folders = [PRELIMINARIES, *(theme.id for theme in event.themes), ANNEXES]
    return dict(sorted(groups.items(), key=lambda item: folders.index(item[0].partition("/")[0])))


def _languages(event: Event, asked: Sequence[str]) -> tuple[str, ...]:
    for language in asked:
        if language not in event.languages:
            values = {"language": language, "languages": ", ".join(event.languages)}
            raise ActesError([Problem("language-unknown", Place("--to"), values)], Exit.USAGE)
    return tuple(tag for tag in event.languages if not asked or tag in asked)


def _printed(file: TextFile, event: Event) -> bool:
    """Whether a text is part of the proceedings; event.yaml lists what stands around the themes."""
    listed = {PRELIMINARIES: event.preliminaries, ANNEXES: event.annexes}
    return file.kind is not Kind.DECLARATION and file.name in listed.get(file.folder, (file.name,))


def _declaration(event: Event, found: Iterable[TextFile]) -> dict[str, str | None]:
    there = {
        f.language: f.path for f in found if f.kind is Kind.DECLARATION and f.name == DECLARATION
    }
    return {tag: there.get(tag) for tag in event.languages} if there else {}


def _declarations(contents: Contents) -> Iterable[Source]:
    """The declaration as it stands, in each language that can be read: every edition prints it."""
    for file, content in contents.items():
        if file.kind is Kind.DECLARATION and content is not None:
            with contextlib.suppress(ActesError):
                yield parse_source(file.path, content)


# -- what blocks a final edition ----------------------------------------------------------------


def _blocking(
    event: Event,
    languages: Sequence[str],
    leaves: Iterable[Leaf],
    pairs: Sequence[Examined],
    general: Iterable[Problem],
) -> dict[str, tuple[Problem, ...]]:
    found = {
        tag: [problem for problem in told.of_translations(pairs, tag) if is_final(problem)]
        for tag in _editions(event, languages)
    }
    found[""] = [problem for problem in general if is_final(problem)]
    for leaf in leaves:
        for blocked in leaf.blocked:
            if blocked.language in found:
                found[blocked.language].append(blocked.problem)
    return {language: tuple(in_order(those)) for language, those in found.items()}


def _editions(event: Event, languages: Sequence[str]) -> list[str]:
    made = event.editions.proceedings.languages or event.languages
    return [tag for tag in made if tag in languages]


def _last_check(
    root: Path, leaves: Leaves, read: Mapping[str, Leaf], pairs: Sequence[Examined]
) -> tuple[Problem, ...]:
    """When the translations are done: what a final build would still refuse, images and all.

    What was found in the ``pairs`` of texts is taken as it is, not looked for again. Where nothing
    was refused, another word in a text (its leaf is ``read`` by its path) changes nothing of that,
    as long as its links and images stay.
    """
    inputs = digests.inputs(root)
    others = (f"{path}={mark}" for path, mark in inputs.items() if path not in read)
    exact = ledger.key_of(["final", *(f"{path}={mark}" for path, mark in inputs.items())])
    as_good = ledger.key_of(["final", *(f"{p}={leaf.leads}" for p, leaf in read.items()), *others])
    for key in (exact, as_good):
        known = leaves.remembered(key)
        if known is not None:
            return known
    found = tuple(in_order(_refused(root, pairs)))
    leaves.remember(exact if found else as_good, found)
    return found


def _refused(root: Path, pairs: Sequence[Examined]) -> list[Problem]:
    from pipeline.publishing.editions import plan
    from pipeline.publishing.gather import Gathered, gather

    def contradicted(_gathered: Gathered, languages: Iterable[str]) -> list[Problem]:
        return [p for language in languages for p in told.of_translations(pairs, language)]

    final = Options(final=True)
    return plan(gather(root, final, _silent), root / "build", final, contradicted).blocking


def _silent(_words: str) -> None:
    return None


# -- the past -----------------------------------------------------------------------------------


def _history(
    workspace: Workspace,
    leaves: Leaves,
    asked: Asked,
    keys: Iterable[str],
    texts: Sequence[TextStatus],
    say: Say,
) -> tuple[Point, ...]:
    """The points of the past and, where it differs from the last of them, the present."""
    event, known = workspace.event, set(keys)
    languages = _languages(event, asked.languages)

    def wanted(text: TextStatus) -> bool:
        return text.language in languages and (not asked.paths or text.key in known)

    past = history(workspace.root, event, leaves, wanted, _Counter(0, say))
    now = by_language(texts)
    if past and past[-1].amounts != now:
        past = (*past, Point("", "", now))
    return past


class _Counter:
    """Says how many texts were read."""

    def __init__(self, total: int, say: Say) -> None:
        self._done, self._total, self._say = 0, total, say

    def __call__(self, number: int) -> None:
        self._done += number
        self._say(f"{self._done}/{self._total}" if self._total else str(self._done))
