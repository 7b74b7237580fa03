"""Any program of the organiser's: a JSON object a line in, a JSON object a line out.

In: ``{"id": "1", "text": "…", "source": "fr", "target": "ja"}``, then the end of the input.
Out: ``{"id": "1", "text": "…"}``, in any order. The program is named by the environment variable
ACTES_ENGINE_COMMAND and by nothing in the workspace, which may come from a stranger (law 9). It is
started for each request without a shell, in a folder of its own, as a group of processes that ends
with its time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from pipeline.errors import Exit, stop
from pipeline.translation.engines.protocol import EngineError, Failure, Request, Traits, reduced
from pipeline.translation.markup.protect import Style

VARIABLE = "ACTES_ENGINE_COMMAND"
_PIECE = 64 * 1024
_MOMENT = 0.05  # seconds between two looks at a program
_LEAVE = 1.0  # seconds that a program which closed its output has to end

TRAITS = Traits(
    name="command",
    to="",
    local=False,  # it may send what it reads wherever it likes
    style=Style.TOKENS,
    most_texts=50,
    most_characters=20_000,
    seconds=120.0,
    workers=1,
)


class Command:
    """The engine `command`.

    Raises ActesError ``engine-command-missing`` without the variable, and
    ``engine-command-unknown`` when it names no program by an absolute path or on the PATH.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._words = _program(environment)
        digest = hashlib.sha256(repr(self._words).encode()).hexdigest()
        self.traits = replace(TRAITS, to=Path(self._words[0]).name, settings=(digest,))
        self._running: set[subprocess.Popen[bytes]] = set()

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """A translation a text, None for those that it leaves out. Raises EngineError."""
        return reduced(lambda: self._translate(request, seconds), lambda _error: Failure.PROGRAM)

    def _translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        most = 64 * 1024 + 32 * sum(len(text.encode()) for text in request.texts)
        output, over, code = self._run(_lines(request), seconds, most)
        answers = _answers(output, len(request.texts))
        if any(answer is not None for answer in answers):
            return answers
        if over:
            raise EngineError(Failure.TIMEOUT)
        if code:
            raise EngineError(Failure.PROGRAM)
        if output.strip():
            raise EngineError(Failure.GARBAGE)
        return answers

    def _run(self, lines: bytes, seconds: float, most: int) -> tuple[bytes, bool, int]:
        """Output (at most ``most`` bytes), whether its time was over, exit code."""
        output = bytearray()
        with _folder() as folder, self._started(folder) as process:
            # Threads, because a process that left the group may hold a pipe open for ever.
            _thread(_feed, process.stdin, lines)
            reader = _thread(_drain, process.stdout, output, most)
            over = not _finished(process, reader, seconds)
            kill(process)
            reader.join(1)
        if len(output) > most:
            raise EngineError(Failure.GARBAGE)
        return bytes(output), over, process.returncode or 0

    @contextlib.contextmanager
    def _started(self, folder: str) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            self._words, cwd=folder, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._running.add(process)
        try:
            yield process
        finally:
            kill(process)
            self._running.discard(process)

    def stop(self) -> None:
        """End every program that is running, with its children."""
        for process in tuple(self._running):
            kill(process)


def _program(environment: Mapping[str, str]) -> list[str]:
    """The words of the command, the first an absolute path: none is looked for in this folder."""
    try:
        words = shlex.split(environment.get(VARIABLE, ""))
    except ValueError:
        raise stop("engine-command-unknown", code=Exit.REFUSED, variable=VARIABLE) from None
    if not words:
        raise stop("engine-command-missing", code=Exit.REFUSED, variable=VARIABLE)
    named = Path(words[0])
    found = shutil.which(words[0], path=environment.get("PATH", os.defpath))
    anywhere = named.is_absolute() or named.name == words[0]
    if not (anywhere and found and Path(found).is_absolute()):
        raise stop("engine-command-unknown", code=Exit.MISSING_TOOL, variable=VARIABLE)
    return [found, *words[1:]]


def _lines(request: Request) -> bytes:
    items: list[dict[str, str]] = [
        {"id": str(index), "text": text, "source": request.source, "target": request.target}
        for index, text in enumerate(request.texts, start=1)
    ]
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


def _answers(output: bytes, count: int) -> list[str | None]:
    """The text of each id; None for an id that is missing, or answered twice in different words."""
    found: dict[str, set[str | None]] = {}
    for line in output.splitlines():
        answer = _object(line)
        text = answer.get("text")
        identifier = str(answer.get("id", ""))
        found.setdefault(identifier, set()).add(text if isinstance(text, str) else None)
    texts = [found.get(str(number), {None}) for number in range(1, count + 1)]
    return [next(iter(answer)) if len(answer) == 1 else None for answer in texts]


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _thread(work: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread


def _feed(stream: IO[bytes], lines: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):  # it may end without reading
        stream.write(lines)
    with contextlib.suppress(OSError, ValueError):
        stream.close()


def _drain(stream: IO[bytes], output: bytearray, most: int) -> None:
    """Collect what comes until the end of the output, or a little more than ``most`` bytes."""
    with contextlib.suppress(OSError), stream:
        while len(output) <= most and (piece := os.read(stream.fileno(), _PIECE)):
            output += piece


def _finished(process: subprocess.Popen[bytes], reader: threading.Thread, seconds: float) -> bool:
    """Wait until a process has ended, or has closed its output and does not end; no longer.

    A child of its own may hold the output open: what it says afterwards is not waited for.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        reader.join(_MOMENT)
        if not reader.is_alive():
            end = min(end, time.monotonic() + _LEAVE)
            time.sleep(_MOMENT / 10)
        if _has_ended(process):
            reader.join(_LEAVE)
            return True
    return not reader.is_alive()


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process has ended; its number, and its group's, are not given back yet."""
    if os.name == "nt":
        return process.poll() is not None
    try:
        ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG)
    except ChildProcessError:  # another thread stopped it, and took note of its end
        return True
    return ended is not None


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with its group, once: a number that was given back may be another's."""
    if process.returncode is not None:
        return
    with contextlib.suppress(OSError):
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(1)


@contextlib.contextmanager
def _folder() -> Iterator[str]:
    """An empty folder: a program that looks around itself does not see the workspace."""
    with tempfile.TemporaryDirectory(prefix="actes-", ignore_cleanup_errors=True) as folder:
        yield folder
