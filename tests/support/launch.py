"""Running `actes` as a person would: a process of its own, its exit code, what it printed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support import nursery

_A_MOMENT = 0.002  # seconds between two looks at a process that is awaited


@dataclass(frozen=True)
class Outcome:
    """What a command answered, how long it took (seconds), its largest process (bytes)."""

    code: int
    out: str
    err: str
    seconds: float
    peak: int

    @property
    def said(self) -> str:
        """Everything it printed."""
        return self.out + self.err


class Running:
    """A process that is a child of ours: its number, and its exit code once it has ended."""

    def __init__(self, number: int) -> None:
        self.pid = number
        self.code: int | None = None
        self.peak = 0  # bytes, of the largest of it and those it waited for

    def poll(self) -> int | None:
        """The exit code (of a signal: its number, negative); None while it lives."""
        if self.code is None:
            found, status, usage = os.wait4(self.pid, os.WNOHANG)
            if found:
                self.code = os.waitstatus_to_exitcode(status)
                self.peak = usage.ru_maxrss * 1024
        return self.code

    def wait(self, seconds: float) -> int:
        """The exit code; TimeoutError where it still lives after ``seconds``."""
        end = time.monotonic() + seconds
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise TimeoutError(f"process {self.pid} still lives after {seconds} s")
            time.sleep(_A_MOMENT)
        return code

    def signal(self, which: signal.Signals) -> None:
        """Send it a signal, if it lives."""
        if self.poll() is None:
            os.kill(self.pid, which)

    def kill(self) -> None:
        """End it at once, and wait for its end."""
        self.signal(signal.SIGKILL)
        self.wait(60)


def command(*arguments: str) -> list[str]:
    """The command line of `actes` from this checkout."""
    return [sys.executable, "-c", "from pipeline.cli.main import main; main()", *arguments]


def environment(**more: str) -> dict[str, str]:
    """An environment in which `actes` speaks English and finds this checkout, and little else."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "HOME") if name in os.environ}
    paths = [str(nursery.REPOSITORY), *filter(None, sys.path)]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "ACTES_LANG": "en", **more}


def start(
    root: Path,
    *arguments: str,
    out: Path | None = None,
    err: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Running:
    """Begin `actes` in ``root``, in a session of its own; what it prints goes to the files given.

    ``out`` and ``err`` may be one file, as on a terminal. A new interpreter is started only where the
    environment speaks to it (PYTHON…, locales).
    """
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [os.open(os.devnull, os.O_RDONLY), os.open(out or os.devnull, write)]
    files.append(os.dup(files[1]) if err == out else os.open(err or os.devnull, write))
    asked = dict(env or {})
    fresh = any(name.startswith(("PYTHON", "LC_", "LANG")) for name in asked)
    line = None if fresh else nursery.line()
    try:
        if line:
            return Running(nursery.born(line, arguments, root, environment(**asked), files))
        return _fresh(root, arguments, asked, files)
    finally:
        for file in files:
            os.close(file)


def _fresh(
    root: Path, arguments: tuple[str, ...], env: Mapping[str, str], files: list[int]
) -> Running:
    process = subprocess.Popen(
        command(*arguments), cwd=root, stdin=files[0], stdout=files[1], stderr=files[2],
        env=environment(**env), start_new_session=True,
        # A shell that starts us in the background makes its children deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    process.returncode = 0  # `Running` waits for it, and nobody else
    return Running(process.pid)


def actes(root: Path, *arguments: str, seconds: float = 300.0, **env: str) -> Outcome:
    """Run `actes` in ``root``; a command that takes longer than ``seconds`` gets code -9."""
    out, err = (root.parent / f"{root.name}.{name}" for name in ("out", "err"))
    began = time.monotonic()
    process = start(root, *arguments, out=out, err=err, env={nursery.UNSYNCED: "1", **env})
    try:
        process.wait(seconds)
    except TimeoutError:
        process.kill()
    took = time.monotonic() - began
    said = [log.read_text(encoding="utf-8", errors="replace") for log in (out, err)]
    return Outcome(process.wait(0), *said, took, process.peak)
