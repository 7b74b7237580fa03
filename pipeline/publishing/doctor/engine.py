"""What `actes doctor` finds of the engine that event.yaml names, without sending it a text."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import ActesError, Problem
from pipeline.translation.engines import argos, command, keys, registry
from pipeline.translation.engines.protocol import EngineError, Failure, Traits, reduced
from pipeline.workspace.event import Event
from pipeline.workspace.translation_settings import Translation

_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Way:
    """How argos gets from one language of the event to another: through how many of its models."""

    source: str
    target: str
    models: int


@dataclass(frozen=True)
class EngineState:
    """An engine as it stands.

    ``allowed`` is what event.yaml says; where it says no, nothing else was looked at. ``problem``
    is what keeps it from being used (an extra, a key or a program that is not there). ``key``:
    whether one was found, None for an engine that has none. ``to`` is the host or program that
    texts would go to; ``reachable`` is None where no connection was tried, and ``proxied`` may be
    why.
    """

    name: str
    allowed: bool
    problem: Problem | None = None
    key: bool | None = None
    to: str = ""
    reachable: bool | None = None
    proxied: bool = False
    ways: tuple[Way, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether `actes translate` could use it now, as far as can be told without a text."""
        lost = not all(way.models for way in self.ways)
        return self.allowed and not self.problem and self.reachable is not False and not lost

    def as_json(self, language: str | None = None) -> dict[str, Any]:
        """The same for programs."""
        problem = self.problem and {
            "rule": self.problem.rule,
            "message": self.problem.message(language),
        }
        ways = [{"from": w.source, "to": w.target, "models": w.models} for w in self.ways]
        return {
            "name": self.name, "ready": self.ready, "allowed": self.allowed, "problem": problem,
            "key": self.key, "to": self.to, "reachable": self.reachable,
            "proxied": self.proxied, "ways": ways,
        }  # fmt: skip


def goes_through_a_proxy(scheme: str, host: str) -> bool:
    """Whether this computer's settings send what is for ``host`` through a proxy."""
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    return ("all" in proxies or scheme in proxies) and not proxy_bypass(host)


@dataclass(frozen=True)
class Outside:
    """What lies outside the program, passed in so that a test can stand in for it: the network, the
    environment, the system keyring, and whether a host is reached through a proxy."""

    connect: Callable[[str, int], bool]
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    keyring: keys.Keyring = keys.system_keyring
    proxied: Callable[[str, str], bool] = goes_through_a_proxy


def examine_engine(event: Event, outside: Outside) -> EngineState | None:
    """The engine of an event, None if it names none."""
    settings = event.translation
    name = settings.engine
    if name is None:
        return None
    try:
        traits = registry.engine(name, settings, outside.environment, outside.keyring).traits
    except ActesError as error:
        problem = error.problems[0]
        if problem.rule == "engine-not-allowed":
            return EngineState(name, allowed=False)
        return EngineState(name, True, problem, _key(settings, outside))
    if name == argos.TRAITS.name:
        return EngineState(name, True, ways=_ways(event.languages))
    reachable, proxied = _reached(traits, settings, outside)
    return EngineState(
        name, True, None, _key(settings, outside), traits.to, reachable, proxied
    )  # fmt: skip


def _key(settings: Translation, outside: Outside) -> bool | None:
    name = settings.engine or ""
    if name not in keys.NAMES:
        return None
    return keys.find_key(name, outside.environment, outside.keyring) is not None


def _reached(traits: Traits, settings: Translation, outside: Outside) -> tuple[bool | None, bool]:
    """Whether the host answers, and whether a proxy stands before it: then nothing is tried, since
    only the proxy knows."""
    if traits.local or traits.name == command.TRAITS.name:
        return None, False
    own = settings.url if traits.name == "libretranslate" else None
    parts = urlsplit(own or f"https://{traits.to}")
    host = parts.hostname or ""
    if outside.proxied(parts.scheme, host):
        return None, True
    return outside.connect(host, parts.port or _PORTS[parts.scheme]), False


def _ways(languages: Sequence[str]) -> tuple[Way, ...]:
    """From each language to each other. What argostranslate cannot say counts as no model."""
    engine = argos.Argos()

    def models(source: str, target: str) -> int:
        try:
            return reduced(lambda: engine.models(source, target), lambda _error: Failure.PROGRAM)
        except EngineError:
            return 0

    return tuple(Way(s, t, models(s, t)) for s, t in permutations(languages, 2))
