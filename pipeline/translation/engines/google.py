"""Google Translate through deep-translator: no key, one text a request, in the URL of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipeline.translation.engines.deep import Caller
from pipeline.translation.engines.protocol import Request, Traits
from pipeline.translation.engines.tags import code
from pipeline.translation.markup.protect import Style

_HOST = "translate.google.com"
_RESULT = re.compile(r'(<div class="(?:result-container|t0)"[^>]*>)(.*?)(</div>)', re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

TRAITS = Traits(
    name="google",
    to=_HOST,
    local=False,
    style=Style.TOKENS,
    most_texts=1,
    most_characters=4_900,  # deep-translator refuses 5,000
    most_url=14_000,  # beyond some 16,000 the server answers 400
    workers=4,
    price=0.0,
)


class Google:
    """The engine `google`; ``address`` is the page that is asked."""

    def __init__(self, address: str = f"https://{_HOST}/m") -> None:
        from deep_translator import google

        self.traits = TRAITS
        self._address = address
        self._translator = google.GoogleTranslator
        self._caller = Caller(google, _flatten)

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """A translation a text; None where the page shows none. Raises EngineError."""
        return [self._one(text, request, seconds) for text in request.texts]

    def _one(self, text: str, request: Request, seconds: float) -> str | None:
        def make() -> Any:
            source, target = code("google", request.source), code("google", request.target)
            translator = self._translator(source=source, target=target)
            translator._base_url = self._address
            return translator

        return self._caller.translate(make, text, seconds)

    def stop(self) -> None:
        """Nothing outlives its timeout."""


def _flatten(response: Any) -> None:
    """Leave one text node in the result: deep-translator joins several without their spaces."""
    response.encoding = "utf-8"
    flat = _RESULT.sub(lambda m: m[1] + _TAG.sub("", _BREAK.sub(" ", m[2])) + m[3], response.text)
    response._content = flat.encode()
