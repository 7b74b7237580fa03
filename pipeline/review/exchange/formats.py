"""The formats of exchange files, one entry each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from pipeline.errors import Exit, stop
from pipeline.review.exchange.rows import Bundle, Returns

Write = Callable[[Bundle], bytes]
Read = Callable[[bytes, str], Returns]


@dataclass(frozen=True)
class Format:
    """A format by its name, as it is typed; its module is loaded when it is used."""

    name: str
    suffix: str
    module: str

    @property
    def write(self) -> Write:
        """Bytes of a bundle."""
        found: Write = import_module(self.module).write
        return found

    @property
    def read(self) -> Read:
        """Rows of bytes, for a file called by the second argument in messages."""
        found: Read = import_module(self.module).read
        return found


FORMATS: Mapping[str, Format] = {
    found.name: found
    for found in (
        Format("xliff", ".xlf", "pipeline.review.exchange.xliff21"),
        Format("xliff-1.2", ".1.2.xlf", "pipeline.review.exchange.xliff12"),
        Format("po", ".po", "pipeline.review.exchange.po"),
        Format("xlsx", ".xlsx", "pipeline.review.exchange.xlsx"),
    )
}
"""Formats whose rows come back. TMX and TBX say other things: see `memory.tmx` and `tbx`."""


def format_of(name: str, head: bytes) -> Format:
    """The format of a returned file, by its name and its first bytes.

    Raises ActesError ``exchange-format``.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in (".xlf", ".xliff"):
        return FORMATS["xliff-1.2" if b"document:1.2" in head else "xliff"]
    for found in FORMATS.values():
        if found.suffix == suffix:
            return found
    known = " ".join(found.suffix for found in FORMATS.values())
    raise stop("exchange-format", PurePath(name).name, Exit.USAGE, known=known)
