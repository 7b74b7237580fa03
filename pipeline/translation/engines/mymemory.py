"""MyMemory through deep-translator: no key, short texts, a daily allowance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.translation.engines.deep import Caller
from pipeline.translation.engines.protocol import EngineError, Failure, Request, Traits
from pipeline.translation.engines.tags import with_region
from pipeline.translation.markup.protect import Style

_HOST = "api.mymemory.translated.net"
# The status that its JSON carries under an HTTP 200.
_STATUS = {403: Failure.LANGUAGE, 429: Failure.QUOTA, 414: Failure.TOO_LONG}

TRAITS = Traits(
    name="mymemory",
    to=_HOST,
    local=False,
    style=Style.TOKENS,
    most_texts=1,
    most_characters=499,  # deep-translator refuses 500
    most_bytes=500,  # the service itself counts bytes
    workers=2,
    price=0.0,
)


class MyMemory:
    """The engine `mymemory`. deep-translator speaks to it in clear; ``address`` is encrypted.

    An ``email`` of the organiser's raises the daily allowance (the service's ``de`` parameter).
    """

    def __init__(self, email: str = "", address: str = f"https://{_HOST}/get") -> None:
        from deep_translator import mymemory

        self.traits = TRAITS
        self._email = email
        self._address = address
        self._translator = mymemory.MyMemoryTranslator
        self._caller = Caller(mymemory, _expect_no_warning)

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """A translation a text. Raises EngineError."""
        return [self._one(text, request, seconds) for text in request.texts]

    def _one(self, text: str, request: Request, seconds: float) -> str | None:
        def make() -> Any:
            source = with_region("mymemory", request.source)
            target = with_region("mymemory", request.target)
            more = {"email": self._email} if self._email else {}
            translator = self._translator(source=source, target=target, **more)
            translator._base_url = self._address
            return translator

        return self._caller.translate(make, text, seconds)

    def stop(self) -> None:
        """Nothing outlives its timeout."""


def _expect_no_warning(response: Any) -> None:
    """Stop at what deep-translator does not look at: the status inside the JSON."""
    data = response.json()
    status = data.get("responseStatus", 200) if isinstance(data, dict) else 0
    if str(status) != "200":
        number = int(status) if str(status).isdigit() else 0
        raise EngineError(_STATUS.get(number, Failure.REFUSED))
