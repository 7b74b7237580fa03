"""Reading the texts of a workspace in bulk: each file once, each changed body once."""

from __future__ import annotations

import functools
import hashlib
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import files, program
from pipeline.cache import Cache
from pipeline.errors import ActesError, Place, Problem, Severity
from pipeline.texts import allow, pandoc
from pipeline.texts.metadata import Metadata, read_metadata
from pipeline.texts.segments import Segment, SegmentKind, join, split
from pipeline.texts.source import (
    MAX_BYTES,
    Source,
    check_bounds,
    hidden_characters,
    parse_source,
    readable,
)
from pipeline.workspace.languages import Markup, markup_of, own_markup, tables_as_written
from pipeline.workspace.layout import TextFile
from pipeline.workspace.load import Workspace

Progress = Callable[[int], None]
_MARK = re.compile(r"\[\^[^\]\s]+\]")
_KIND = re.compile(rb'"(?:t|\\u0074)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_MOST_PROBLEMS = 50  # of one text; the others are counted


def reader_version(root: Path) -> str:
    """What decides how a text is read: this room's code, the pandoc it calls, words of markup."""
    digest = hashlib.blake2b(program.version("pypandoc_binary").encode(), digest_size=8)
    for file in sorted(Path(__file__).parent.glob("*.*")):
        digest.update(file.read_bytes())
    for content in tables_as_written(root):
        digest.update(content)
    return digest.hexdigest()


@dataclass(frozen=True)
class Body:
    """A text's body: its segments, and for each the blocks that the allow-list let through."""

    segments: tuple[Segment, ...]
    blocks: tuple[tuple[pandoc.Node, ...], ...]
    images: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A text that was read: its file, metadata and body. ``problems`` are remarks and errors."""

    file: TextFile
    source: Source
    metadata: Metadata
    body: Body
    problems: tuple[Problem, ...]


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
) -> Reading:
    """Read every text; only bodies whose content is not in ``cache`` go through pandoc.

    ``meanwhile`` is what else is to be done while pandoc reads.
    """
    problems: list[Problem] = []
    sources = dict(_sources(workspace.root, found, problems))
    given_up = threading.Event()
    with ThreadPoolExecutor(1) as pool, pandoc.quick_turns():
        words = functools.partial(markup_of, workspace.root)
        reading = pool.submit(_bodies, list(sources.values()), words, cache, progress, given_up)
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
        if isinstance(body, _Read) and file.path in heads:
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
    read = _bodies([source], words, cache)[source.path]
    problems = (*hidden_characters(source), *read.problems)
    return (read.body if isinstance(read, _Read) else None), problems


def read_segments(sources: Sequence[Source]) -> list[tuple[Segment, ...] | None]:
    """The segments of several texts in one go, None for one that is broken.

    Raises ActesError as `check_bounds` does. The texts have different paths.
    """
    for source in sources:
        check_bounds(source)
    read = _bodies(sources, own_markup)
    bodies = (read[source.path] for source in sources)
    return [body.body.segments if isinstance(body, _Read) else None for body in bodies]


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


@dataclass(frozen=True)
class _Read:
    body: Body
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Broken:
    problems: tuple[Problem, ...]


def _key(source: Source) -> str:
    """What a body is kept under: its content, and its folder, which its images are found from."""
    folder = source.path.rpartition("/")[0]
    return f"{hashlib.blake2b(folder.encode('utf-8'), digest_size=8).hexdigest()}{source.digest}"


def _bodies(
    sources: Sequence[Source],
    words: Callable[[], Markup],
    cache: Cache | None = None,
    progress: Progress = lambda _: None,
    given_up: threading.Event | None = None,
) -> dict[str, _Read | _Broken]:
    known = cache.get_all(_key(source) for source in sources) if cache else {}
    result: dict[str, _Read | _Broken] = {}
    for source in sources:
        content = known.get(_key(source))
        cached = _decode(source, content) if content is not None else None
        if cached is not None:
            result[source.path] = cached
            progress(1)
    fresh = {source.path: source for source in sources if source.path not in result}
    entries: dict[str, bytes] = {}
    markup = functools.cache(words)

    def take(path: str, answer: pandoc.Parsed | Problem) -> None:
        if isinstance(answer, Problem):
            result[path] = _Broken((answer,))
        else:
            read = _read(fresh[path], answer, markup())
            result[path] = read
            if cache and isinstance(read, _Read):
                entries[_key(fresh[path])] = _encode(read)
        progress(1)

    bodies = {path: readable(source.body) for path, source in fresh.items()}
    pandoc.read_each(bodies, take, given_up or threading.Event())
    if cache and (entries or len(known) < len(sources)):
        cache.put_all(entries, keep=known)
    return result


def _read(source: Source, parsed: pandoc.Parsed, markup: Markup) -> _Read | _Broken:
    cleaned = allow.clean(parsed.blocks, source.path, source.body_line, markup)
    problems = cleaned.problems
    if len(parsed.blocks) > allow.MAX_BLOCKS:
        return _Broken(tuple(problems))
    if problems:  # read again, slowly, to say where
        placed = pandoc.read_with_positions(readable(source.body))
        again = allow.clean(placed, source.path, source.body_line, markup)
        problems = again.problems or problems
    segments = split(source.body, parsed)
    groups = cleaned.blocks
    blocks = tuple(
        groups[segment.block] if segment.block is not None and segment.block < len(groups) else ()
        for segment in segments
    )
    problems = _few(source.path, (*problems, *_uncited(source, segments)))
    return _Read(Body(segments, blocks, cleaned.images), problems)


def _few(path: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The first problems of a text, and how many more there are."""
    if len(problems) <= _MOST_PROBLEMS:
        return tuple(problems)
    more = {"count": len(problems) - _MOST_PROBLEMS}
    return (*problems[:_MOST_PROBLEMS], Problem("problems-more", Place(path), more))


def _uncited(source: Source, segments: Sequence[Segment]) -> Iterable[Problem]:
    """Footnotes that no mark refers to leave no trace in the AST: say so."""
    marks = Counter(mark for other in segments for mark in set(_MARK.findall(other.raw)))
    for segment in segments:
        if segment.kind is SegmentKind.FOOTNOTE:
            label = segment.raw.lstrip()[1:].split("]", 1)[0]
            if marks[f"[{label}]"] < 2:  # noqa: PLR2004 - the definition and at least one mark
                place = Place(source.path, source.body_line + segment.line)
                yield Problem("footnote-uncited", place, {"label": label}, Severity.REMARK)


def _encode(read: _Read) -> bytes:
    body = read.body
    value = {
        "segments": [[s.kind, s.raw, s.after, s.line, s.block] for s in body.segments],
        "blocks": body.blocks,
        "images": body.images,
        "problems": [
            [p.rule, p.place.line, p.place.column, dict(p.values), p.severity]
            for p in read.problems
        ],
    }
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _decode(source: Source, content: bytes) -> _Read | None:
    """What `_encode` wrote; None when it is no such thing, or not of this text."""
    kinds = {kind.decode("utf-8", "replace") for kind in _KIND.findall(content)}
    if not kinds <= allow.KINDS:
        return None
    try:
        value: dict[str, Any] = json.loads(content)
        segments = tuple(Segment(SegmentKind(k), *rest) for k, *rest in value["segments"])
        if join(segments) != source.body:
            return None
        blocks = tuple(tuple(group) for group in value["blocks"])
        problems = tuple(
            Problem(rule, Place(source.path, line, column), values, Severity(severity))
            for rule, line, column, values, severity in value["problems"]
        )
        return _Read(Body(segments, blocks, tuple(value["images"])), problems)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
