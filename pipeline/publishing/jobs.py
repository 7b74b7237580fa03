"""What a build is asked for, and the jobs it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.errors import Problem

FORMATS = ("docx", "pdf")
Say = Callable[[str], None]
Job = Callable[[list[Problem]], bytes]
"""Makes one file; what it had to leave out of it is added to the list it is given."""


@dataclass(frozen=True)
class Options:
    """What to build: edition names (none: all), formats (none: event.yaml's), draft or final."""

    editions: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    final: bool = False
