"""The digest of every input of a workspace: how a command knows that nothing has changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

_LARGEST = 128 * 1024**2  # no command reads a larger file: its size is enough to know it by


def digest(content: bytes) -> str:
    """The digest of a file's content, as the manifest writes it."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def inputs(
    root: Path, notice: Callable[[str, bytes], object] = lambda _path, _content: None
) -> dict[str, str]:
    """The digest of every file under `sources/` and `templates/`, by path, in order.

    Links are recorded by where they lead, and not followed (law 9). ``notice`` is shown the path
    and content of every file that was read, so that nobody has to read them again.
    """
    found: dict[str, str] = {}
    for folder in ("sources", "templates"):
        if (root / folder).is_symlink():
            found[folder] = _digest_of(str(root / folder))
            continue
        for parent, folders, names in os.walk(root / folder):
            folders.sort()
            links = [n for n in folders if os.path.islink(os.path.join(parent, n))]  # noqa: PTH114, PTH118
            for name in sorted([*names, *links]):
                path = os.path.join(parent, name)  # noqa: PTH118 - 2,000 files: Path is slower
                shown = os.path.relpath(path, root).replace(os.sep, "/")
                found[shown] = _digest_of(path, partial(notice, shown))
    return found


def _digest_of(path: str, notice: Callable[[bytes], object] = lambda _: None) -> str:
    if os.path.islink(path):  # noqa: PTH114
        return f"link:{os.readlink(path)}"  # noqa: PTH115
    try:
        status = os.stat(path)  # noqa: PTH116
        if not stat.S_ISREG(status.st_mode):
            return "special"
        if status.st_size > _LARGEST:
            return f"large:{status.st_size}"
        with open(path, "rb") as file:  # noqa: PTH123
            content = file.read()
        notice(content)
        return digest(content)
    except OSError:
        return "unreadable"
