"""Named versions of the declaration: « projet 1 », « texte adopté »; kept, never changed.

A version is a folder with exact copies of the files that decide what is printed, and
``version.yaml`` with the digest of each. It can be compared, and built again, byte for byte. One
that was touched afterwards is named, and counts for nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from pipeline import files
from pipeline.containment import is_inside
from pipeline.errors import ActesError, Exit, Place, Problem, stop
from pipeline.workspace import yaml
from pipeline.workspace.nearest import near_or_all
from pipeline.workspace.schema import Strict, Text, validate

VERSIONS = "sources/declaration/versions"
RECORD = "version.yaml"
LIMIT = 16 * 1024 * 1024
_MOST = 500
_INSIDE = r"^(?:sources|templates)(?:/[^./\\\x00-\x1f][^/\\\x00-\x1f]*)+$"
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Member = Annotated[str, StringConstraints(pattern=_INSIDE, max_length=300)]


class _Record(Strict):
    number: Annotated[int, Field(ge=1, le=100_000)]
    title: Text
    by: Text
    on: datetime.date
    adopted: bool = False
    files: dict[Member, Digest]


@dataclass(frozen=True)
class Version:
    """A version: its folder's ``name``, its place in the order, its files with their digests."""

    name: str
    number: int
    title: str
    by: str
    on: datetime.date
    adopted: bool
    files: Mapping[str, str]

    @property
    def folder(self) -> str:
        """Where it is, relative to the workspace."""
        return f"{VERSIONS}/{self.name}"


def digest(content: bytes) -> str:
    """SHA-256, which anybody can compute with the tools of any system."""
    return hashlib.sha256(content).hexdigest()


def slug(title: str) -> str:
    """The folder's name for a title.

    >>> slug("Texte adopté"), slug("Projet n° 2"), slug("最終案")
    ('texte-adopte', 'projet-n-2', '')
    """
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def record(version: Version) -> str:
    """The text of ``version.yaml``."""
    title, by = _quoted(version.title), _quoted(version.by)
    adopted = "adopted: true\n" if version.adopted else ""
    listed = "".join(
        f'  {_quoted(name)}: "{value}"\n' for name, value in sorted(version.files.items())
    )
    return (
        f"number: {version.number}\ntitle: {title}\nby: {by}\non: {version.on.isoformat()}\n"
        f"{adopted}files:\n{listed}"
    )


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def read_versions(root: Path) -> tuple[list[Version], list[Problem]]:
    """The versions in their order; what is wrong with the others, or was changed in one."""
    folder = root / VERSIONS
    found: list[Version] = []
    problems: list[Problem] = []
    if not folder.is_dir() or not is_inside(root, folder):
        return [], []
    for path in sorted(folder.iterdir(), key=lambda p: p.name)[:_MOST]:
        if path.name.startswith(".") or not path.is_dir():
            continue
        try:
            version, wrong = _read(root, path.name)
        except ActesError as error:
            version, wrong = None, list(error.problems)
        problems += wrong
        if version is not None:
            found.append(version)
    return sorted(found, key=lambda v: (v.number, v.name)), problems


def _read(root: Path, name: str) -> tuple[Version | None, list[Problem]]:
    place = f"{VERSIONS}/{name}/{RECORD}"
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is None:
        return None, [Problem("version-name", Place(place), {"name": name})]
    try:
        text = files.read_bytes(root, root / place, yaml.MAX_BYTES).decode("utf-8")
    except UnicodeDecodeError:
        raise stop("not-utf8", place) from None
    document = yaml.parse(text, place)
    kept: _Record | None
    kept, problems = validate(_Record, document)
    if kept is None:
        return None, problems
    version = Version(name, kept.number, kept.title, kept.by, kept.on, kept.adopted, kept.files)
    changed = [n for n in kept.files if _digest_of(root, version, n) != kept.files[n]]
    if changed:
        return None, [Problem("version-altered", Place(f"{version.folder}/{n}")) for n in changed]
    return version, problems


def _digest_of(root: Path, version: Version, name: str) -> str:
    try:
        return digest(content(root, version, name))
    except ActesError:
        return ""


def content(root: Path, version: Version, name: str) -> bytes:
    """A file of a version. Raises ActesError as `files.read_bytes` does."""
    return files.read_bytes(root, root / version.folder / name, LIMIT)


def keep(root: Path, version: Version, contents: Mapping[str, bytes]) -> None:
    """Write a new version: its files, and last of all its record, which makes it one.

    Raises ActesError ``version-exists``.
    """
    taken = stop("version-exists", f"{version.folder}/{RECORD}", name=version.name)
    if (root / version.folder / RECORD).exists():
        raise taken
    for name, data in contents.items():
        path = root / version.folder / name
        if not files.create_bytes(root, path, data) and content(root, version, name) != data:
            raise taken  # not what a killed command left behind, but somebody's file
    if not files.create_bytes(root, root / version.folder / RECORD, record(version).encode()):
        raise taken


def named(versions: Sequence[Version], name: str) -> Version:
    """The version of that name or title.

    Raises ActesError ``version-none``, ``version-unknown`` (exit code 2).
    """
    for version in versions:
        if name in (version.name, version.title):
            return version
    if not versions:
        raise stop("version-none", VERSIONS, code=Exit.USAGE)
    near = near_or_all(name, [version.name for version in versions])
    raise stop("version-unknown", VERSIONS, code=Exit.USAGE, name=name, nearest=near)


def adopted(versions: Iterable[Version]) -> Version | None:
    """The text that was adopted: the last version that says so."""
    return next((v for v in reversed(list(versions)) if v.adopted), None)
