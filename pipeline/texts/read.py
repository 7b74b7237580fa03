"""Reading the texts of a workspace in bulk: each file once, each changed body once."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import files
from pipeline.cache import Cache
from pipeline.errors import ActesError, Problem
from pipeline.texts import pandoc
from pipeline.texts.bodies import Body, Progress, ReadBody, read_bodies
from pipeline.texts.metadata import Metadata, read_metadata
from pipeline.texts.segments import Segment
from pipeline.texts.source import (
    MAX_BYTES,
    Source,
    check_bounds,
    hidden_characters,
    parse_source,
)
from pipeline.workspace.languages import Markup, markup_of, own_markup
from pipeline.workspace.layout import TextFile
from pipeline.workspace.load import Workspace


@dataclass(frozen=True)
class Text:
    """A text that was read: its file, metadata and body. ``problems`` are remarks and errors."""

    file: TextFile
    source: Source
    metadata: Metadata
    body: Body
    problems: tuple[Problem, ...]

    def held_confidential(self) -> Text:
        """The same text, confidential whatever its head says."""
        metadata = self.metadata.model_copy(update={"confidential": True})
        return replace(self, metadata=metadata)


@dataclass(frozen=True)
class Reading:
    """All texts of a workspace by path; a broken one is absent, and its problems are here."""

    texts: Mapping[str, Text]
    problems: tuple[Problem, ...]


def read_texts(
    workspace: Workspace,
    found: Sequence[TextFile],
    cache: Cache | None = None,
    progress: Progress = lambda _: None,
    meanwhile: Callable[[], object] = lambda: None,
    *,
    segments_only: bool = False,
) -> Reading:
    """Read every text; only bodies whose content is not in ``cache`` go through pandoc.

    ``meanwhile`` is what else is to be done while pandoc reads. For who wants ``segments_only``,
    plainly written bodies do not go through pandoc, and have no blocks.
    """
    problems: list[Problem] = []
    sources = dict(_sources(workspace.root, found, problems))
    given_up = threading.Event()
    with ThreadPoolExecutor(1) as pool, pandoc.quick_turns():
        words = functools.partial(markup_of, workspace.root)
        reading = pool.submit(
            read_bodies,
            list(sources.values()),
            words,
            cache,
            progress,
            given_up,
            segments_only=segments_only,
        )
        try:
            heads = _heads(workspace, found, sources, problems)
            meanwhile()
            bodies = reading.result()
        except BaseException:  # Ctrl-C: nobody waits for the texts that are left
            given_up.set()
            raise
    texts: dict[str, Text] = {}
    for file in found:
        body = bodies.get(file.path)
        if body is None:
            continue
        problems += body.problems
        if isinstance(body, ReadBody) and file.path in heads:
            metadata, of_head = heads[file.path]
            own = (*of_head, *body.problems)
            texts[file.path] = Text(file, sources[file.path], metadata, body.body, own)
    return Reading(texts, tuple(problems))


def read_body(
    source: Source, words: Callable[[], Markup] = own_markup, cache: Cache | None = None
) -> tuple[Body | None, tuple[Problem, ...]]:
    """The body of one text by itself, None where it is broken, and what is wrong with it.

    ``words`` are those of markup, by default the program's own. Raises ActesError as
    `check_bounds` does.
    """
    check_bounds(source)
    read = read_bodies([source], words, cache)[source.path]
    problems = (*hidden_characters(source), *read.problems)
    return (read.body if isinstance(read, ReadBody) else None), problems


def read_segments(sources: Sequence[Source]) -> list[tuple[Segment, ...] | None]:
    """The segments of several texts in one go, None for one that is broken.

    Raises ActesError as `check_bounds` does. The texts have different paths.
    """
    for source in sources:
        check_bounds(source)
    read = read_bodies(sources, own_markup)
    bodies = (read[source.path] for source in sources)
    return [body.body.segments if isinstance(body, ReadBody) else None for body in bodies]


def _sources(
    root: Path, found: Iterable[TextFile], problems: list[Problem]
) -> Iterable[tuple[str, Source]]:
    for file in found:
        try:
            source = parse_source(file.path, files.read_bytes(root, root / file.path, MAX_BYTES))
            check_bounds(source)
        except ActesError as error:
            problems.extend(error.problems)
            continue
        problems.extend(hidden_characters(source))
        yield file.path, source


def _heads(
    workspace: Workspace,
    found: Iterable[TextFile],
    sources: Mapping[str, Source],
    problems: list[Problem],
) -> dict[str, tuple[Metadata, tuple[Problem, ...]]]:
    heads: dict[str, tuple[Metadata, tuple[Problem, ...]]] = {}
    for file in found:
        source = sources.get(file.path)
        if source is None:
            continue
        try:
            metadata, _document, wrong = read_metadata(
                file.path, source.front, file.kind, workspace
            )
        except ActesError as error:
            metadata, wrong = None, list(error.problems)
        problems.extend(wrong)
        if metadata is not None:
            heads[file.path] = (metadata, tuple(wrong))
    return heads
