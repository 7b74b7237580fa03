"""Connections of `requests` that say, where none came about, that nothing has left.

Afterwards nobody can tell: of a failure under TLS, urllib3 says the same whether the handshake
failed or an answer was being read, and of a time that was over, `requests` the same whether or not
anybody was there. So it is said at the place where it is known.
"""

from __future__ import annotations

from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from pipeline.translation.engines.protocol import EngineError, Failure


class Connecting(HTTPAdapter):
    """The adapter of a session; its connections raise EngineError ``unreachable`` as above."""

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> Any:
        """The pool that a request takes its connection from, to the service or to a proxy."""
        pool = super().get_connection_with_tls_context(*arguments, **options)
        if not issubclass(pool.ConnectionCls, _Connection):
            pool.ConnectionCls = type("Connection", (_Connection, pool.ConnectionCls), {})
        return pool


class _Connection:
    """Before the class of a connection, whichever it is; the request is written once connected."""

    def connect(self) -> None:
        """Connect, with all that belongs to it: the way through a proxy, the handshake of TLS."""
        try:
            super().connect()  # type: ignore[misc]
        except (HTTPError, OSError):
            failed = True
        else:
            failed = False
        if failed:  # outside the handler: nothing of what was said there goes along
            raise EngineError(Failure.UNREACHABLE)
