"""LibreTranslate, one's own server or another's, in JSON: an array of texts there and back.

deep-translator's client puts key and text in the URL. Measured on LibreTranslate 1.9.6: of
form-encoded arrays only the first item is kept, ``format=html`` alters comments and entities, and a
word of 200,000 letters hangs the server.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from pipeline.translation.engines import http
from pipeline.translation.engines.keys import Secret
from pipeline.translation.engines.protocol import EngineError, Failure, Request, Traits, reduced
from pipeline.translation.engines.tags import code
from pipeline.translation.markup.protect import Style

OWN_HOST = "libretranslate.com"
"""The public service: the only host a key goes to unless the organiser's environment says more."""

TRAITS = Traits(
    name="libretranslate",
    to="",
    local=False,  # not even on loopback: what the server does with texts is not ours to know
    style=Style.TOKENS,
    most_texts=20,
    most_characters=2_000,
    most_word=1_000,
    workers=2,
)


class LibreTranslate:
    """The engine `libretranslate` at ``url``, with a key if it wants one."""

    def __init__(self, url: str, key: Secret | None = None) -> None:
        self.traits = replace(TRAITS, to=host(url))
        self._url = url.rstrip("/").removesuffix("/translate") + "/translate"
        self._key = key
        self._sessions = http.Instances(http.new_session)

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """A translation a text. Raises EngineError."""
        return reduced(lambda: self._translate(request, seconds), http.known)

    def _translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        import requests

        asked = {
            "q": list(request.texts),
            "source": code("libretranslate", request.source),
            "target": code("libretranslate", request.target),
            "format": "text",
        }
        if self._key is not None:
            asked["api_key"] = self._key.reveal()
        prepared = requests.Request("POST", self._url, json=asked).prepare()
        with self._sessions.one() as session:
            answer = http.exchange(session, prepared, seconds, _explain).json()
        translations = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(translations, list):
            raise EngineError(Failure.GARBAGE)
        return [text if isinstance(text, str) else None for text in translations]

    def stop(self) -> None:
        """Nothing outlives its timeout."""


def host(url: str) -> str:
    """The host of a URL with its port if it has one, without a name or password."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else (parts.hostname or "")


def may_have_key(url: str, trusted: str) -> bool:
    """Whether a key may go to ``url``, which a workspace names.

    A stranger's event.yaml must not draw the organiser's key to a server of the stranger's: the
    public service has it, and the server that the organiser's own environment names (``trusted``,
    a URL). In clear it only goes to this machine.
    """
    own = {OWN_HOST, *([host(trusted)] if trusted else [])}
    secure = urlsplit(url).scheme == "https" or is_loopback(urlsplit(url).hostname or "")
    return secure and host(url) in own


def is_loopback(name: str) -> bool:
    """Whether a host name is this machine's own."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _explain(status: int, body: bytes) -> Failure | None:
    unknown = status == HTTPStatus.BAD_REQUEST and b"not supported" in body
    return Failure.LANGUAGE if unknown else None
