"""Where the metadata values of a text stand in its file, and what is said of them."""

from __future__ import annotations

from functools import lru_cache

from pipeline.errors import ActesError, Place
from pipeline.texts.read import Text
from pipeline.workspace.yaml import Document, Path, parse


def field_place(text: Text, name: str) -> Place:
    """The line of a metadata value (``keywords.1``), or of what holds it."""
    return _place(
        text, tuple(int(step) - 1 if step.isdigit() else step for step in name.split("."))
    )


def claim_place(text: Text, name: str) -> Place:
    """The line of what a counterpart says of a metadata value."""
    return _place(text, ("translation", "fields", name))


def _place(text: Text, path: Path) -> Place:
    document = _front(text.source.front or "", text.file.path)
    return Place(text.file.path, document.place(path).line if document else 1)


@lru_cache(maxsize=8)
def _front(front: str, path: str) -> Document | None:
    """A head as YAML with places: its values are asked for one after the other."""
    try:
        return parse(front, path, line_offset=1)
    except ActesError:
        return None
