"""Where texts are kept as they were read, so that only what changed is read again."""

from __future__ import annotations

from pipeline.cache import Cache
from pipeline.texts.read import reader_version
from pipeline.workspace.load import Workspace


def kept(workspace: Workspace, shelf: str = "texts", *, part: bool = False) -> Cache:
    """The cache for `read_texts`; ``part`` is for those who read a few texts of many.

    What a command did not ask for is forgotten, so that those who read other texts than all have a
    ``shelf`` of their own.
    """
    file = workspace.build / "cache" / f"{shelf}.sqlite"
    return Cache(workspace.root, file, reader_version(workspace.root), part=part)
