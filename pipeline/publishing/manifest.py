"""build/manifest.json: what went into each edition and what came out, by digest.

It proves which sources a file was made from, and tells the next build that nothing has changed.
It holds no time, user or folder (law 10).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import files

NAME = "manifest.json"
_FORMAT = 1


def digest(content: bytes) -> str:
    """The digest of a file's content, as the manifest writes it."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def inputs(root: Path) -> dict[str, str]:
    """The digest of every file under `sources/` and `templates/`, by path, in order.

    Links are recorded by where they lead, and not followed (law 9).
    """
    found: dict[str, str] = {}
    for folder in ("sources", "templates"):
        for parent, folders, names in os.walk(root / folder):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(parent, name)  # noqa: PTH118 - 2,000 files: Path is slower
                found[os.path.relpath(path, root).replace(os.sep, "/")] = _digest_of(path)
    return found


def _digest_of(path: str) -> str:
    if os.path.islink(path):  # noqa: PTH114
        return f"link:{os.readlink(path)}"  # noqa: PTH115
    try:
        if not os.path.isfile(path):  # noqa: PTH113
            return "special"
        with open(path, "rb") as file:  # noqa: PTH123
            return digest(file.read())
    except OSError:
        return "unreadable"


@dataclass(frozen=True)
class Record:
    """What is known of one output: what it was made from, and its own digest and size."""

    key: str
    digest: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """The manifest: versions, inputs, outputs by name, and the problems of the last build."""

    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, Record] = field(default_factory=dict)
    problems: tuple[Mapping[str, Any], ...] = ()


def load(build: Path) -> Manifest:
    """The manifest of the last build; an empty one when there is none or it cannot be read."""
    try:
        data = json.loads((build / NAME).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            return Manifest()
        outputs = {name: Record(**record) for name, record in data["outputs"].items()}
        return Manifest(data["versions"], data["inputs"], outputs, tuple(data["problems"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest()


def save(root: Path, build: Path, manifest: Manifest) -> None:
    """Write the manifest, byte for byte the same for the same content."""
    data = {
        "format": _FORMAT,
        "versions": manifest.versions,
        "inputs": manifest.inputs,
        "outputs": {
            name: {"key": record.key, "digest": record.digest, "size": record.size}
            for name, record in sorted(manifest.outputs.items())
        },
        "problems": list(manifest.problems),
    }
    content = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files.write_text(root, build / NAME, content)


def key_of(parts: Iterable[str]) -> str:
    """A key for everything an output depends on."""
    return digest("\0".join(parts).encode("utf-8"))


def stands(build: Path, name: str, record: Record | None, key: str) -> bool:
    """Whether the output ``name`` is there, whole, and made from exactly this."""
    if record is None or record.key != key:
        return False
    try:
        content = (build / name).read_bytes()
    except OSError:
        return False
    return len(content) == record.size and digest(content) == record.digest
