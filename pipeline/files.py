"""The only reader of untrusted paths and the only writer of files.

Writing is atomic (a temporary file in the same folder, fsync, rename, fsync of the folder), so a
command killed at any moment leaves whole files (law 2). Both ways are contained: no path, link or
``..`` leads outside the folder given as root (law 9).
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import Exit, stop

try:
    import fcntl
except ImportError:  # Windows: single-user desktops; the lock file alone is kept there
    fcntl = None  # type: ignore[assignment]

_TEMPORARY = ".actes-tmp"


def _contained(root: Path, path: Path) -> Path:
    """``path`` made absolute, when it and every link on its way stay inside ``root``."""
    base = root.resolve()
    absolute = path if path.is_absolute() else base / path
    resolved = absolute.resolve()
    if resolved != base and base not in resolved.parents:
        raise stop("path-outside", _shown(root, path))
    return absolute


def _shown(root: Path, path: Path) -> str:
    with contextlib.suppress(ValueError):
        return path.relative_to(root).as_posix()
    return path.as_posix()


def read_bytes(root: Path, path: Path, limit: int) -> bytes:
    """The bytes of a regular file inside ``root``, at most ``limit`` of them.

    Raises ActesError: ``path-outside`` (also through a link), ``not-a-file`` (folder, pipe or
    device), ``file-missing``, ``file-too-large``, ``file-unreadable``.
    """
    place = _shown(root, path)
    absolute = _contained(root, path)
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer that never comes.
        descriptor = os.open(absolute, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise stop("file-missing", place) from None
    except OSError as error:
        raise stop("file-unreadable", place, reason=error.strerror) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise stop("not-a-file", place)
        if status.st_size > limit:
            raise stop("file-too-large", place, size=status.st_size, limit=limit)
        return file.read(limit + 1)


def write_bytes(root: Path, path: Path, content: bytes) -> bool:
    """Make ``path`` hold ``content``, atomically; whether anything had to be written (law 4)."""
    absolute = _contained(root, path)
    if _holds(absolute, content):
        return False
    absolute.parent.mkdir(parents=True, exist_ok=True)
    temporary = absolute.with_name(f".{absolute.name}.{os.getpid()}{_TEMPORARY}")
    mode = stat.S_IMODE(absolute.stat().st_mode) if absolute.exists() else 0o666 & ~_umask()
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(absolute)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(absolute.parent)
    return True


def write_text(root: Path, path: Path, content: str) -> bool:
    """`write_bytes` of UTF-8 text, newlines as they stand in ``content``."""
    return write_bytes(root, path, content.encode("utf-8"))


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(root: Path, path: Path) -> None:
    """Delete a file inside ``root`` if it is there."""
    _contained(root, path).unlink(missing_ok=True)


@contextlib.contextmanager
def locked(root: Path, build: Path) -> Iterator[None]:
    """Hold the workspace for one writing command; sweep what a killed one left behind.

    Raises ActesError ``workspace-busy`` (exit code 5) when another command holds it.
    """
    build.mkdir(parents=True, exist_ok=True)
    lock = _contained(root, build / ".lock")
    with lock.open("a+b") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise stop("workspace-busy", code=Exit.BUSY) from None
        for folder in (root / "sources", build):
            sweep(folder)
        yield


def sweep(folder: Path) -> None:
    """Delete the temporary files of commands that were killed; only under the lock."""
    for parent, _folders, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(_TEMPORARY):
                Path(parent, name).unlink(missing_ok=True)
