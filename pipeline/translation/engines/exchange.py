"""What may be told of a request, there and back: figures, and a kind of failure.

Nothing of what was asked or answered is in it, nor anything that a library or a server said: it is
printed as it is (law 6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.translation.engines.protocol import Failure


@dataclass(frozen=True)
class Exchange:
    """A request: its ``number``, how many ``texts`` and ``characters`` it holds, from and to which
    language; once it has ended (``seconds`` is not None), how many of the texts came back
    ``translated``, and the ``failure`` of it as a whole."""

    number: int
    texts: int
    characters: int
    source: str
    target: str
    seconds: float | None = None
    translated: int = 0
    failure: Failure | None = None


OnExchange = Callable[[Exchange], None]
