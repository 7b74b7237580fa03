"""The last gate before a socket or a program (law 6).

`registry.engine` gives engines only behind this gate, and `sending.send` takes no other. It knows
what event.yaml allows, and looks at each request at the moment it would leave.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import Exit, Place, stop
from pipeline.translation.engines.protocol import Engine, Request, Traits
from pipeline.translation.engines.quiet import silence
from pipeline.workspace.paths import EVENT
from pipeline.workspace.translation_settings import Translation


def expect_consent(name: str, local: bool, settings: Translation) -> None:
    """Let pass an engine that event.yaml names and allows, or that sends nothing anywhere.

    Raises ActesError (exit code 4): ``engine-not-named`` when event.yaml names none or another,
    ``engine-not-allowed`` when it does not allow external services.
    """
    if local:
        return
    if settings.engine != name:
        raise stop("engine-not-named", Place(EVENT), Exit.REFUSED, name=name)
    if not settings.external_services:
        raise stop("engine-not-allowed", Place(EVENT), Exit.REFUSED, name=name)


class Gated:
    """An engine behind the gate."""

    def __init__(self, engine: Engine, settings: Translation) -> None:
        expect_consent(engine.traits.name, engine.traits.local, settings)
        self.__engine = engine
        self.__settings = settings

    @property
    def traits(self) -> Traits:
        """What the engine is; event.yaml may give its price."""
        return self.__engine.traits

    def translate(self, request: Request, seconds: float) -> Sequence[str | None]:
        """As the engine does. Raises EngineError.

        Raises ActesError, and lets nothing out: ``engine-confidential-refused`` for a confidential
        text and an engine that is not on this machine, and as `expect_consent`.
        """
        traits = self.__engine.traits
        expect_consent(traits.name, traits.local, self.__settings)
        if request.confidential and not traits.local:
            raise stop("engine-confidential-refused", code=Exit.REFUSED, name=traits.name)
        silence()
        return self.__engine.translate(request, seconds)

    def stop(self) -> None:
        """Give up what is under way."""
        self.__engine.stop()
