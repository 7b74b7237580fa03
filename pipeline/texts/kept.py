"""Where texts are kept as they were read, so that only what changed is read again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline import program
from pipeline.cache import Cache
from pipeline.workspace.languages import tables_as_written
from pipeline.workspace.load import Workspace


def kept(workspace: Workspace, shelf: str = "texts", *, part: bool = False) -> Cache:
    """The cache for `read_texts`; ``part`` is for those who read a few texts of many.

    What a command did not ask for is forgotten, so that those who read other texts than all have a
    ``shelf`` of their own.
    """
    file = workspace.build / "cache" / f"{shelf}.sqlite"
    return Cache(workspace.root, file, reader_version(workspace.root), part=part)


def reader_version(root: Path) -> str:
    """What decides how a text is read: the program, the pandoc it calls, words of markup."""
    reader = f"{program.code()} {program.version('pypandoc_binary')}"
    digest = hashlib.blake2b(reader.encode(), digest_size=8)
    for content in tables_as_written(root):
        digest.update(content)
    return digest.hexdigest()
