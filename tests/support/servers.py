"""Stand-ins for translation services: real servers on loopback that speak their protocols.

Each remembers what it was asked, and can be told to break: be slow, answer in drops, die in the
middle, show a page, send status and headers of one's choice. It speaks TLS too, with a key and a
certificate for 127.0.0.1 that are good for nothing else (``loopback.pem``).
"""

from __future__ import annotations

import contextlib
import html
import json
import os
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, quote, urlsplit

CERTIFICATE = Path(__file__).with_name("loopback.pem")
_LONGEST_URL = 16_000
_NOISE = b"\x17\x03\x03\x00\x20" + b"noise" * 8  # the shape of a TLS record, and no TLS


def translated(text: str) -> str:
    """What every stand-in makes of a text: something else, of about its length."""
    return f"訳：{text}"


@dataclass(frozen=True)
class Asked:
    """One request that came."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """What is answered: ``slow`` seconds late, ``drip`` byte by byte, ``cut`` in the middle, with
    ``noise`` under TLS in the place of the ``status`` or of the ``body``."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    slow: float = 0
    drip: bool = False
    cut: bool = False
    noise: str = ""


def in_json(value: object, status: int = 200, **more: Any) -> Reply:
    """A JSON answer."""
    return Reply(status, json.dumps(value, ensure_ascii=False).encode(), **more)


PAGE = Reply(200, b"<!DOCTYPE html><html><body>Welcome to nginx!</body></html>", "text/html")


class Server:
    """A server on loopback for the time of a ``with``; ``answer`` decides, ``asked`` remembers.

    ``broken`` are replies given, one a request, before ``answer`` is asked; after ``dies_after``
    requests every answer ends in its middle. One that speaks ``tls`` is to be trusted as
    ``CERTIFICATE``.
    """

    path = ""

    def __init__(
        self,
        *broken: Reply,
        answer: Callable[[Asked], Reply] | None = None,
        tls: bool = False,
    ) -> None:
        self.asked: list[Asked] = []
        self.broken = list(broken)
        self.dies_after = 1_000_000
        self._answer = answer
        self._tls = tls
        self._over = threading.Event()

    def answer(self, asked: Asked) -> Reply:
        """What this service says."""
        assert self._answer is not None
        return self._answer(asked)

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """Where the service is."""
        return self.address + self.path

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if self._tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply_to(self, asked: Asked) -> Reply:
        """The next reply."""
        self.asked.append(asked)
        reply = self.broken.pop(0) if self.broken else self.answer(asked)
        return replace(reply, cut=reply.cut or len(self.asked) > self.dies_after)

    def wait(self, seconds: float) -> None:
        """Be slow, but not beyond the end of the test."""
        self._over.wait(seconds)


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # the client has gone
                super().handle()

        def _any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = server.reply_to(Asked(self.command, parts.path, query, headers, body))
            server.wait(reply.slow)
            self._send(reply)

        do_GET = do_POST = do_DELETE = _any  # noqa: N815 - as the base class calls them

        def _send(self, reply: Reply) -> None:
            if reply.noise == "status":
                self._send_noise()
                return
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if reply.cut:
                self.wfile.write(reply.body[: len(reply.body) // 2])
                self.close_connection = True
            elif reply.noise == "body":
                self.wfile.write(reply.body[: len(reply.body) // 2])
                self._send_noise()
            elif reply.drip:
                for byte in reply.body:
                    server.wait(0.05)
                    self.wfile.write(bytes([byte]))
            else:
                self.wfile.write(reply.body)

        def _send_noise(self) -> None:
            os.write(self.connection.fileno(), _NOISE)
            self.close_connection = True

        def log_message(self, *_arguments: object) -> None:
            pass

    return Handler


class LibreTranslate(Server):
    """LibreTranslate 1.9: JSON with an array ``q``; plain two-letter languages; keys if it has any."""

    languages = frozenset({"fr", "ja", "en", "zh-Hans"})

    def __init__(self, *broken: Reply, key: str = "", tls: bool = False) -> None:
        super().__init__(*broken, tls=tls)
        self._key = key

    def answer(self, asked: Asked) -> Reply:
        if asked.path != "/translate":
            return PAGE
        if asked.headers.get("content-type") != "application/json":
            return in_json({"error": "Invalid request: missing q parameter"}, 400)
        wanted = asked.json
        if self._key and wanted.get("api_key") != self._key:
            return in_json({"error": "Invalid API key"}, 403)
        for language in (wanted["source"], wanted["target"]):
            if language not in self.languages:
                return in_json({"error": f"{language} is not supported"}, 400)
        return in_json({"translatedText": [translated(text) for text in wanted["q"]]})


class DeepL(Server):
    """The DeepL API, as its official client uses it: header, glossaries, fifty texts and 128 KiB a request."""

    def __init__(
        self,
        *broken: Reply,
        key: str = "key-of-the-tests",
        glossaries: int = 10,
        tls: bool = False,
    ) -> None:
        super().__init__(*broken, tls=tls)
        self._key = key
        self._most = glossaries
        self.glossaries: dict[str, dict[str, Any]] = {}

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"DeepL-Auth-Key {self._key}":
            return in_json({"message": "Invalid API key"}, 403)
        if asked.path.startswith("/v2/glossaries"):
            return self._glossary(asked)
        wanted = asked.json
        if len(wanted["text"]) > 50 or len(asked.body) > 128 * 1024:
            return in_json({"message": "Request Entity Too Large"}, 413)
        if wanted["target_lang"] in ("EN", "PT", "XX"):
            return in_json({"message": "Value for 'target_lang' not supported."}, 400)
        if wanted.get("glossary_id") not in (None, *self.glossaries):
            return in_json({"message": "Glossary not found"}, 404)
        texts = [
            {"text": translated(t), "detected_source_language": "FR", "billed_characters": len(t)}
            for t in wanted["text"]
        ]
        return in_json({"translations": texts})

    def _glossary(self, asked: Asked) -> Reply:
        if asked.method == "GET":
            return in_json({"glossaries": list(self.glossaries.values())})
        if asked.method == "DELETE":
            del self.glossaries[asked.path.rsplit("/", 1)[1]]
            return Reply(204)
        if len(self.glossaries) >= self._most:
            return in_json({"message": "Too many glossaries"}, 456)
        wanted = asked.json
        made = {
            "glossary_id": f"id-{len(self.asked)}",
            "name": wanted["name"],
            "ready": True,
            "source_lang": wanted["source_lang"].lower(),
            "target_lang": wanted["target_lang"].lower(),
            "creation_time": "2024-01-01T00:00:00.000000+00:00",
            "entry_count": wanted["entries"].count("\n") + 1,
        }
        self.glossaries[made["glossary_id"]] = made
        return in_json(made, 201)


class Google(Server):
    """The page of Google Translate: the text in the URL, the translation in a ``div``."""

    path = "/m"

    def answer(self, asked: Asked) -> Reply:
        text = asked.query["q"][0]
        if len(quote(text)) > _LONGEST_URL:
            return Reply(400, b"<title>Error 400 (Bad Request)!!1</title>", "text/html")
        return self.page(html.escape(translated(text)))

    @staticmethod
    def page(result: str) -> Reply:
        """A page that shows ``result``, which is HTML."""
        page = (
            f'<html><body><form></form><div class="result-container">{result}</div></body></html>'
        )
        return Reply(200, page.encode(), "text/html; charset=UTF-8")


CAPTCHA = Reply(
    200, b"<html><body><form id=captcha-form>Our systems have detected unusual traffic", "text/html"
)


class FakeClock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.slept.append(seconds)
        self.now += seconds
