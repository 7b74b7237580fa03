"""Argos Translate: models on this machine, nothing leaves it (an optional extra).

Two of its settings would send texts away all the same (``ARGOS_MODEL_PROVIDER`` set to
LIBRETRANSLATE or OPENAI), another prints them (``ARGOS_DEBUG``): the first two are refused, the
third is switched off.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from pipeline.errors import Exit, stop
from pipeline.translation.engines.protocol import EngineError, Failure, Request, Traits, reduced
from pipeline.translation.engines.tags import code
from pipeline.translation.markup.protect import Style

_PIVOT = "en"
_ON_THIS_MACHINE = "OPENNMT"

TRAITS = Traits(
    name="argos",
    to="",
    local=True,
    style=Style.TOKENS,
    most_texts=8,
    most_characters=4_000,
    most_word=1_000,
    seconds=600.0,
    workers=1,  # it uses the cores by itself
    price=0.0,
)


class Argos:
    """The engine `argos`. Raises ActesError ``engine-not-installed``, ``engine-argos-remote``."""

    def __init__(self) -> None:
        self.traits = TRAITS
        self._translate_module = _library()
        self._chains: dict[tuple[str, str], tuple[Any, ...]] = {}
        self._lock = threading.Lock()

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:  # noqa: ARG002
        """A translation a text. Raises EngineError: ``language`` when no model fits."""
        with self._lock:
            return reduced(lambda: self._translate(request), lambda _error: Failure.PROGRAM)

    def _translate(self, request: Request) -> Sequence[str | None]:
        chain = self._chain(code("argos", request.source), code("argos", request.target))
        answers = []
        for text in request.texts:
            words = text
            for model in chain:
                words = model.translate(words)
            answers.append(words)
        return answers

    def models(self, source: str, target: str) -> int:
        """How many models a text goes through from one language tag to another; 0 if none fits."""
        try:
            return len(self._chain(code("argos", source), code("argos", target)))
        except EngineError:
            return 0

    def _chain(self, source: str, target: str) -> tuple[Any, ...]:
        """The model for a pair, or two that meet in English."""
        if (source, target) not in self._chains:
            installed = self._translate_module.get_installed_languages()
            by_code = {language.code: language for language in installed}
            direct = _model(by_code, source, target)
            steps = (_model(by_code, source, _PIVOT), _model(by_code, _PIVOT, target))
            chain = (direct,) if direct is not None else steps
            if any(model is None for model in chain):
                raise EngineError(Failure.LANGUAGE)
            self._chains[source, target] = chain
        return self._chains[source, target]

    def stop(self) -> None:
        """A model that computes cannot be interrupted; its answer is no longer waited for."""


def _model(by_code: dict[str, Any], source: str, target: str) -> Any | None:
    if source not in by_code or target not in by_code:
        return None
    return by_code[source].get_translation(by_code[target])


def _library() -> Any:
    try:
        from argostranslate import settings, translate
    except ImportError:
        raise stop(
            "engine-not-installed", code=Exit.MISSING_TOOL, name="argos", extra="argos"
        ) from None
    provider = getattr(getattr(settings, "model_provider", None), "name", _ON_THIS_MACHINE)
    if provider != _ON_THIS_MACHINE:
        raise stop("engine-argos-remote", code=Exit.REFUSED, provider=provider)
    settings.debug = False
    return translate
