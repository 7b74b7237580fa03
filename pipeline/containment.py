"""Where paths may lead: not outside a folder given as root, by ``..`` or by a link (law 9)."""

from __future__ import annotations

import contextlib
import os
import stat
from functools import lru_cache
from pathlib import Path

from pipeline.errors import ActesError, reason, stop


def contained(root: Path, path: Path) -> Path:
    """``path`` made absolute, when it and every link on its way stay inside ``root``.

    Raises ActesError ``path-outside``, ``file-unreadable``.
    """
    base = _resolved(root.absolute())
    absolute = path if path.is_absolute() else base / path
    if _plainly_inside(base, absolute):
        return absolute
    try:
        resolved = absolute.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a name too long
        raise stop("file-unreadable", shown(root, path), reason=reason(error)) from None
    if resolved != base and base not in resolved.parents:
        raise stop("path-outside", shown(root, path))
    return absolute


@lru_cache(maxsize=16)
def _resolved(root: Path) -> Path:
    """Where a root really is. Should it move meanwhile, what is in it is outside, and refused."""
    return root.resolve()


def _plainly_inside(base: Path, path: Path) -> bool:
    """Whether no link and no ``..`` stands between ``base`` and ``path``: nothing is to resolve."""
    if os.pardir in path.parts or "\0" in str(path) or not path.is_relative_to(base):
        return False
    below = base
    for part in path.relative_to(base).parts:
        below = below / part
        if below.is_symlink():
            return False
    return True


def is_inside(root: Path, path: Path) -> bool:
    """Whether ``path`` and every link on its way stay inside ``root``."""
    try:
        contained(root, path)
    except ActesError:
        return False
    return True


def expect_own(root: Path, path: Path) -> None:
    """Let pass a regular file inside ``root`` that is no link, or nothing at all.

    For files that another library opens by name. Raises ActesError ``path-outside`` or
    ``not-a-file``, ``file-unreadable``.
    """
    contained(root, path.parent)
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise stop("file-unreadable", shown(root, path), reason=reason(error)) from None
    if not stat.S_ISREG(mode):
        raise stop("not-a-file", shown(root, path))


def shown(root: Path, path: Path) -> str:
    """A path as people are told it: from ``root``, where it is below it."""
    with contextlib.suppress(ValueError):
        return path.relative_to(root).as_posix()
    return path.as_posix()
