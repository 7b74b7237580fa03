"""What was computed once for some content, kept under `build/` and found again by its digest.

Only a convenience: a cache that is lost, torn or of another version costs time, never a result.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline import files
from pipeline.errors import ActesError

_BESIDE = ("wal", "shm", "journal")  # what SQLite writes beside a database, through links too


class Cache:
    """Bytes by key in one SQLite file; every failure of the file reads as « not there ».

    ``part`` is for those who ask for a few entries of many: nothing is forgotten then.
    """

    def __init__(self, root: Path, file: Path, version: str, *, part: bool = False) -> None:
        self._root = root
        self._file = file
        self._version = version
        self._part = part

    def _open(self) -> sqlite3.Connection:
        files.make_folder(self._root, self._file.parent)
        for name in (self._file.name, *(f"{self._file.name}-{end}" for end in _BESIDE)):
            files.expect_own(self._root, self._file.with_name(name))
        connection = sqlite3.connect(self._file, timeout=5)
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, version TEXT, value BLOB)"
        )
        return connection

    def get_all(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The entries of this version among ``keys``."""
        wanted = set(keys)
        try:
            with contextlib.closing(self._open()) as connection:
                rows = self._few(connection, wanted) if self._part else self._all(connection)
                return {k: v for k, v in rows if k in wanted and isinstance(v, bytes)}
        except sqlite3.Error:
            self._forget()
            return {}
        except ActesError:
            return {}

    def _all(self, connection: sqlite3.Connection) -> Iterable[tuple[str, object]]:
        ours = "SELECT key, value FROM entries WHERE version = ?"
        return connection.execute(ours, (self._version,))

    def _few(
        self, connection: sqlite3.Connection, keys: Iterable[str]
    ) -> Iterable[tuple[str, object]]:
        one = "SELECT key, value FROM entries WHERE key = ? AND version = ?"
        for key in keys:
            yield from connection.execute(one, (key, self._version))

    def put_all(self, entries: Mapping[str, bytes], keep: Iterable[str] = ()) -> None:
        """Add entries; unless this is ``part`` of it, forget all that is neither among them nor in
        ``keep``."""
        wanted = {*entries, *keep}
        try:
            with contextlib.closing(self._open()) as connection, connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO entries VALUES (?, ?, ?)",
                    [(key, self._version, value) for key, value in entries.items()],
                )
                if not self._part:
                    known = [key for (key,) in connection.execute("SELECT key FROM entries")]
                    connection.executemany(
                        "DELETE FROM entries WHERE key = ?",
                        [(key,) for key in known if key not in wanted],
                    )
        except sqlite3.Error:
            self._forget()
        except ActesError:
            return

    def _forget(self) -> None:
        """Delete a file that is no cache of ours; the next command makes it anew."""
        for name in (self._file.name, *(f"{self._file.name}-{end}" for end in _BESIDE)):
            with contextlib.suppress(ActesError, OSError):
                files.remove(self._root, self._file.with_name(name))
