"""DeepL through its official package: tags, glossary, context, formality, fifty texts a request.

The package retries and waits by itself, up to minutes, and its exceptions and logs quote what the
server said. Its HTTP client is replaced by one that makes a single bounded exchange; retries are
those of `sending`, which keeps what has come meanwhile.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from pipeline.errors import Exit, stop
from pipeline.translation.engines import http
from pipeline.translation.engines.keys import Secret
from pipeline.translation.engines.protocol import EngineError, Failure, Request, Traits, reduced
from pipeline.translation.engines.tags import code
from pipeline.translation.markup.protect import Style

_GLOSSARY_NAME = "actes"

TRAITS = Traits(
    name="deepl",
    to="api.deepl.com",
    local=False,
    style=Style.TAGS,
    most_texts=50,
    most_characters=17_000,  # the service takes 128 KiB a request; a kanji is six bytes in JSON
    workers=3,
    price=20.0,  # DeepL API Pro; 0 with a key of DeepL API Free
    context=4_000,  # it is not billed, but it is sent
    glossary=True,
)


class DeepL:
    """The engine `deepl`. ``formality`` is ``more``, ``less`` or empty."""

    def __init__(self, key: Secret, formality: str = "", address: str | None = None) -> None:
        try:
            import deepl
        except ImportError:
            raise stop(
                "engine-not-installed", code=Exit.MISSING_TOOL, name="deepl", extra="deepl"
            ) from None
        self._library = deepl
        self._key = key
        self._formality = formality
        self._address = address
        free = deepl.util.auth_key_is_free_account(key.reveal())
        self.traits = replace(
            TRAITS,
            to="api-free.deepl.com" if free else TRAITS.to,
            price=0.0 if free else TRAITS.price,
            settings=(formality,),
        )
        self._clients = http.Instances(self._client)
        self._glossaries: dict[tuple[str, str, str], str | None] = {}
        self._lock = threading.Lock()

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """A translation a text; the texts are read as XML. Raises EngineError."""
        return reduced(lambda: self._translate(request, seconds), http.known)

    def _translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        with self._clients.one() as client:
            client._client.until = time.monotonic() + seconds
            answers = client.translate_text(
                list(request.texts),
                source_lang=code("deepl-source", request.source),
                target_lang=code("deepl-target", request.target),
                context=request.context[: TRAITS.context] or None,
                # « prefer »: a language without the distinction is no error.
                formality=f"prefer_{self._formality}" if self._formality else None,
                glossary=self._glossary(client, request),
                tag_handling="xml",
                outline_detection=False,
                split_sentences="nonewlines",
                preserve_formatting=True,
            )
        if len(answers) != len(request.texts):  # so the package reads what is not its JSON
            raise EngineError(Failure.GARBAGE)
        return [answer.text for answer in answers]

    def _client(self) -> Any:
        client: Any = self._library.DeepLClient(
            self._key.reveal(), server_url=self._address, send_platform_info=False
        )
        client.close()
        client._client = _OneExchange()
        return client

    def _glossary(self, client: Any, request: Request) -> str | None:
        """The id of a glossary with these terms; None if there are none, or none can be kept."""
        if not request.terms:
            return None
        source, target = (
            code("deepl-source", tag).lower() for tag in (request.source, request.target)
        )
        digest = hashlib.sha256(repr(request.terms).encode()).hexdigest()[:12]
        key = (source, target, digest)
        if not self._lock.acquire(timeout=client._client.left):
            raise EngineError(Failure.TIMEOUT)
        try:
            if key not in self._glossaries:
                self._glossaries[key] = self._keep_glossary(client, key, dict(request.terms))
            return self._glossaries[key]
        finally:
            self._lock.release()

    def _keep_glossary(
        self, client: Any, key: tuple[str, str, str], terms: dict[str, str]
    ) -> str | None:
        """The glossary of that name on the account, made if it is not there.

        Older ones that Actes made for the pair make room first: accounts may hold only a few.
        A pair that has no glossaries is translated without; the terms are checked afterwards.
        """
        source, target, _digest = key
        name = "-".join((_GLOSSARY_NAME, *key))
        try:
            for old in client.list_glossaries():
                if old.name == name and old.ready:
                    return str(old.glossary_id)
                if old.name.startswith(f"{_GLOSSARY_NAME}-{source}-{target}-"):
                    client.delete_glossary(old.glossary_id)
            return str(client.create_glossary(name, source, target, terms).glossary_id)
        except EngineError as error:
            if error.failure in (Failure.REFUSED, Failure.QUOTA, Failure.ADDRESS):
                return None
            raise

    def stop(self) -> None:
        """Nothing outlives its timeout."""


class _OneExchange:
    """What the package's client asks of its HTTP client, done once and in bounded time.

    A request may take several exchanges, for its glossary: they have until one moment together.
    """

    def __init__(self) -> None:
        self._session = http.new_session()
        self.until = 0.0

    @property
    def left(self) -> float:
        """The seconds that are left. Raises EngineError when there are none.

        The request is then no longer waited for: nothing more of it may leave.
        """
        left = self.until - time.monotonic()
        if left <= 0:
            raise EngineError(Failure.TIMEOUT)
        return left

    def request_with_backoff(
        self, method: str, url: str, data: Any, json: Any, headers: dict[str, str],
        stream: bool = False, **_more: Any,  # noqa: ARG002
    ) -> tuple[int, str]:  # fmt: skip
        """Status and body. Raises EngineError where the package would retry or explain."""
        import requests

        headers = {**headers, "User-Agent": "actes", "Accept-Encoding": "identity"}
        prepared = requests.Request(method, url, data=data, json=json, headers=headers).prepare()
        response = http.exchange(self._session, prepared, self.left, _explain)
        response.encoding = "utf-8"
        return response.status_code, response.text

    def close(self) -> None:
        """Called when the package's client is let go."""
        self._session.close()


def _explain(status: int, body: bytes) -> Failure | None:
    unknown = status == HTTPStatus.BAD_REQUEST and (
        b"source_lang" in body or b"target_lang" in body
    )
    return Failure.LANGUAGE if unknown else None
