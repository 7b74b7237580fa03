"""One bounded exchange over HTTP, whichever library wrote the request.

Neither `requests` nor the libraries that use it bound a whole exchange: their timeout, if any, is
for each wait on the socket. Here the answer is read in pieces against a deadline and a size,
redirections are not followed (a key would go along), and a status that is no success is reduced to
a failure before any library can make a sentence of it.
"""

from __future__ import annotations

import contextlib
import email.utils
import queue
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from pipeline.translation.engines.protocol import EngineError, Failure

Instance = TypeVar("Instance")
_MOST = 8 * 1024 * 1024
_PIECE = 64 * 1024
_STATUS = {
    400: Failure.REFUSED,
    401: Failure.KEY,
    402: Failure.QUOTA,
    403: Failure.KEY,
    404: Failure.ADDRESS,
    405: Failure.ADDRESS,
    408: Failure.TIMEOUT,
    413: Failure.TOO_LONG,
    414: Failure.TOO_LONG,
    429: Failure.BUSY,
    456: Failure.QUOTA,  # DeepL's own
    504: Failure.TIMEOUT,
}


class Instances(Generic[Instance]):
    """One instance for each call under way, used again by the next: none is shared by threads."""

    def __init__(self, make: Callable[[], Instance]) -> None:
        self._make = make
        self._idle: queue.LifoQueue[Instance] = queue.LifoQueue()

    @contextlib.contextmanager
    def one(self) -> Iterator[Instance]:
        """An instance for this call alone; after a failure it is not used again."""
        try:
            instance = self._idle.get_nowait()
        except queue.Empty:
            instance = self._make()
        yield instance
        self._idle.put(instance)


def new_session() -> Any:
    """A `requests` session that asks for plain answers: a compressed one could be a bomb.

    Where it cannot connect it raises EngineError ``unreachable``: nothing has left then.
    """
    import requests

    from pipeline.translation.engines.connecting import Connecting

    session = requests.Session()
    session.headers["Accept-Encoding"] = "identity"
    for scheme in ("https://", "http://"):
        session.mount(scheme, Connecting())
    return session


Explain = Callable[[int, bytes], Failure | None]
"""What a status and body mean to this service in particular; None: what they mean anywhere."""


def exchange(session: Any, prepared: Any, seconds: float, explain: Explain | None = None) -> Any:
    """Send a prepared request; the response with its body read. Raises EngineError.

    Proxies and certificates are taken from the environment, as `requests` does; passwords (netrc)
    are not.
    """
    deadline = time.monotonic() + seconds
    around = session.merge_environment_settings(prepared.url, {}, True, None, None)
    response = session.send(
        prepared, timeout=seconds, allow_redirects=False,
        **{key: around[key] for key in ("proxies", "verify", "cert", "stream")},
    )  # fmt: skip
    with contextlib.closing(response):
        body = _body(response, deadline)
    _expect_success(response, (explain and explain(response.status_code, body)) or None)
    response._content = body  # what `text` and `json` of a response are made of
    response._content_consumed = True
    return response


def _body(response: Any, deadline: float) -> bytes:
    body = bytearray()
    while piece := response.raw.read1(_PIECE, decode_content=True):  # what has come, no wait
        body += piece
        if len(body) > _MOST:
            raise EngineError(Failure.GARBAGE)
        if time.monotonic() > deadline:
            raise EngineError(Failure.TIMEOUT)
    return bytes(body)


def _expect_success(response: Any, explained: Failure | None) -> None:
    status = response.status_code
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    if explained is not None:
        failure = explained
    elif status in _STATUS:
        failure = _STATUS[status]
    elif status < HTTPStatus.BAD_REQUEST:
        failure = Failure.ADDRESS
    else:
        failure = Failure.SERVER if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Failure.REFUSED
    raise EngineError(failure, _wait(response.headers.get("Retry-After", "")))


def _wait(value: str) -> float | None:
    """The seconds that a Retry-After header asks for: a number, or a date."""
    with contextlib.suppress(ValueError, OverflowError):
        return max(0.0, float(int(value)))
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    return None


def known(error: Exception) -> Failure:
    """What an exception of `requests`, or of what reads its answers, comes down to.

    The request may have left: had nobody been there, `new_session` would have said so.
    """
    import requests
    import urllib3

    if isinstance(error, requests.exceptions.Timeout | urllib3.exceptions.TimeoutError):
        return Failure.TIMEOUT
    if isinstance(error, requests.exceptions.JSONDecodeError):
        return Failure.GARBAGE
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
        return Failure.ADDRESS
    lost = requests.exceptions.RequestException | urllib3.exceptions.HTTPError | OSError
    return Failure.CUT if isinstance(error, lost) else Failure.GARBAGE
