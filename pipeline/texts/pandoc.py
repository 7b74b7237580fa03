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
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ActesError, Exit, Place, Problem, stop
from pipeline.texts.dialect import dialect
from pipeline.texts.outline import fits, outline

Node = dict[str, Any]

SECONDS_PER_TEXT = 20.0
SECONDS_PER_DOCUMENT = 900.0
_MEMORY = ["+RTS", "-M1500M", "-RTS"]
_SCRIPT = Path(__file__).with_name("read.lua")


@dataclass(frozen=True)
class Parsed:
    """What pandoc read: top-level blocks, and the first line of each (1-based, in the body)."""

    blocks: tuple[Node, ...]
    starts: tuple[int, ...]


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


class _Reader:
    """A pandoc process that answers requests one by one; replaced when it is killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [executable(), "lua", *_MEMORY, str(_SCRIPT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"LC_ALL": "C.UTF-8", "PATH": ""},
            )
        return self._process

    def ask(self, text: str, mode: str) -> bytes:
        """The answer's bytes. Raises TimeoutError or MemoryError (the process died)."""
        process = self._start()
        assert process.stdin is not None  # noqa: S101 - opened above
        assert process.stdout is not None  # noqa: S101
        timed_out = threading.Event()

        def expire() -> None:
            timed_out.set()
            process.kill()

        timer = threading.Timer(SECONDS_PER_TEXT, expire)
        timer.start()
        try:
            request = text.encode("utf-8")
            head = f"{len(request)} {mode} {dialect(text)}\n".encode("ascii")
            process.stdin.write(head + request)
            process.stdin.flush()
            said = process.stdout.readline().split()
            answer = process.stdout.read(int(said[1])) if len(said) == 2 else b""  # noqa: PLR2004
        except (BrokenPipeError, ValueError):
            said, answer = [], b""
        finally:
            timer.cancel()
        if timed_out.is_set() or not said or said[0] != b"ok":
            self.close()  # what is left of it must not answer for the next text
            raise TimeoutError if timed_out.is_set() else MemoryError
        return answer

    def kill(self) -> None:
        """End the process from another thread; whoever waits for its answer gets none."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # a request that was never read
                pipe.close()  # type: ignore[union-attr]


def read_all(
    bodies: Mapping[str, str], progress: Callable[[int], None] = lambda _: None
) -> dict[str, Parsed | Problem]:
    """Parse many bodies (by path); a body that pandoc cannot read gives a Problem instead."""
    paths = list(bodies)
    workers = 1 if len(paths) < 8 else max(1, min(4, os.cpu_count() or 1))  # noqa: PLR2004
    chunks = [paths[start::workers] for start in range(workers)]
    results: dict[str, Parsed | Problem] = {}
    stopped = threading.Event()
    readers = [_Reader() for _ in chunks]

    def run(reader: _Reader, chunk: Sequence[str]) -> None:
        try:
            for path in chunk:
                if stopped.is_set():
                    return
                results[path] = _read_one(reader, path, bodies[path])
                progress(1)
        finally:
            reader.close()

    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(run, *work) for work in zip(readers, chunks, strict=True)]
        try:
            for future in futures:
                future.result()
        except BaseException:  # Ctrl-C: nobody waits for the texts that are left
            stopped.set()
            for reader in readers:
                reader.kill()
            raise
    return {path: results[path] for path in paths}


def _read_one(reader: _Reader, path: str, body: str) -> Parsed | Problem:
    known = outline(body)
    try:
        if known is not None:
            blocks = tuple(json.loads(reader.ask(body, "plain"))["blocks"])
            if fits(known, blocks):
                return Parsed(blocks, tuple(begin.line for begin in known))
        positions, _, document = reader.ask(body, "blocks").partition(b"\n")
        blocks = tuple(json.loads(document)["blocks"])
    except TimeoutError:
        return Problem("text-too-slow", Place(path), {"seconds": int(SECONDS_PER_TEXT)})
    except (MemoryError, RecursionError, json.JSONDecodeError):
        return Problem("text-unreadable", Place(path))
    return Parsed(blocks, _starts(positions.decode(), len(blocks)))


def _starts(positions: str, count: int) -> tuple[int, ...]:
    """First lines from ``1:1-3:1 22:1-23:1;21:1-24:1 …``.

    A table lists a range for its head and one for the whole; the smallest start is the block's.
    The ends are of no use: lists and definition lists claim the first line of what follows.
    """
    return tuple(
        min(int(part.rpartition("@")[2].split(":")[0]) for part in item.split(";"))
        for item in positions.split(" ")[:count]
    )


def read_with_positions(body: str) -> list[Node]:
    """The blocks of one body with the position of every node, to say where something stands."""
    reader = _Reader()
    try:
        return list(json.loads(reader.ask(body, "positions"))["blocks"])
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
