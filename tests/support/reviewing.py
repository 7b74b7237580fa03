"""A running `actes review`, for tests: started, visited, ended with Ctrl-C."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

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


class Visitor:
    """Somebody at the page without a browser: its address, its cookie, its forms."""

    def __init__(self, server: Server) -> None:
        cookies = urllib.request.HTTPCookieProcessor()
        self._opener = urllib.request.build_opener(cookies)
        parts = urlsplit(server.address)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._opener.open(server.address).read()  # the token is traded for a cookie

    def seen(self, text: str) -> dict[str, str]:
        """What the page shows of each passage of a text, by the passage's key."""
        html = "".join(self._ask(f"/list?text={text}&show=whole")["parts"].values())
        pairs = re.findall(r'data-key="([^"]*)"[^>]*?data-seen="([^"]*)"', html)
        return {unescape(key): unescape(seen) for key, seen in pairs}

    def decide(self, key: str, seen: str, act: str, **words: str) -> str:
        """Do something with a passage; what the page says."""
        form = {"key": key, "seen": seen, "act": act, **words}
        return str(self._ask("/decide", urlencode(form).encode())["said"])

    def _ask(self, path: str, form: bytes | None = None) -> dict[str, Any]:
        headers = {"Origin": self._origin, "Accept-Language": "en"}
        request = urllib.request.Request(self._origin + path, form, headers)
        with self._opener.open(request, timeout=_READY) as answer:
            found: dict[str, Any] = json.load(answer)
        return found
