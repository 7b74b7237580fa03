"""An engine that does what a test says, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.translation.engines.protocol import Request, Traits
from pipeline.translation.markup.protect import Style
from pipeline.translation.sending import Job
from tests.support.servers import translated

TRAITS = Traits("google", "ici", local=False, style=Style.TOKENS, most_texts=4)


def right(request: Request) -> list[str | None]:
    """What an engine should answer."""
    return [translated(text) for text in request.texts]


class Scripted:
    """Answers by ``script``; ``at_once`` is how many requests were under way together."""

    def __init__(
        self, script: Callable[[Request], Sequence[str | None]] = right, **traits: object
    ) -> None:
        self.traits = replace(TRAITS, **traits)  # type: ignore[arg-type]
        self.requests: list[Request] = []
        self.at_once = 0
        self.stopped = 0
        self._script = script
        self._now = 0
        self._lock = threading.Lock()

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """As the script says."""
        with self._lock:
            self.requests.append(request)
            self._now += 1
            self.at_once = max(self.at_once, self._now)
        try:
            return self._script(request)
        finally:
            with self._lock:
                self._now -= 1

    def stop(self) -> None:
        """Counted."""
        self.stopped += 1

    @property
    def texts(self) -> list[str]:
        """Every text that was sent, in order."""
        return [text for request in self.requests for text in request.texts]


def jobs(*texts: str, confidential: bool = False) -> list[Job]:
    """Jobs from French to Japanese, called 1, 2, 3…"""
    return [
        Job(str(number), text, "fr", "ja", confidential=confidential)
        for number, text in enumerate(texts, start=1)
    ]


def sentences(count: int) -> list[Job]:
    """Jobs that differ."""
    return jobs(*(f"La phrase numéro {number} parle du marché." for number in range(count)))
