"""The only reader of untrusted paths and the only writer of files.

Writing is atomic (a temporary file in the same folder, fsync, rename, fsync of the folder), so a
command killed at any moment leaves whole files (law 2). Both ways are contained: no path, link or
``..`` leads outside the folder given as root (law 9).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.containment import contained, shown
from pipeline.errors import Exit, reason, stop

try:
    import fcntl
except ImportError:  # Windows: single-user desktops; the lock file alone is kept there
    fcntl = None  # type: ignore[assignment]

_TEMPORARY = ".actes-tmp"
_BINARY = getattr(os, "O_BINARY", 0)


def read_bytes(root: Path, path: Path, limit: int) -> bytes:
    """The bytes of a regular file inside ``root``, at most ``limit`` of them.

    Raises ActesError: ``path-outside`` (also through a link), ``not-a-file`` (folder, pipe or
    device), ``file-missing``, ``file-too-large``, ``file-unreadable``.
    """
    place = shown(root, path)
    absolute = contained(root, path)
    try:
        # O_NONBLOCK: opening a named pipe must not wait for a writer that never comes.
        descriptor = os.open(absolute, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise stop("file-missing", place) from None
    except OSError as error:
        raise stop("file-unreadable", place, reason=reason(error)) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise stop("not-a-file", place)
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > limit:
            raise stop("file-too-large", place, size=status.st_size, limit=limit)
        return file.read(limit + 1)


def write_bytes(root: Path, path: Path, content: bytes, over: bytes | None = None) -> bool:
    """Make ``path`` hold ``content``, atomically; whether anything had to be written (law 4).

    With ``over``, only over exactly that content: what a person saved meanwhile stays (law 2), and
    nothing is written. Raises ActesError ``path-outside``, or ``file-unwritable`` in the system's
    words.
    """
    absolute = contained(root, path)
    if _holds(absolute, content):
        return False
    try:
        absolute.parent.mkdir(parents=True, exist_ok=True)
        if not _replace(absolute, content, over):
            return False
        _sync_folder(absolute.parent)
    except OSError as error:
        raise stop("file-unwritable", shown(root, path), reason=reason(error)) from None
    return True


def _replace(path: Path, content: bytes, over: bytes | None) -> bool:
    """Write beside ``path``, then take its place; a link there is replaced, never followed."""
    temporary = _temporary(path, content)
    try:
        if path.is_file() and not path.is_symlink():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        if over is not None and not _holds(path, over):
            temporary.unlink()
            return False
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def _temporary(path: Path, content: bytes) -> Path:
    """A file beside ``path`` that holds ``content``, on the disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}{_TEMPORARY}")
    temporary.unlink(missing_ok=True)
    # O_EXCL: what somebody put under the temporary name, a link perhaps, is not written through.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def create_bytes(root: Path, path: Path, content: bytes, settled: bool = True) -> bool:
    """Make a new file hold ``content``, whole from its first moment; False if something is there.

    What a person began under that name meanwhile stays (law 2). Who creates many files leaves them
    not ``settled``, and settles them together (see `settle`). Raises ActesError as `write_bytes`.
    """
    absolute = contained(root, path)
    try:
        absolute.parent.mkdir(parents=True, exist_ok=True)
        temporary = _temporary(absolute, content)
        try:
            os.link(temporary, absolute)  # unlike a rename, it never replaces
        except FileExistsError:
            return False
        finally:
            temporary.unlink(missing_ok=True)
        if settled:
            _sync_folder(absolute.parent)
    except OSError as error:
        raise stop("file-unwritable", shown(root, path), reason=reason(error)) from None
    return True


def settle(root: Path, paths: Iterable[Path]) -> None:
    """Have the disk keep the names of files that were created, each of their folders once.

    Raises ActesError ``file-unwritable``.
    """
    for folder in sorted({contained(root, path).parent for path in paths}):
        try:
            _sync_folder(folder)
        except OSError as error:
            raise stop("file-unwritable", shown(root, folder), reason=reason(error)) from None


def write_text(root: Path, path: Path, content: str) -> bool:
    """`write_bytes` of UTF-8 text, newlines as they stand in ``content``."""
    return write_bytes(root, path, content.encode("utf-8"))


def _holds(path: Path, content: bytes) -> bool:
    try:
        status = path.lstat()
        same = stat.S_ISREG(status.st_mode) and status.st_size == len(content)
        return same and path.read_bytes() == content
    except OSError:
        return False


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(root: Path, path: Path) -> None:
    """Delete a file inside ``root`` if it is there, or the link that stands in its place."""
    absolute = path if path.is_absolute() else root.resolve() / path
    contained(root, absolute.parent)
    with contextlib.suppress(IsADirectoryError, PermissionError):
        absolute.unlink(missing_ok=True)


def make_folder(root: Path, path: Path) -> Path:
    """A folder inside ``root``, made if it is not there.

    Raises ActesError ``path-outside``, or ``file-unwritable`` (also when a file stands there).
    """
    absolute = contained(root, path)
    try:
        absolute.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise stop("file-unwritable", shown(root, path), reason=reason(error)) from None
    return absolute


def clear(root: Path, path: Path) -> None:
    """Delete what stands at ``path``: a folder with all it holds, a file, or a link itself."""
    contained(root, path.parent)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        remove(root, path)


@contextlib.contextmanager
def locked(root: Path, build: Path) -> Iterator[None]:
    """Hold the workspace for one writing command; sweep what a killed one left behind.

    Raises ActesError ``workspace-busy`` (exit code 5) when another command holds it.
    """
    make_folder(root, build)
    with _lock_file(root, build / ".lock") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise stop("workspace-busy", code=Exit.BUSY) from None
        for folder in (root / "sources", build):
            sweep(folder)
        yield


def _lock_file(root: Path, path: Path) -> BinaryIO:
    """The lock, opened. It is made where it is not; a link, pipe or folder there is refused."""
    absolute = contained(root, path)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(absolute, flags, 0o666)
    except OSError as error:
        raise stop("file-unwritable", shown(root, path), reason=reason(error)) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise stop("not-a-file", shown(root, path))
    return os.fdopen(descriptor, "r+b")


def sweep(folder: Path) -> None:
    """Delete the temporary files of commands that were killed; only under the lock."""
    if folder.is_symlink():
        return
    for parent, _folders, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(_TEMPORARY):
                Path(parent, name).unlink(missing_ok=True)
