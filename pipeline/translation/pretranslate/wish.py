"""What is asked of `actes translate`, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import Problem


@dataclass(frozen=True)
class Wish:
    """What was asked for: ``paths`` as typed, relative to the workspace or below ``start``."""

    paths: tuple[str, ...] = ()
    to: str | None = None
    engine: str | None = None
    limit: int | None = None
    retranslate: bool = False


@dataclass(frozen=True)
class Report:
    """What a run did: counterparts written, segments that still wait for a proposal, what was sent
    (characters, those of them whose translation was ``received``, and requests), its cost in euros
    where it is known, and all problems. ``local`` says that nothing left this machine."""

    engine: str = ""
    written: tuple[str, ...] = ()
    waiting: int = 0
    characters: int = 0
    received: int = 0
    requests: int = 0
    cost: float | None = None
    problems: tuple[Problem, ...] = ()
    local: bool = False
