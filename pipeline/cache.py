"""What was computed once for some content, kept under `build/` and found again by its digest.

Only a convenience: a cache that is lost, torn or of another version costs time, never a result.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.database import Database

_TABLES = ("CREATE TABLE entries (key TEXT PRIMARY KEY, version TEXT, value BLOB)",)


class Cache:
    """Bytes by key in one SQLite file; every failure of the file reads as « not there ».

    ``part`` is for those who ask for a few entries of many: nothing is forgotten then.
    """

    def __init__(self, root: Path, file: Path, version: str, *, part: bool = False) -> None:
        self._database = Database(root, file, _TABLES)
        self._version = version
        self._part = part

    def get_all(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The entries of this version among ``keys``."""
        wanted = set(keys)

        def read(connection: sqlite3.Connection) -> dict[str, bytes]:
            rows = self._few(connection, wanted) if self._part else self._all(connection)
            return {k: v for k, v in rows if k in wanted and isinstance(v, bytes)}

        return self._database.attempt(read) or {}

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

        def write(connection: sqlite3.Connection) -> None:
            with connection:
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

        self._database.attempt(write)
