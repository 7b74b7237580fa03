"""A small database of our own under `build/`: opened, told from a stranger's, begun anew when torn.

It only saves time, or money: whatever is wrong with it, a command goes on without. One that another
command holds is waited for, then done without, and never thrown away.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline import files
from pipeline.containment import expect_own
from pipeline.errors import ActesError

PATIENCE = 5.0
"""Seconds to wait for another command that is writing."""
_BESIDE = ("wal", "shm", "journal")  # what SQLite writes beside a database, through links too
# What SQLite says of a file that is none of ours; an error without a name is of what stands in one
# (letters that are none). Whatever else it says (busy, full, not writable), what is there is good.
_TORN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_ERROR", "SQLITE_CONSTRAINT",
         "SQLITE_MISMATCH")  # fmt: skip

Result = TypeVar("Result")


@dataclass(frozen=True)
class Database:
    """A database in ``file`` below ``root``, or in memory where there is none.

    ``tables`` are the statements that make it: it holds these and nothing else, since a view or a
    trigger of a stranger's would have us compute without end (law 9). ``synchronous`` is SQLite's
    word for how much a power cut may cost: ``OFF`` or ``FULL``; ``wipe`` says whether what is
    deleted leaves no trace in the file.
    """

    root: Path
    file: Path | None
    tables: Sequence[str]
    synchronous: str = "OFF"
    wipe: bool = False
    patience: float | None = None

    def connect(self) -> sqlite3.Connection:
        """A connection to it, made if it is not there, made anew if it is another's.

        Raises sqlite3.Error, and ActesError as `expect_own`.
        """
        if self.file is not None:
            files.make_folder(self.root, self.file.parent)
            for name in _names(self.file):
                expect_own(self.root, name)
        patience = PATIENCE if self.patience is None else self.patience
        connection = sqlite3.connect(self.file or ":memory:", timeout=patience)
        try:
            for pragma in ("trusted_schema=OFF", "journal_mode=WAL",
                           f"synchronous={self.synchronous}",
                           f"secure_delete={'ON' if self.wipe else 'OFF'}"):  # fmt: skip
                connection.execute(f"PRAGMA {pragma}")
            if not self._is_ours(connection):
                self.renew(connection, unless=self._is_ours)
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        return sorted(made for _kind, _name, made in _schema(connection)) == sorted(self.tables)

    def renew(
        self, connection: sqlite3.Connection, unless: Callable[[sqlite3.Connection], bool]
    ) -> None:
        """Empty it, ``unless`` another command was faster. Who is reading reads what was there."""
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            if unless(connection):
                return
            # Indexes and triggers go with their tables.
            for kind, name, _made in _schema(connection):
                if kind in ("table", "view"):
                    quoted = name.replace('"', '""')
                    connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')
            for statement in self.tables:
                connection.execute(statement)

    def attempt(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """``work`` on it; None where it is held, full or not writable. One that is torn is deleted,
        and begun anew."""
        for _time in range(2):
            try:
                with contextlib.closing(self.connect()) as connection:
                    return work(connection)
            except sqlite3.Error as error:
                if not torn(error):
                    return None
                self.forget()
            except ActesError:
                return None
        return None

    def forget(self) -> None:
        """Delete the file, with what SQLite left beside it."""
        for name in _names(self.file) if self.file is not None else ():
            with contextlib.suppress(ActesError, OSError):
                files.remove(self.root, name)


def torn(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is no database of ours."""
    return str(getattr(error, "sqlite_errorname", _TORN[0])).startswith(_TORN)


def _schema(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """What a database is made of: kind, name, and the statement that made it.

    Left out is what SQLite adds by itself for our tables.
    """
    return connection.execute(
        "SELECT type, name, sql FROM sqlite_master "
        "WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'"
    ).fetchall()


def _names(file: Path) -> list[Path]:
    return [file, *(file.with_name(f"{file.name}-{end}") for end in _BESIDE)]
