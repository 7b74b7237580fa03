"""A process that is sent one request after the other, and is replaced when it dies of one."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_LOOK = 0.2  # seconds between two looks at a process that should have answered


class Reader:
    """A process that answers requests: a line ``LENGTH WORDS`` and so many bytes.

    An answer is a line ``ok LENGTH`` and so many bytes. A request that takes more than ``seconds``,
    or kills the process, costs no other request. What the process puts aside for itself goes to a
    folder of its own, removed with it: a process that is killed clears nothing away.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], seconds: float
    ) -> None:
        self._command, self._environment, self._seconds = command, environment, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._due: float | None = None  # when the request at hand must be answered
        self._late = False
        self._ended = threading.Event()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._folder = _folder()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**self._environment, "TMPDIR": self._folder.name},
            )
            self._ended = threading.Event()
            watch = threading.Thread(
                target=self._watch, args=(self._process, self._ended), daemon=True
            )
            watch.start()
        return self._process

    def _watch(self, process: subprocess.Popen[bytes], ended: threading.Event) -> None:
        """End a process that is late; as long as it lives, and not anew for each request."""
        while not ended.wait(min(_LOOK, self._seconds / 4)):
            if self._due is not None and time.monotonic() > self._due:
                self._late = True
                process.kill()
                return

    def send(self, content: bytes, words: str) -> None:
        """Have it begin with a request; the answer to the one before must have been received."""
        process = self._start()
        assert process.stdin is not None  # noqa: S101 - opened there
        self._late = False
        self._due = time.monotonic() + self._seconds
        with contextlib.suppress(BrokenPipeError):  # `receive` says so
            process.stdin.write(b"%d %s\n" % (len(content), words.encode()) + content)
            process.stdin.flush()

    def receive(self) -> bytes:
        """The answer to what was sent. Raises TimeoutError or MemoryError: the process died."""
        process = self._process
        assert process is not None and process.stdout is not None  # noqa: S101, PT018 - by `send`
        try:
            head = process.stdout.readline().split()
            answer = process.stdout.read(int(head[1])) if len(head) == 2 else b""  # noqa: PLR2004
        except ValueError:
            head, answer = [], b""
        finally:
            self._due = None
        if self._late or not head or head[0] != b"ok":
            self.close()  # what is left of it must not answer the next request
            raise TimeoutError if self._late else MemoryError
        return answer

    def kill(self) -> None:
        """End the process from another thread; whoever waits for its answer gets none."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        folder, self._folder = self._folder, None
        self._ended.set()
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):  # a request that was never read
                    pipe.close()  # type: ignore[union-attr]
        if folder is not None:  # not before the process has ended: it would make anew what is gone
            folder.cleanup()


def _folder() -> TemporaryDirectory[str]:
    from tempfile import TemporaryDirectory  # beginning is no slower for who reads no text

    return TemporaryDirectory(prefix="actes-reading-", ignore_cleanup_errors=True)
