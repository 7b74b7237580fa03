"""Microsoft Translator (Azure) through deep-translator: a key in the header, texts in the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipeline.translation.engines.deep import Caller
from pipeline.translation.engines.keys import Secret
from pipeline.translation.engines.protocol import EngineError, Failure, Request, Traits
from pipeline.translation.engines.tags import code
from pipeline.translation.markup.protect import Style

_HOST = "api.cognitive.microsofttranslator.com"
# The numbers of its errors that mean an unknown language, or a quota that is used up.
_LANGUAGE = re.compile(rb'"code"\s*:\s*(400018|400019|400023|400035|400036)')
_QUOTA = re.compile(rb'"code"\s*:\s*403001')

TRAITS = Traits(
    name="microsoft",
    to=_HOST,
    local=False,
    style=Style.TAGS,
    most_texts=1,
    most_characters=40_000,
    workers=4,
)


class Microsoft:
    """The engine `microsoft`; ``region`` is that of the Azure resource, if it has one."""

    def __init__(
        self, key: Secret, region: str = "", address: str = f"https://{_HOST}/translate"
    ) -> None:
        from deep_translator import microsoft

        class Translator(microsoft.MicrosoftTranslator):  # type: ignore[misc]
            """Without the call for a list of languages that it makes each time it is built."""

            def _get_supported_languages(self) -> dict[str, str]:
                return {}

            def _map_language_to_code(self, *languages: str) -> tuple[str, ...]:
                return languages

        self.traits = TRAITS
        self._key = key
        self._region = region
        self._address = f"{address}?api-version=3.0"
        self._translator = Translator
        self._caller = Caller(microsoft, _expect_translations, _explain)

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """A translation a text; the texts are read as HTML. Raises EngineError."""
        return [self._one(text, request, seconds) for text in request.texts]

    def _one(self, text: str, request: Request, seconds: float) -> str | None:
        def make() -> Any:
            translator = self._translator(
                source=code("microsoft", request.source),
                target=code("microsoft", request.target),
                api_key=self._key.reveal(),
                region=self._region or None,
                textType="html",
            )
            translator._base_url = self._address
            return translator

        return self._caller.translate(make, text, seconds)

    def stop(self) -> None:
        """Nothing outlives its timeout."""


def _expect_translations(response: Any) -> None:
    """Stop at anything else, which deep-translator would put in the words of an exception."""
    if not isinstance(response.json(), list):
        raise EngineError(Failure.GARBAGE)


def _explain(_status: int, body: bytes) -> Failure | None:
    if _LANGUAGE.search(body):
        return Failure.LANGUAGE
    return Failure.QUOTA if _QUOTA.search(body) else None
