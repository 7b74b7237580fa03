"""What deep-translator 1.11.4 lacks, put around it without changing it.

Its translators call ``requests.get`` and ``requests.post`` of their module, without a timeout, and
offer no way to pass a session (``socket.setdefaulttimeout`` has no effect either: urllib3 sets the
timeout of each socket, to none). So the name ``requests`` of those modules, and of no other, is
given to a `Transport`, which bounds the exchange and reduces its failures.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.translation.engines import http
from pipeline.translation.engines.protocol import Failure, reduced


@dataclass(frozen=True)
class _Call:
    session: Any
    seconds: float
    adjust: Callable[[Any], None]  # looks at a response, and may mend it, before the library does
    explain: http.Explain | None


class Transport:
    """Stands for the module `requests` inside a module of deep-translator."""

    def __init__(self) -> None:
        import requests

        self.exceptions = requests.exceptions
        self._under_way = threading.local()

    @contextlib.contextmanager
    def during(self, call: _Call) -> Iterator[None]:
        """Let this thread's requests be made as ``call`` says."""
        self._under_way.call = call
        try:
            yield
        finally:
            del self._under_way.call

    def get(self, url: str, params: Any = None, proxies: Any = None) -> Any:  # noqa: ARG002
        """``requests.get`` as deep-translator calls it; proxies come from the environment."""
        return self._exchange("GET", url, params=params)

    def post(self, url: str, proxies: Any = None, **content: Any) -> Any:  # noqa: ARG002
        """``requests.post`` as deep-translator calls it."""
        return self._exchange("POST", url, **content)

    def _exchange(self, method: str, url: str, **content: Any) -> Any:
        import requests

        call: _Call = self._under_way.call
        prepared = call.session.prepare_request(
            requests.Request(method, url, auth=_no_password, **content)
        )
        # Reduced here already: some of its translators catch what `requests` raises, log it, and
        # go on without an answer.
        response = reduced(
            lambda: http.exchange(call.session, prepared, call.seconds, call.explain), http.known
        )
        call.adjust(response)
        return response


def _no_password(request: Any) -> Any:
    """Given as the authentication, it keeps `requests` from taking one out of ~/.netrc."""
    return request


_installing = threading.Lock()


def _transport(module: Any) -> Transport:
    with _installing:
        if not isinstance(module.requests, Transport):
            module.requests = Transport()
        transport: Transport = module.requests
        return transport


class Caller:
    """Calls translators of one module of deep-translator, each time a fresh one."""

    def __init__(
        self, module: Any, adjust: Callable[[Any], None], explain: http.Explain | None = None
    ) -> None:
        self._transport = _transport(module)
        self._sessions = http.Instances(http.new_session)
        self._adjust = adjust
        self._explain = explain

    def translate(self, make: Callable[[], Any], text: str, seconds: float) -> str | None:
        """What the translator that ``make`` builds answers for ``text``. Raises EngineError."""

        def work() -> str | None:
            with self._sessions.one() as session:
                call = _Call(session, seconds, self._adjust, self._explain)
                with self._transport.during(call):
                    answer = make().translate(text)
                    return answer if isinstance(answer, str) else None

        return reduced(work, _known)


def _known(error: Exception) -> Failure:
    """What deep-translator's own exceptions come down to; their words hold the text."""
    from deep_translator import exceptions

    if isinstance(error, exceptions.TranslationNotFound):
        return Failure.BUSY  # of a page without a result, a captcha for instance
    if isinstance(error, exceptions.LanguageNotSupportedException):
        return Failure.LANGUAGE
    if isinstance(error, exceptions.NotValidLength):
        return Failure.TOO_LONG
    return http.known(error)
