"""A headless Chromium that tests drive over the pipe of its own protocol, without a library.

One start for a whole module: pages are opened and closed in it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_READY = 20.0
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
_CODES = {
    "Enter": ("Enter", 13, "\r"), "Escape": ("Escape", 27, ""), "Tab": ("Tab", 9, ""),
    "ArrowDown": ("ArrowDown", 40, ""), "ArrowUp": ("ArrowUp", 38, ""), " ": ("Space", 32, " "),
}  # fmt: skip
_MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}


class Browser:
    """The process and the conversation with it; ``messages`` are events that nobody awaited."""

    def __init__(self, folder: Path) -> None:
        to_browser, from_us = os.pipe()
        to_us, from_browser = os.pipe()
        # The protocol speaks on descriptors 3 and 4.
        shell = f'exec chromium "$@" 3<&{to_browser} 4>&{from_browser}'
        self._process = subprocess.Popen(
            ["bash", "-c", shell, "chromium", *_FLAGS, f"--user-data-dir={folder}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(to_browser, from_browser),
            start_new_session=True,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._out = os.fdopen(from_us, "wb", buffering=0)
        self._in = os.fdopen(to_us, "rb", buffering=0)
        self._rest = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._last += 1
        wanted = self._last
        message = {"id": wanted, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == wanted:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            if "id" not in answer:
                self.events.append(answer)
                if answer["method"] == "Page.javascriptDialogOpening":
                    self._agree(answer["sessionId"])

    def _agree(self, session: str) -> None:
        """Say yes to a dialog; until then the page answers nothing."""
        self._last += 1
        message = {"id": self._last, "method": "Page.handleJavaScriptDialog",
                   "params": {"accept": True}, "sessionId": session}  # fmt: skip
        self._out.write(json.dumps(message).encode() + b"\0")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = self._in.read(1 << 20)
            if not read:
                raise RuntimeError("Chromium has gone")
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    def page(self, width: int = 1280, height: int = 900, **emulated: str) -> Page:
        """A new page of this size; ``emulated`` are media features (``prefers-color-scheme``)."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, target, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.ask(f"{domain}.enable")
        page.size(width, height)
        if emulated:
            features = [{"name": name.replace("_", "-"), "value": value}
                        for name, value in emulated.items()]  # fmt: skip
            page.ask("Emulation.setEmulatedMedia", features=features)
        return page

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(Exception):
            self.ask("Browser.close")
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._out.close()
        self._in.close()


class Page:
    """One tab."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self._browser = browser
        self._target = target
        self._session = session

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A command of the protocol to this tab."""
        return self._browser.ask(method, self._session, **parameters)

    def size(self, width: int, height: int) -> None:
        """The window's size in CSS pixels."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=False)  # fmt: skip

    def languages(self, accepted: str) -> None:
        """What the browser asks for as ``Accept-Language``."""
        self.ask("Network.setExtraHTTPHeaders", headers={"Accept-Language": accepted})

    def open(self, address: str) -> None:
        """Visit an address and wait until it is loaded."""
        self.run("window.actesLeft = true")
        self.ask("Page.navigate", url=address)
        self.until("!window.actesLeft && document.readyState === 'complete'")

    def reload(self) -> None:
        """Load the page again and wait for it."""
        self.run("window.actesLeft = true")
        self.ask("Page.reload")
        self.until("!window.actesLeft && document.readyState === 'complete'")

    def run(self, code: str) -> Any:
        """The value of an expression in the page, promises awaited."""
        answer = self.ask("Runtime.evaluate", expression=code, awaitPromise=True,
                          returnByValue=True)  # fmt: skip
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def until(self, code: str, seconds: float = _READY) -> None:
        """Wait for an expression to hold: to be true, or an element."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(RuntimeError):  # a page that is just being replaced
                if self.run(f"Boolean({code})"):
                    return
            if time.monotonic() > end:
                raise AssertionError(f"never true: {code}\n{self.text()[:3000]}")
            time.sleep(0.03)

    def text(self) -> str:
        """What a reader sees."""
        return str(self.run("document.body.innerText"))

    def key(self, name: str, *modifiers: str) -> None:
        """Press and release a key: a letter, or one of `_CODES`."""
        code, number, typed = _CODES.get(name, ("", ord(name.upper()[0]), name))
        flags = sum(_MODIFIERS[modifier] for modifier in modifiers)
        if flags & ~_MODIFIERS["Shift"]:
            typed = ""
        event = {"key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": flags}
        down = {**event, "text": typed} if typed else event
        self.ask("Input.dispatchKeyEvent", type="keyDown" if typed else "rawKeyDown", **down)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **event)

    def type(self, words: str) -> None:
        """Insert text where the focus is, as an input method does."""
        self.ask("Input.insertText", text=words)

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """A PNG of the window, or of the whole page."""
        answer = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(answer["data"]))

    def complaints(self) -> list[str]:
        """What the console said so far: errors, refusals of the policy, dialogs."""
        found = []
        for event in self._browser.events:
            if event.get("sessionId") != self._session:
                continue
            said = event["params"]
            if event["method"] == "Log.entryAdded" and said["entry"]["level"] == "error":
                found.append(said["entry"]["text"])
            elif event["method"] == "Runtime.exceptionThrown":
                found.append(json.dumps(said["exceptionDetails"])[:500])
            elif event["method"] == "Page.javascriptDialogOpening":
                found.append(f"dialog: {said['message']}")
        return found

    def close(self) -> None:
        """Close the tab."""
        self._browser.ask("Target.closeTarget", targetId=self._target)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A fresh Chromium, gone with its profile afterwards."""
    with tempfile.TemporaryDirectory(prefix="actes-chromium-", ignore_cleanup_errors=True) as name:
        browser = Browser(Path(name))
        try:
            yield browser
        finally:
            browser.close()
