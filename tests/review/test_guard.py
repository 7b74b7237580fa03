"""Who may ask the page, and what the browser is told: asked over ASGI, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from pipeline.review.web.guard import MOST_BYTES, Guard, Keys, Message, Receive, Scope, Send

KEYS = Keys(4321)
HOST = ("host", "127.0.0.1:4321")
COOKIE = ("cookie", f"{KEYS.cookie}={KEYS.session}")
ORIGIN = ("origin", "http://127.0.0.1:4321")


class Answer:
    """What came back: status, headers by name, body; ``asked`` tells whether the page was reached."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.asked = b""


def ask(
    *headers: tuple[str, str], method: str = "GET", path: str = "/list", query: str = "",
    body: Iterable[bytes] = (b"",), kind: str = "http",
) -> Answer:  # fmt: skip
    """Ask the guard, behind which stands a page that says what it was sent."""
    answer = Answer()
    parts = list(body)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answer.asked = b"asked " + (await receive())["body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})

    async def receive() -> Message:
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            answer.body += message["body"]

    scope: Scope = {
        "type": kind,
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    asyncio.run(Guard(app, KEYS)(scope, receive, send))
    return answer


def test_the_address_is_traded_for_a_cookie_that_no_script_and_no_other_site_can_use() -> None:
    answer = ask(HOST, path="/", query=f"token={KEYS.token}")
    assert (answer.status, answer.headers["location"], answer.asked) == (303, "/", b"")
    assert answer.headers["set-cookie"] == (
        f"actes-review-4321={KEYS.session}; HttpOnly; SameSite=Strict; Path=/"
    )
    assert KEYS.token not in KEYS.session
    assert KEYS.token in KEYS.address


def test_our_own_page_is_answered_under_a_strict_policy() -> None:
    answer = ask(HOST, COOKIE)
    assert (answer.status, answer.body) == (200, b"page")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy  # no other place at all
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("status", "headers", "options"),
    [
        (421, [("host", "attacker.example:4321"), COOKIE], {}),  # a name made to point here
        (421, [("host", "127.0.0.1"), COOKIE], {}),
        (421, [HOST, HOST, COOKIE], {}),
        (421, [COOKIE], {}),
        (403, [HOST], {}),
        (403, [HOST, ("cookie", f"{KEYS.cookie}=guess")], {}),
        (403, [HOST, ("cookie", f"actes-review-99={KEYS.session}")], {}),
        (403, [HOST, ("cookie", "\"; ,;=")], {}),
        (403, [HOST], {"path": "/", "query": "token=guess"}),
        (403, [HOST], {"path": "/list", "query": f"token={KEYS.token}"}),
        (403, [HOST, COOKIE], {"method": "POST"}),  # no origin at all
        (403, [HOST, COOKIE, ("origin", "null")], {"method": "POST"}),
        (403, [HOST, COOKIE, ("origin", "https://attacker.example")], {"method": "POST"}),
        (403, [HOST, COOKIE, ("origin", "http://127.0.0.1:80")], {"method": "POST"}),
        (403, [HOST, COOKIE, ORIGIN, ("sec-fetch-site", "cross-site")], {"method": "POST"}),
        (403, [HOST, COOKIE, ("sec-fetch-site", "same-site")], {}),
        (405, [HOST, COOKIE, ORIGIN], {"method": "PUT"}),
        (405, [HOST, COOKIE], {"method": "OPTIONS"}),
        (413, [HOST, COOKIE, ORIGIN], {"method": "POST", "body": [b"x" * MOST_BYTES, b"x"]}),
    ],
)  # fmt: skip
def test_everybody_else_is_refused(
    status: int, headers: list[tuple[str, str]], options: dict[str, object]
) -> None:
    answer = ask(*headers, **options)  # type: ignore[arg-type]
    assert (answer.status, answer.asked) == (status, b"")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert KEYS.session not in str(answer.headers) + answer.body.decode()


def test_what_is_sent_reaches_the_page_whole() -> None:
    answer = ask(HOST, COOKIE, ORIGIN, method="POST", body=[b"on", b"e"])
    assert answer.asked == b"asked one"


def test_no_other_protocol_is_spoken() -> None:
    assert ask(HOST, COOKIE, kind="websocket").status == 0
