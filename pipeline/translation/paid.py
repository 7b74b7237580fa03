"""What engines answered, kept under `build/` as it arrives: no text is paid for twice (law 5).

Only answers that `answers.fault` lets pass come here, and never one to a confidential text: those
come from engines on this machine, cost nothing, and a copy of `build/` must not hold them. A file
that is lost or torn costs money, never a result: it is begun anew, and nothing else stops.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from pipeline.database import Database

_TABLES = ("CREATE TABLE answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL)",)
_AT_ONCE = 500  # keys looked for in one question
_VERSION = "1"


class Paid:
    """Answers by key. Every failure of the file reads as « not there »."""

    def __init__(self, root: Path, file: Path) -> None:
        self._file = file
        self._database = Database(root, file, _TABLES, "FULL")
        self._unkept: dict[str, str] = {}

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

        return self._database.attempt(read) or {}

    def keep(self, answers: Iterable[tuple[str, str]]) -> None:
        """Write answers by key; when this returns they are on the disk.

        Where the file is held or full they are not, and are written with the next that come.
        """
        self._unkept.update(answers)

        def write(connection: sqlite3.Connection) -> bool:
            rows = [*self._unkept.items()]
            with connection:
                connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)
            return True

        if self._database.attempt(write):
            self._unkept.clear()
