"""The one boundary to pandoc.

Reading: a pandoc process reads many texts, each in its own scope (two texts may both say ``[^1]``),
with a limit of time and memory a text; a text that breaks it is named and the others go on (law 9).
Writing: one call a document, without sandbox only where the input is our own cleaned AST.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline import forks
from pipeline.errors import ActesError, Exit, Place, Problem, stop
from pipeline.texts.apart import Lines, apart
from pipeline.texts.dialect import dialect
from pipeline.texts.outline import Begin, fits, outline
from pipeline.texts.reader import Reader

Node = dict[str, Any]

SECONDS_PER_TEXT = 20.0
SECONDS_PER_DOCUMENT = 900.0
_TURN = 0.0002
_MEMORY = ["+RTS", "-M1500M", "-RTS"]
# A process takes as long to begin as it takes to read so many texts.
_TEXTS_A_PROCESS = 32
_SCRIPT = Path(__file__).with_name("read.lua")


@dataclass(frozen=True)
class Parsed:
    """What pandoc read: top-level blocks, and the lines of each in the body."""

    blocks: tuple[Node, ...]
    lines: tuple[Lines, ...]


@lru_cache(maxsize=1)
def executable() -> str:
    """The pandoc of the wheel. Raises ActesError ``pandoc-missing`` (exit code 3)."""
    try:
        from importlib.util import find_spec

        package = find_spec("pypandoc")
        origin = Path(package.origin) if package and package.origin else Path()
        name = "pandoc.exe" if os.name == "nt" else "pandoc"
        found = origin.parent / "files" / name
        if found.is_file():
            return str(found)
    except ImportError:
        pass
    raise stop("pandoc-missing", code=Exit.MISSING_TOOL)


def version() -> str:
    """pandoc's version, from its own mouth."""
    answer = subprocess.run([executable(), "--version"], capture_output=True, check=True)
    return answer.stdout.split(b"\n", 1)[0].decode().removeprefix("pandoc ")


def read_all(bodies: Mapping[str, str]) -> dict[str, Parsed | Problem]:
    """Parse many bodies (by path); a body that pandoc cannot read gives a Problem instead."""
    found: dict[str, Parsed | Problem] = {}
    read_each(bodies, found.__setitem__, threading.Event())
    return {path: found[path] for path in bodies}


def read_each(
    bodies: Mapping[str, str],
    take: Callable[[str, Parsed | Problem], None],
    given_up: threading.Event,
) -> None:
    """Parse many bodies; ``take`` is given each (path and what was read) as it comes.

    It is called from several threads: what it does is done while pandoc reads the next ones. Once
    ``given_up`` is set, nothing more is read.
    """
    paths = list(bodies)
    workers = min(1 + len(paths) // _TEXTS_A_PROCESS, forks.cores(), 4)
    readers = [_reader() for _ in range(workers)]

    def run(reader: Reader, chunk: Iterable[str]) -> None:
        try:
            for path, answer in _read(reader, ((path, bodies[path]) for path in chunk)):
                if given_up.is_set():
                    return
                take(path, answer)
        finally:
            reader.close()

    with ThreadPoolExecutor(workers) as pool:
        chunks = (paths[start::workers] for start in range(workers))
        futures = [pool.submit(run, *work) for work in zip(readers, chunks, strict=True)]
        try:
            for future in futures:
                future.result()
        except BaseException:  # Ctrl-C: nobody waits for the texts that are left
            given_up.set()
            for reader in readers:
                reader.kill()
            raise


@contextlib.contextmanager
def quick_turns() -> Iterator[None]:
    """Threads take turns so quickly that pandoc hardly waits for its next text."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _reader() -> Reader:
    environment = {"LC_ALL": "C.UTF-8", "PATH": ""}
    return Reader([executable(), "lua", *_MEMORY, str(_SCRIPT)], environment, SECONDS_PER_TEXT)


_Known = Sequence[Begin] | None
"""Where the blocks of a text begin, if that is plain to see; else pandoc is asked."""
_Asked = tuple[str, str, _Known]
"""A text's path, its body and what is known of it."""
_Answer = bytes | Problem


def _read(
    reader: Reader, texts: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, Parsed | Problem]]:
    """The texts (path and body) as pandoc reads them, in any order."""
    again: list[_Asked] = []
    plain = ((path, body, outline(body)) for path, body in texts)
    for (path, body, known), answer in _answers(reader, plain):
        parsed = _parsed(path, body, answer, known)
        if parsed is None:
            again.append((path, body, None))
        else:
            yield path, parsed
    for (path, body, _), answer in _answers(reader, again):
        yield path, _placed(path, body, answer)


def _answers(reader: Reader, texts: Iterable[_Asked]) -> Iterator[tuple[_Asked, _Answer]]:
    """Each text with its answer; pandoc is sent the next text before the answer is looked at."""
    before: _Asked | None = None
    for text in texts:
        answer = _received(reader, before[0]) if before else b""
        _path, body, known = text
        _send(reader, body, "blocks" if known is None else "plain")
        if before:
            yield before, answer
        before = text
    if before:
        yield before, _received(reader, before[0])


def _send(reader: Reader, body: str, mode: str) -> None:
    reader.send(body.encode("utf-8"), f"{mode} {dialect(body)}")


def _received(reader: Reader, path: str) -> _Answer:
    try:
        return reader.receive()
    except TimeoutError:
        return Problem("text-too-slow", Place(path), {"seconds": int(SECONDS_PER_TEXT)})
    except MemoryError:
        return Problem("text-unreadable", Place(path))


def _parsed(path: str, body: str, answer: _Answer, known: _Known) -> Parsed | Problem | None:
    """What an answer says; None if pandoc saw other blocks than the outline."""
    if known is None:
        return _placed(path, body, answer)
    blocks = _blocks(path, answer)
    if isinstance(blocks, Problem):
        return blocks
    return Parsed(blocks, tuple(begin.lines for begin in known)) if fits(known, blocks) else None


def _placed(path: str, body: str, answer: _Answer) -> Parsed | Problem:
    """What an answer says that begins with the lines of the blocks: ``1-3 5-6,8-9 …``."""
    if isinstance(answer, Problem):
        return answer
    places, _, document = answer.partition(b"\n")
    blocks = _blocks(path, document)
    if isinstance(blocks, Problem):
        return blocks
    parts = [
        part
        for block, items in zip(blocks, places.decode().split(), strict=True)
        for part in apart(body, block, [_lines(item) for item in items.split(",")])
    ]
    return Parsed(tuple(block for block, _ in parts), tuple(lines for _, lines in parts))


def _lines(item: str) -> Lines:
    first, _, last = item.partition("-")
    return Lines(int(first), int(last))


def _blocks(path: str, answer: _Answer) -> tuple[Node, ...] | Problem:
    if isinstance(answer, Problem):
        return answer
    try:
        return tuple(json.loads(answer)["blocks"])
    except (RecursionError, json.JSONDecodeError):
        return Problem("text-unreadable", Place(path))


def read_with_positions(body: str) -> list[Node]:
    """The blocks of one body with the position of every node, to say where something stands."""
    reader = _reader()
    try:
        _send(reader, body, "positions")
        return list(json.loads(reader.receive())["blocks"])
    except (TimeoutError, MemoryError, RecursionError, json.JSONDecodeError):
        return []
    finally:
        reader.close()


def read_office(content: bytes, reader: str, tracked: str) -> tuple[Mapping[str, Node], list[Node]]:
    """The metadata and blocks of a Word or ODT file, read in pandoc's sandbox.

    Raises ActesError ``pandoc-failed`` when it cannot be read in the time and memory of a text.
    """
    command = [executable(), *_MEMORY, "--sandbox", "-f", reader, "-t", "json",
               f"--track-changes={tracked}"]  # fmt: skip
    try:
        answer = subprocess.run(
            command,
            input=content,
            capture_output=True,
            env={"LC_ALL": "C.UTF-8", "PATH": ""},
            timeout=SECONDS_PER_TEXT * 3,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise stop("pandoc-failed", reason=f"> {SECONDS_PER_TEXT * 3:.0f} s") from None
    if answer.returncode:
        words = answer.stderr.decode("utf-8", "replace").strip()
        raise stop("pandoc-failed", reason=words[:400])
    data = json.loads(answer.stdout)
    return data["meta"], data["blocks"]


def document(blocks: Sequence[Node], meta: Mapping[str, Node] | None = None) -> Node:
    """A pandoc document around blocks."""
    return {"pandoc-api-version": [1, 23, 1], "meta": dict(meta or {}), "blocks": list(blocks)}


def write(ast: Node, to: str, options: Sequence[str] = (), cwd: Path | None = None) -> bytes:
    """An AST that has passed the allow-list, written in format ``to``.

    Raises ActesError ``pandoc-failed`` with pandoc's own words, which speak of our AST only.
    """
    command = [executable(), "+RTS", "-A64m", "-M6G", "-RTS", "-f", "json", "-t", to, *options]
    environment = {"SOURCE_DATE_EPOCH": "315532800", "LC_ALL": "C.UTF-8", "PATH": ""}
    try:
        answer = subprocess.run(
            command,
            input=json.dumps(ast, ensure_ascii=False).encode("utf-8"),
            capture_output=True,
            cwd=cwd,
            env=environment,
            timeout=SECONDS_PER_DOCUMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise stop("pandoc-failed", reason=f"> {SECONDS_PER_DOCUMENT:.0f} s") from None
    if answer.returncode:
        words = answer.stderr.decode("utf-8", "replace").strip()
        raise ActesError([Problem("pandoc-failed", Place(""), {"reason": words[:400]})])
    return answer.stdout
