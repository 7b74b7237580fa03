"""No engine at all: only what the translation memory holds is proposed, and nothing is sent."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.translation.engines.protocol import Request, Traits
from pipeline.translation.markup.protect import Style

TRAITS = Traits(name="memory", to="", local=True, style=Style.PLAIN, sends=False)


class NoEngine:
    """The engine `memory`."""

    traits = TRAITS

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:  # noqa: ARG002
        """Nothing for any text."""
        return [None] * len(request.texts)

    def stop(self) -> None:
        """Nothing is ever under way."""
