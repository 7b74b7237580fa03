"""What a segment is made of once it is taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property


@dataclass(frozen=True)
class Unit:
    """What goes to an engine: inline Markdown without the marks of its block.

    Its lines are joined by ``\\n``. ``prose`` says that it may be cut one sentence a line;
    headings, terms, cells, captions and attributes stay on one.
    """

    text: str
    prose: bool


class Spot(Enum):
    """Where a unit stands, which decides how another text is laid out there."""

    LINES = auto()
    HEADING = auto()
    UNDERLINED = auto()  # a heading that begins its line
    LINE = auto()
    CELL = auto()
    FIRST_CELL = auto()  # one that begins its line, without a bar before it
    CAPTION = auto()
    ATTRIBUTE = auto()


@dataclass(frozen=True)
class Hole:
    """The place of a unit: its exact slice, and what a line after its first begins with."""

    unit: Unit
    raw: str
    spot: Spot
    next: str = ""
    end: str = "\n"


Part = str | Hole


@dataclass(frozen=True)
class Template:
    """Literal structure and holes, in the order of the file.

    ``shape`` names what the structure is made of (``heading 2``, ``bullet``, ``row 3``), for those
    who compare two texts.
    """

    parts: tuple[Part, ...]
    shape: tuple[str, ...] = ()

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units, in order."""
        return tuple(part.unit for part in self.parts if isinstance(part, Hole))
