"""What stands before the page: who may ask, from where, how much, and what the browser is told.

The attacker is another page that is open in the same browser, another program on this machine or
network, and the texts themselves. So: the names of loopback only (a name that was made to point
here says another), a secret that only the terminal showed, our own origin for whatever changes
something, a bounded request, and headers under which nothing but our two files can run or be seen.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from pipeline.review.web.languages import spoken
from pipeline.wording import say

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 1024 * 1024
"""The largest request that is read: a text's own limit, form encoding included."""
ADDRESS = "127.0.0.1"
_NAMES = (ADDRESS, "localhost")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True)
class Keys:
    """The secrets of one run: that in the address, and that in the cookie it is traded for."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def address(self) -> str:
        """What the terminal prints and the browser opens."""
        return f"http://{ADDRESS}:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The cookie's name: browsers share cookies between the ports of a host."""
        return f"actes-review-{self.port}"


class Guard:
    """Lets through to ``app`` what our own page asks, and answers everything else itself.

    421 another host, 405 another method, 403 without the secret or from elsewhere, 413 too large.
    """

    def __init__(self, app: App, keys: Keys) -> None:
        self._app = app
        self._keys = keys
        self._hosts = {f"{name}:{keys.port}" for name in _NAMES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return None
        headers = _headers(scope)
        refused = self._refusal(scope, headers)
        if refused:
            return await _answer(send, refused)
        if self._shows_token(scope):
            return await _answer(send, 303, self._welcome())
        if not self._known(headers):
            words = say("page-closed", spoken(headers.get("accept-language", "")))
            return await _answer(send, 403, words=words)
        body = await _body(receive)
        if body is None:
            return await _answer(send, 413)
        return await self._app(scope, _again(body, receive), _with_headers(send))

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> int:
        """The status with which a request is refused for where it comes from; 0: it is not."""
        if headers.get("host") not in self._hosts:
            return 421
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405
        site = headers.get("sec-fetch-site", "same-origin")
        if scope["method"] == "POST":
            own = headers.get("origin") == f"http://{headers['host']}"
            return 0 if own and site == "same-origin" else 403
        return 0 if site in ("same-origin", "none") or scope["path"] == "/" else 403

    def _shows_token(self, scope: Scope) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return scope["path"] == "/" and _same(given, self._keys.token)

    def _welcome(self) -> Iterable[tuple[bytes, bytes]]:
        cookie = f"{self._keys.cookie}={self._keys.session}; HttpOnly; SameSite=Strict; Path=/"
        return ((b"location", b"/"), (b"set-cookie", cookie.encode()))

    def _known(self, headers: dict[str, str]) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        found = cookies.get(self._keys.cookie)
        return found is not None and _same(found.value, self._keys.session)


def _same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode(), secret.encode())


def _headers(scope: Scope) -> dict[str, str]:
    """The headers by name; of one that is given twice nothing is believed."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = "" if key in found else value.decode("latin-1")
    return found


async def _body(receive: Receive) -> bytes | None:
    """The whole request; None when it is larger than `MOST_BYTES`, the rest unread."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """A `Receive` that gives what was read, and then goes on."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return waiting.pop() if waiting else await receive()

    return give


def _with_headers(send: Send) -> Send:
    async def decorated(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _value in message["headers"]}
            added = [pair for pair in _HEADERS if pair[0] not in given]
            message["headers"] = [*message["headers"], *added]
        await send(message)

    return decorated


async def _answer(
    send: Send, status: int, more: Iterable[tuple[bytes, bytes]] = (), words: str = ""
) -> None:
    """An answer of ours that shows nothing of the workspace."""
    body = (words or str(status)).encode()
    kind = b"text/plain; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), *more]
    start = {"type": "http.response.start", "status": status, "headers": headers}
    await _with_headers(send)(start)
    await send({"type": "http.response.body", "body": body})
