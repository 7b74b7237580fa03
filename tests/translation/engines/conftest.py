"""No test of the engines leaves this machine, and none meets the keys or proxies of whoever runs it."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.protocol import Engine
from pipeline.workspace.translation_settings import Translation
from tests.support.servers import FakeClock

_HOME = ("127.0.0.1", "::1", "localhost", None)


@pytest.fixture(autouse=True)
def _stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            assert address[0] in _HOME, f"a test called {address[0]}"
        connect(self, address)

    def resolved(host: Any, *arguments: Any, **options: Any) -> Any:
        assert host in _HOME, f"a test looked for {host}"
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    for name in tuple(os.environ):
        if name.lower().endswith("_proxy") or name.endswith("_API_KEY") or "TRANSLATE" in name:
            monkeypatch.delenv(name)


@pytest.fixture
def clock() -> FakeClock:
    """A clock for tests that are told to wait and do not."""
    return FakeClock()


@pytest.fixture
def pace(clock: FakeClock) -> Pace:
    """The bounds of a run, by that clock."""
    return Pace(seconds=5, clock=clock, sleep=clock.sleep, chance=lambda: 1.0)


@pytest.fixture
def gated() -> Callable[[Engine], Gated]:
    """Puts an engine behind a gate that event.yaml has opened for it."""

    def gate(engine: Engine) -> Gated:
        url = "http://127.0.0.1" if engine.traits.name == "libretranslate" else None
        settings = Translation(engine=engine.traits.name, external_services=True, url=url)
        return Gated(engine, settings)

    return gate


@pytest.fixture
def press_ctrl_c() -> Iterator[Callable[[], None]]:
    """Sends the signal that a terminal does, which ends a wait; heard in the background too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    waiting = threading.main_thread().ident
    assert waiting
    yield lambda: signal.pthread_kill(waiting, signal.SIGINT)
    signal.signal(signal.SIGINT, before)
