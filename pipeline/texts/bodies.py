"""The bodies of texts: read by pandoc, cleaned, cut into segments, and kept as they were read."""

from __future__ import annotations

import functools
import hashlib
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.cache import Cache
from pipeline.errors import Place, Problem, Severity
from pipeline.texts import allow, pandoc
from pipeline.texts.plain import read_plainly
from pipeline.texts.segments import Segment, SegmentKind, join, split
from pipeline.texts.slips import slips
from pipeline.texts.source import Source, readable
from pipeline.workspace.languages import Markup

Progress = Callable[[int], None]
_KIND = re.compile(rb'"(?:t|\\u0074)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_MOST_PROBLEMS = 50  # of one text; the others are counted


@dataclass(frozen=True)
class Body:
    """A text's body: its segments, and for each the blocks that the allow-list let through.

    Who asked for segments alone has no ``blocks`` at all, and no ``images``.
    """

    segments: tuple[Segment, ...]
    blocks: tuple[tuple[pandoc.Node, ...], ...]
    images: tuple[str, ...]


@dataclass(frozen=True)
class ReadBody:
    """A body, and what is wrong in it."""

    body: Body
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class BrokenBody:
    """Why a body could not be read."""

    problems: tuple[Problem, ...]


def _key(source: Source) -> str:
    """What a body is kept under: its content, and its folder, which its images are found from."""
    folder = source.path.rpartition("/")[0]
    return f"{hashlib.blake2b(folder.encode('utf-8'), digest_size=8).hexdigest()}{source.digest}"


def read_bodies(
    sources: Sequence[Source],
    words: Callable[[], Markup],
    cache: Cache | None = None,
    progress: Progress = lambda _: None,
    given_up: threading.Event | None = None,
    *,
    segments_only: bool = False,
) -> dict[str, ReadBody | BrokenBody]:
    """The bodies of texts that are within bounds, by path; those in ``cache`` cost no pandoc.

    ``words`` are those of markup. Once ``given_up`` is set, nothing more is read. With
    ``segments_only``, a plainly written text costs no pandoc either, and has no blocks.
    """
    known = cache.get_all(_key(source) for source in sources) if cache else {}
    result: dict[str, ReadBody | BrokenBody] = {}
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
            result[path] = BrokenBody((answer,))
        else:
            read = _read(fresh[path], answer, markup())
            result[path] = read
            if cache and isinstance(read, ReadBody):
                entries[_key(fresh[path])] = _encode(read)
        progress(1)

    bodies = {path: readable(source.body) for path, source in fresh.items()}
    for path in list(bodies) if segments_only else ():
        segments = read_plainly(fresh[path], bodies[path], lambda: markup().boxes)
        if segments is not None:
            del bodies[path]
            result[path] = ReadBody(Body(segments, (), ()), ())
            progress(1)
    pandoc.read_each(bodies, take, given_up or threading.Event())
    if cache and (entries or len(known) < len(sources)):
        cache.put_all(entries, keep=known)
    return result


def _read(source: Source, parsed: pandoc.Parsed, markup: Markup) -> ReadBody | BrokenBody:
    cleaned = allow.clean(parsed.blocks, source.path, source.body_line, markup)
    problems = cleaned.problems
    if len(parsed.blocks) > allow.MAX_BLOCKS:
        return BrokenBody(tuple(problems))
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
    problems = _few(source.path, (*problems, *slips(source, segments, blocks)))
    return ReadBody(Body(segments, blocks, cleaned.images), problems)


def _few(path: str, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The first problems of a text, errors before remarks, and how many more there are, as grave as
    the worst of them."""
    if len(problems) <= _MOST_PROBLEMS:
        return tuple(problems)
    more = {"count": len(problems) - _MOST_PROBLEMS}
    errors_first = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    listed, hidden = errors_first[:_MOST_PROBLEMS], errors_first[_MOST_PROBLEMS:]
    return (*listed, Problem("problems-more", Place(path), more, hidden[0].severity))


def _encode(read: ReadBody) -> bytes:
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


def _decode(source: Source, content: bytes) -> ReadBody | None:
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
        return ReadBody(Body(segments, blocks, tuple(value["images"])), problems)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
