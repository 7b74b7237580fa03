"""Argos Translate, by a module that has its documented interface."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from enum import Enum

import pytest

from pipeline.errors import ActesError, Exit
from pipeline.translation.engines.argos import Argos
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.protocol import EngineError, Failure, Request
from pipeline.translation.sending import send
from pipeline.workspace.translation_settings import Translation
from tests.translation.engines.scripted import jobs


class Language:
    """``argostranslate.translate.Language``: a code, and translations to others."""

    def __init__(self, code: str, pairs: set[tuple[str, str]]) -> None:
        self.code = code
        self._pairs = pairs

    def get_translation(self, to: Language) -> types.SimpleNamespace | None:
        if (self.code, to.code) not in self._pairs:
            return None
        words = f"{self.code}→{to.code}"
        return types.SimpleNamespace(translate=lambda text: f"［{words}］{text}")


class Provider(Enum):
    """``argostranslate.settings.ModelProvider``."""

    OPENNMT = 0
    LIBRETRANSLATE = 1
    OPENAI = 2


Install = Callable[..., types.ModuleType]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    def installed(
        *pairs: tuple[str, str], provider: Provider = Provider.OPENNMT
    ) -> types.ModuleType:
        package, settings, translate = (
            types.ModuleType(name)
            for name in ("argostranslate", "argostranslate.settings", "argostranslate.translate")
        )
        codes = sorted({code for pair in pairs for code in pair})
        translate.get_installed_languages = lambda: [Language(c, set(pairs)) for c in codes]  # type: ignore[attr-defined]
        settings.model_provider = provider  # type: ignore[attr-defined]
        settings.debug = True  # type: ignore[attr-defined]
        package.settings, package.translate = settings, translate  # type: ignore[attr-defined]
        for module in (package, settings, translate):
            monkeypatch.setitem(sys.modules, module.__name__, module)
        return settings

    return installed


def ask(*texts: str, source: str = "fr", target: str = "ja") -> list[str | None]:
    return [*Argos().translate(Request(texts, source, target), 5)]


def test_a_direct_model_is_used_where_there_is_one(install: Install) -> None:
    install(("fr", "ja"), ("fr", "en"), ("en", "ja"))
    assert ask("Un.", "Deux.") == ["［fr→ja］Un.", "［fr→ja］Deux."]


def test_otherwise_two_that_meet_in_english(install: Install) -> None:
    install(("fr", "en"), ("en", "ja"))
    assert ask("Un.") == ["［en→ja］［fr→en］Un."]


def test_languages_have_its_names(install: Install) -> None:
    install(("pb", "en"), ("en", "zt"))
    assert ask("Um.", source="pt-BR", target="zh-Hant") == ["［en→zt］［pb→en］Um."]


def test_without_a_model_the_language_is_what_is_missing(install: Install) -> None:
    install(("fr", "en"))
    with pytest.raises(EngineError) as caught:
        ask("Un.")
    assert caught.value.failure is Failure.LANGUAGE


def test_it_may_see_confidential_texts_without_any_permission(install: Install) -> None:
    install(("fr", "ja"))
    sent = send(jobs("Un secret.", confidential=True), Gated(Argos(), Translation()))
    assert sent.answers == {"1": "［fr→ja］Un secret."}


def test_it_prints_nothing_of_the_texts(install: Install) -> None:
    settings = install(("fr", "ja"))
    Argos()
    assert settings.debug is False


@pytest.mark.parametrize("provider", [Provider.LIBRETRANSLATE, Provider.OPENAI])
def test_set_to_send_texts_away_it_is_refused(install: Install, provider: Provider) -> None:
    install(("fr", "ja"), provider=provider)
    with pytest.raises(ActesError) as caught:
        Argos()
    assert caught.value.problems[0].rule == "engine-argos-remote"
    assert caught.value.code is Exit.REFUSED


def test_absent_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "argostranslate", None)
    with pytest.raises(ActesError) as caught:
        Argos()
    assert caught.value.code is Exit.MISSING_TOOL
    assert "pip install 'actes[argos]'" in caught.value.problems[0].render("en")
