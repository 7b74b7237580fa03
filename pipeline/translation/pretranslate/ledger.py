"""What was left in order by the last run: a run with nothing changed looks at no text again.

Only a convenience, kept under `build/`: lost or torn, it costs time and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import files
from pipeline.errors import ActesError
from pipeline.workspace import digests

_FORMAT = 1
_MOST = 32 * 1024**2
_NAME = "cache/translated.json"


@dataclass(frozen=True)
class InOrder:
    """A text whose counterparts lacked nothing: the digest of its files (``marks``), the language
    of its original, and whether that is confidential."""

    marks: str
    original: str
    confidential: bool


@dataclass(frozen=True)
class Ledger:
    """``inputs`` is the digest of everything after a run that left nothing to do, empty after
    another; ``texts`` are those in order, by key. ``program`` is the code that decided so."""

    program: str = ""
    inputs: str = ""
    texts: Mapping[str, InOrder] = field(default_factory=dict)


def load(build: Path, program: str) -> Ledger:
    """The ledger of the last run of the same ``program``; else an empty one."""
    try:
        data = json.loads(files.read_bytes(build, build / _NAME, _MOST))
        texts = {
            str(key): InOrder(str(marks), str(original), confidential is True)
            for key, (marks, original, confidential) in data["texts"].items()
        }
        if data["format"] == _FORMAT and data["program"] == program:
            return Ledger(program, str(data["inputs"]), texts)
    except (ActesError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return Ledger(program)


def save(build: Path, ledger: Ledger) -> None:
    """Write the ledger. Raises ActesError as `files.write_bytes`."""
    data = {
        "format": _FORMAT,
        "program": ledger.program,
        "inputs": ledger.inputs,
        "texts": {
            key: [text.marks, text.original, text.confidential]
            for key, text in sorted(ledger.texts.items())
        },
    }
    content = json.dumps(data, ensure_ascii=False, indent=0).encode("utf-8")
    files.write_bytes(build, build / _NAME, content)


def whole(inputs: Mapping[str, str]) -> str:
    """The digest of all of a workspace's inputs (see `digests.inputs`)."""
    return digests.digest(repr(sorted(inputs.items())).encode("utf-8", "surrogateescape"))
