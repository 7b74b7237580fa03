"""The files of a work with their bytes: by these, what was found in them is found again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import files
from pipeline.errors import ActesError
from pipeline.texts.source import MAX_BYTES
from pipeline.workspace.layout import TextFile

if TYPE_CHECKING:
    from pipeline.texts.read import Reading, Text

Contents = Mapping[TextFile, bytes | None]
"""The files of one work with their bytes; None for what cannot be read as a text."""
PASSING = frozenset({"text-too-slow", "text-unreadable"})
"""What may go better on a quieter machine: nothing that was found then is kept."""


def read_contents(root: Path, found: Iterable[TextFile]) -> dict[TextFile, bytes | None]:
    """The bytes of the texts; None where they cannot be had, which reading will say."""
    contents: dict[TextFile, bytes | None] = {}
    for file in found:
        try:
            contents[file] = files.read_bytes(root, root / file.path, MAX_BYTES)
        except ActesError:
            contents[file] = None
    return contents


def as_read(texts: Iterable[Text]) -> dict[TextFile, bytes | None]:
    """The files of texts with the bytes that were read, whatever was saved since."""
    return {text.file: text.source.raw.encode("utf-8") for text in texts}


def contents_of(
    found: Sequence[TextFile], texts: Mapping[str, Text]
) -> dict[TextFile, bytes | None]:
    """`as_read` of the texts that were found; None for a file without a text."""
    there = as_read(texts[file.path] for file in found if file.path in texts)
    return {file: there.get(file) for file in found}


def grouped(contents: Contents) -> dict[str, Contents]:
    """The files by work, in the order of their paths."""
    groups: dict[str, dict[TextFile, bytes | None]] = {}
    for file, content in sorted(contents.items()):
        groups.setdefault(file.key, {})[file] = content
    return {**groups}


def key_of(group: Contents) -> str:
    """What is found in a work is kept under: the names and the content of its files."""
    digest = hashlib.blake2b(digest_size=16)
    for file, content in sorted(group.items()):
        mark = "-" if content is None else hashlib.blake2b(content, digest_size=16).hexdigest()
        digest.update(f"{file.path}\0{mark}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def stands_for(group: Contents, reading: Reading) -> bool:
    """Whether what was read is what `key_of` was made of: somebody may have saved in between.

    Of a file that could not be read as a text nobody knows: what was found then is not kept.
    """
    return all(
        file.path in reading.texts
        and reading.texts[file.path].source.raw.encode("utf-8") == content
        for file, content in group.items()
    )
