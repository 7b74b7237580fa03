"""What this program is made of, which decides its results as the texts do: code and packages."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_DESCRIBED = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)\.dist-info")


@cache
def code() -> str:
    """The digest of all code and its tables: what a checkout has changed is done again."""
    return digest(_PACKAGE, (".py", ".lua", ".toml"))


def digest(folder: Path, endings: tuple[str, ...] = ("",)) -> str:
    """The digest of the files below ``folder`` whose names end so, and of their names."""
    found = hashlib.blake2b(digest_size=16)
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(name for name in names if name.endswith(endings)):
            with open(f"{parent}/{name}", "rb") as file:  # noqa: PTH123 - 500 files: Path is slower
                content = hashlib.blake2b(file.read()).digest()
            found.update(name.encode() + b"\0" + content)
    return found.hexdigest()


def version(package: str) -> str:
    """The version of an installed package; raises `importlib.metadata.PackageNotFoundError`."""
    known = _installed().get(_normal(package))
    if known is None:
        from importlib.metadata import version as described

        return described(package)
    return known


@cache
def _installed() -> Mapping[str, str]:
    """Packages with the version that the folder of their description bears in its name.

    NAME-VERSION.dist-info is the specification of installed projects. importlib.metadata reads
    what stands in it too, which takes as long as all else in a build with nothing to do.
    """
    found: dict[str, str] = {}
    for folder in filter(None, reversed(sys.path)):  # of two, the one that would be imported
        with contextlib.suppress(OSError):
            described = filter(None, map(_DESCRIBED.fullmatch, os.listdir(folder)))  # noqa: PTH208
            found |= {_normal(one["name"]): one["version"] for one in described}
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
