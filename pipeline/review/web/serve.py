"""The page on loopback, from the moment its address is known until Ctrl-C."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pipeline.errors import Exit, stop
from pipeline.review.web.guard import ADDRESS, App, Guard, Keys

if TYPE_CHECKING:
    import uvicorn

_PATIENCE = 2
"""Seconds that requests under way are given once the person wants to end."""
_MOST_AT_ONCE = 64


def listen(port: int = 0) -> socket.socket:
    """A socket on loopback alone; port 0: any that is free.

    Raises ActesError ``review-port`` (exit code 2) where the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
        listener.listen(_MOST_AT_ONCE)
    except OSError:
        listener.close()
        raise stop("review-port", code=Exit.USAGE, port=port) from None
    return listener


def serve(app: App, listener: socket.socket, opened: Callable[[str], None]) -> None:
    """Serve ``app`` behind the guard until the person interrupts.

    ``opened`` is told the address with its secret, once, when it can be visited.
    """
    keys = Keys(listener.getsockname()[1])
    server = _server(Guard(app, keys))
    with _ending(server):
        opened(keys.address)
        server.run(sockets=[listener])


@contextlib.contextmanager
def _ending(server: uvicorn.Server) -> Iterator[None]:
    """Ctrl-C ends ``server``, from the first moment and without a trace: how this command ends."""

    def end(_signal: int, _frame: object) -> None:
        server.should_exit = True

    before = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _server(app: App) -> uvicorn.Server:
    """uvicorn without logs (an address holds the secret), reloading, proxies or websockets."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            limit_concurrency=_MOST_AT_ONCE,
            timeout_graceful_shutdown=_PATIENCE,
        )
    )
