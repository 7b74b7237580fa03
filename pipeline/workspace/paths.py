"""The files that describe an event, and finding the workspace; apart, to be found in no time."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import stop

EVENT = "sources/event.yaml"
DELEGATIONS = "sources/delegations.yaml"
GLOSSARY = "sources/glossary.yaml"


def find_root(start: Path) -> Path:
    """The nearest folder at or above ``start`` that holds ``sources/event.yaml``.

    Raises ActesError ``no-workspace``.
    """
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / EVENT).is_file():
            return folder
    raise stop("no-workspace", start.as_posix())
