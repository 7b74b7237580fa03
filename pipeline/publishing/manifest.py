"""build/manifest.json: what went into each edition and what came out, by digest.

It proves which sources a file was made from, and tells the next build that nothing has changed.
It holds no time, user or folder (law 10).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import files
from pipeline.errors import ActesError, Place, Problem, Severity
from pipeline.workspace.digests import digest

NAME = "manifest.json"
_FORMAT = 2
_MOST = 256 * 1024**2  # of a manifest or an edition
_NAME_OF_OUTPUT = re.compile(r"[a-z0-9][A-Za-z0-9-]*\.[a-z]+")


@dataclass(frozen=True)
class Record:
    """What is known of one output: its own digest and size, and what it was made from.

    ``key`` stands for everything that decides its bytes, ``sources`` for the inputs alone: the
    digest of the manifest's ``inputs`` of that build.
    """

    key: str
    sources: str
    digest: str
    size: int


@dataclass(frozen=True)
class Done:
    """A build that could be done again for nothing: all its outputs, and the problems it told."""

    outputs: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Manifest:
    """The manifest: versions, inputs of the last build, outputs by name, builds by their key."""

    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, Record] = field(default_factory=dict)
    builds: Mapping[str, Done] = field(default_factory=dict)


def load(build: Path) -> Manifest:
    """The manifest of the last build; an empty one when there is none or it cannot be read."""
    try:
        data = json.loads(files.read_bytes(build, build / NAME, _MOST))
        if data["format"] != _FORMAT:
            return Manifest()
        outputs = {
            str(name): _record(record)
            for name, record in data["outputs"].items()
            if _NAME_OF_OUTPUT.fullmatch(name)
        }
        builds = {str(key): _done(build) for key, build in data["builds"].items()}
        return Manifest(dict(data["versions"]), dict(data["inputs"]), outputs, builds)
    except (ActesError, AttributeError, ValueError, KeyError, TypeError, RecursionError):
        return Manifest()


def _record(data: Mapping[str, Any]) -> Record:
    key, sources, made = (str(data[name]) for name in ("key", "sources", "digest"))
    return Record(key, sources, made, int(data["size"]))


def _done(data: Mapping[str, Any]) -> Done:
    names = tuple(str(name) for name in data["outputs"] if _NAME_OF_OUTPUT.fullmatch(name))
    return Done(names, tuple(revived(problem) for problem in data["problems"]))


def revived(data: Mapping[str, Any]) -> Problem:
    """A problem as `save` wrote it. Raises KeyError, TypeError or ValueError if it is none."""
    place = Place(str(data["file"]), int(data["line"]), int(data["column"]))
    values = {str(name): str(value) for name, value in data["values"].items()}
    problem = Problem(str(data["rule"]), place, values, Severity(data["severity"]))
    problem.message()  # a rule that the catalogue knows, with the values it asks for
    return problem


def _flat(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "rule": problem.rule,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "values": {name: str(value) for name, value in problem.values.items()},
        "severity": problem.severity.value,
    }


def save(root: Path, build: Path, manifest: Manifest) -> None:
    """Write the manifest, byte for byte the same for the same content."""
    data = {
        "format": _FORMAT,
        "versions": manifest.versions,
        "inputs": manifest.inputs,
        "outputs": {
            name: {
                "key": record.key,
                "sources": record.sources,
                "digest": record.digest,
                "size": record.size,
            }
            for name, record in sorted(manifest.outputs.items())
        },
        "builds": {
            key: {
                "outputs": list(done.outputs),
                "problems": [_flat(problem) for problem in done.problems],
            }
            for key, done in sorted(manifest.builds.items())
        },
    }
    content = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    # A name of a file that is no UTF-8 is written as the bytes it has, escaped.
    files.write_bytes(root, build / NAME, content.encode("utf-8", "backslashreplace"))


def key_of(parts: Iterable[str]) -> str:
    """A key for everything an output depends on."""
    return digest("\0".join(parts).encode("utf-8", "surrogateescape"))


def stands(build: Path, name: str, record: Record | None, key: str) -> bool:
    """Whether the output ``name`` is there, whole, and made from exactly this."""
    if record is None or record.key != key:
        return False
    try:
        content = files.read_bytes(build, build / name, _MOST)
    except ActesError:
        return False
    return len(content) == record.size and digest(content) == record.digest
