"""The engines by name, made from event.yaml and the environment, each behind the gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pipeline.errors import Exit, Place, stop
from pipeline.translation.engines import keys
from pipeline.translation.engines.gate import Gated, expect_consent
from pipeline.translation.engines.protocol import Engine, Traits
from pipeline.workspace.nearest import nearest
from pipeline.workspace.paths import EVENT
from pipeline.workspace.translation_settings import Translation

Settings = Translation
NO_ENGINE = "memory"
_LOCAL = frozenset({NO_ENGINE, "argos"})
SERVER = "LIBRETRANSLATE_URL"
"""The variable by which an organiser trusts a LibreTranslate server with their key."""


@dataclass(frozen=True)
class _Surroundings:
    settings: Settings
    environment: Mapping[str, str]
    keyring: keys.Keyring


def chosen(settings: Settings, asked: str | None = None) -> str:
    """The name of the engine to use: the one asked for, else event.yaml's, else none at all."""
    return asked or settings.engine or NO_ENGINE


def engine(
    name: str,
    settings: Settings,
    environment: Mapping[str, str],
    keyring: keys.Keyring = keys.system_keyring,
) -> Gated:
    """The engine ``name``, behind the gate.

    Raises ActesError: ``engine-unknown`` with the nearest name; ``engine-not-named``,
    ``engine-not-allowed`` (exit code 4) before any key is looked for; ``engine-not-installed``
    (exit code 3); ``engine-key-missing``, ``engine-key-odd``, ``engine-url-missing``,
    ``engine-command-missing``, ``engine-command-unknown``, ``engine-argos-remote``.
    """
    if name not in _MAKERS:
        known = ", ".join(_MAKERS)
        close = nearest(name, _MAKERS) or known
        raise stop("engine-unknown", code=Exit.USAGE, known=known, nearest=close)
    expect_consent(name, name in _LOCAL, settings)
    made = _MAKERS[name](_Surroundings(settings, environment, keyring))
    priced = settings.price is not None and name == settings.engine
    return Gated(_Priced(made, settings.price or 0.0) if priced else made, settings)


class _Priced:
    """The engine that event.yaml names, at the price that it gives."""

    def __init__(self, inner: Engine, price: float) -> None:
        self._inner = inner
        self.traits: Traits = replace(inner.traits, price=price)
        self.translate = inner.translate
        self.stop = inner.stop


def _google(_around: _Surroundings) -> Engine:
    from pipeline.translation.engines.google import Google

    return Google()


def _mymemory(around: _Surroundings) -> Engine:
    from pipeline.translation.engines.mymemory import MyMemory

    return MyMemory(around.settings.email or "")


def _microsoft(around: _Surroundings) -> Engine:
    from pipeline.translation.engines.microsoft import Microsoft

    key = keys.need_key("microsoft", around.environment, around.keyring)
    return Microsoft(key, around.settings.region or "")


def _deepl(around: _Surroundings) -> Engine:
    from pipeline.translation.engines.deepl import DeepL

    key = keys.need_key("deepl", around.environment, around.keyring)
    wish = around.settings.formality
    return DeepL(key, "" if wish == "default" else wish)


def _libretranslate(around: _Surroundings) -> Engine:
    from pipeline.translation.engines.libretranslate import LibreTranslate, may_have_key

    url = around.settings.url
    if url is None:
        raise stop("engine-url-missing", Place(EVENT), Exit.REFUSED)
    key = None
    if may_have_key(url, around.environment.get(SERVER, "")):
        key = keys.find_key("libretranslate", around.environment, around.keyring)
    if key is not None:
        keys.expect_plain(key, "libretranslate")
    return LibreTranslate(url, key)


def _argos(_around: _Surroundings) -> Engine:
    from pipeline.translation.engines.argos import Argos

    return Argos()


def _command(around: _Surroundings) -> Engine:
    from pipeline.translation.engines.command import Command

    return Command(around.environment)


def _memory(_around: _Surroundings) -> Engine:
    from pipeline.translation.engines.memory import NoEngine

    return NoEngine()


_MAKERS: Mapping[str, Callable[[_Surroundings], Engine]] = {
    "google": _google,
    "deepl": _deepl,
    "microsoft": _microsoft,
    "mymemory": _mymemory,
    "libretranslate": _libretranslate,
    "argos": _argos,
    "command": _command,
    NO_ENGINE: _memory,
}
