"""A version that was kept, opened as what it was on its day."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.declaration import desk
from pipeline.declaration.dossier import Dossier
from pipeline.declaration.versions import VERSIONS, Version, adopted, named, read_versions
from pipeline.errors import ActesError, Exit, stop
from pipeline.workspace.load import Workspace


@dataclass(frozen=True)
class Kept:
    """A version; the folder below build/ that holds it as a workspace, and what that says."""

    version: Version
    folder: Path
    workspace: Workspace
    dossier: Dossier


def opened(root: Path, name: str | None = None) -> Kept:
    """The adopted version, or that of the name or title given.

    Nothing is asked of today's texts. Raises ActesError ``adopted-none``, ``version-unknown``, what
    is wrong with a version that was touched since, and as `desk.read`.
    """
    kept, wrong = read_versions(root)
    version = named(kept, name) if name else adopted(kept)
    if wrong and not name:  # the one that was touched may be the last that was adopted
        raise ActesError(wrong)
    if version is None:
        raise stop("adopted-none", VERSIONS, code=Exit.USAGE)
    folder = desk.unpack(root, version)
    now = desk.read(folder)
    return Kept(version, folder, now.workspace, now.dossier)
