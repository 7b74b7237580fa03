"""What engines answered, kept under `build/` as it arrives: no text is paid for twice (law 5).

Only answers that `answers.fault` lets pass come here, and never one to a confidential text: those
come from engines on this machine, cost nothing, and a copy of `build/` must not hold them. A file
that is lost or torn costs money, never a result: it is begun anew, and nothing else stops.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from pipeline import files
from pipeline.errors import ActesError

_BESIDE = ("wal", "shm", "journal")  # what SQLite writes beside a database, through links too
_AT_ONCE = 500  # keys looked for in one question
_VERSION = "1"
# Busy, full, not writable: what is in the file is still good.
_NOT_TORN = (
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN",
    "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_INTERRUPT",
)  # fmt: skip

Result = TypeVar("Result")


class Paid:
    """Answers by key. Every failure of the file reads as « not there »."""

    def __init__(self, root: Path, file: Path) -> None:
        self._root = root
        self._file = file

    @staticmethod
    def key(
        engine: str, settings: Iterable[str], source: str, target: str, text: str,
        terms: Iterable[tuple[str, str]] = (),
    ) -> str:  # fmt: skip
        """The digest of all that decides an answer: engine and settings, languages, text, terms."""
        parts = [_VERSION, engine, [*settings], source, target, text, sorted(map(list, terms))]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def find(self, keys: Iterable[str]) -> dict[str, str]:
        """The answers that are there for ``keys``."""
        wanted = list(dict.fromkeys(keys))
        if not wanted or not self._file.exists():
            return {}

        def read(connection: sqlite3.Connection) -> dict[str, str]:
            found: dict[str, str] = {}
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                question = f"SELECT key, answer FROM answers WHERE key IN ({marks})"  # noqa: S608
                rows = connection.execute(question, some)
                found.update({key: text for key, text in rows if isinstance(text, str)})
            return found

        return self._try(read) or {}

    def keep(self, answers: Iterable[tuple[str, str]]) -> None:
        """Write answers by key; when this returns they are on the disk."""
        rows = [*answers]

        def write(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)

        self._try(write)

    def _try(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """``work`` on the database; one that is not ours, or torn, is deleted and begun anew."""
        for _time in range(2):
            try:
                with contextlib.closing(self._connect()) as connection:
                    return work(connection)
            except sqlite3.Error as error:
                if str(getattr(error, "sqlite_errorname", "")).startswith(_NOT_TORN):
                    return None
                self._forget()
            except ActesError:
                return None
        return None

    def _connect(self) -> sqlite3.Connection:
        files.make_folder(self._root, self._file.parent)
        for name in self._names():
            files.expect_own(self._root, name)
        connection = sqlite3.connect(self._file, timeout=10)
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)"
            )
        except BaseException:
            connection.close()
            raise
        return connection

    def _names(self) -> list[Path]:
        ends = (self._file.name, *(f"{self._file.name}-{end}" for end in _BESIDE))
        return [self._file.with_name(name) for name in ends]

    def _forget(self) -> None:
        for name in self._names():
            with contextlib.suppress(ActesError, OSError):
                files.remove(self._root, name)
