"""The formats of exchange files, one entry each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Protocol

from pipeline.errors import Exit, stop
from pipeline.review.exchange.rows import Bundle, Returns


class Outgoing(Protocol):
    """What can be written: a format of this room, or Word's, which `publishing` writes."""

    @property
    def suffix(self) -> str:
        """Of the file's name."""

    def write(self, bundle: Bundle, /) -> bytes:
        """Bytes of a bundle."""


@dataclass(frozen=True)
class Format:
    """A format by its name, as it is typed; its module is loaded when it is used."""

    name: str
    suffix: str
    module: str

    def write(self, bundle: Bundle, /) -> bytes:
        """Bytes of a bundle."""
        written: bytes = import_module(self.module).write(bundle)
        return written

    def read(self, content: bytes, path: str) -> Returns:
        """Rows of bytes; the file is called ``path`` in messages."""
        found: Returns = import_module(self.module).read(content, path)
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
"""Formats whose rows come back; Word's is apart, its writer stands in `publishing.word.exchange`.
TMX and TBX say other things: see `memory.tmx` and `tbx`."""


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
    known = " ".join([".docx", ".xlf", ".po", ".xlsx", ".tmx", ".tbx"])
    raise stop("exchange-format", PurePath(name).name, Exit.USAGE, known=known)
