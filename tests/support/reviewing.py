"""A running `actes review`, for tests: started, visited, ended with Ctrl-C."""

from __future__ import annotations

import contextlib
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from tests.support.launch import start

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\S+")
_READY = 60.0


class Server:
    """The process and the address that it printed; ``code`` once it has ended."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self._log = root.parent / "review.log"
        self._process = start(
            root, "review", "--no-open", *arguments,
            out=self._log, err=self._log, env={"ACTES_TRACE": "1"},
        )  # fmt: skip
        self.address = self._wait()

    def _wait(self) -> str:
        end = time.monotonic() + _READY
        while time.monotonic() < end and self._process.poll() is None:
            found = _ADDRESS.search(self.said)
            if found:
                return found[0]
            time.sleep(0.02)
        self._process.kill()
        raise AssertionError(self.said)

    @property
    def said(self) -> str:
        """Everything it printed."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def end(self) -> int:
        """Interrupt it as Ctrl-C does; its exit code."""
        self._process.signal(signal.SIGINT)
        try:
            return self._process.wait(20)
        except TimeoutError:
            self._process.kill()
            raise


@contextlib.contextmanager
def review(root: Path, *arguments: str) -> Iterator[Server]:
    """`actes review` in ``root``, ended afterwards."""
    server = Server(root, *arguments)
    try:
        yield server
    finally:
        server.end()
