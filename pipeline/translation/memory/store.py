"""The memory's SQLite file: texts with their translations, and groups of characters to find them.

Only an index of files that people keep: whatever is wrong with it, it is made again from them.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

from pipeline.database import Database
from pipeline.errors import ActesError
from pipeline.translation.fingerprint import normalised
from pipeline.translation.memory import grams
from pipeline.translation.memory.entries import Entry, Input

_TABLES = (
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE inputs (id INTEGER PRIMARY KEY, name TEXT UNIQUE, digest TEXT)",
    "CREATE TABLE texts ("
    "id INTEGER PRIMARY KEY AUTOINCREMENT, language TEXT, hash INTEGER, text TEXT)",
    "CREATE TABLE units ("
    "text INTEGER, input INTEGER, target_language TEXT, source TEXT, target TEXT, state TEXT, "
    "place TEXT, before TEXT)",
    "CREATE TABLE grams (language TEXT, gram TEXT, texts BLOB)",
    "CREATE INDEX texts_by_hash ON texts (hash)",
    "CREATE INDEX units_by_text ON units (text)",
    "CREATE INDEX units_by_input ON units (input)",
    "CREATE INDEX grams_by_gram ON grams (language, gram)",
)
_MOST_LAYERS = 24
PATIENCE = 20.0
"""Seconds to wait for another command that is writing the index."""


def database(root: Path, file: Path | None) -> Database:
    """The index's database; what has become confidential leaves no trace in it."""
    return Database(root, file, _TABLES, wipe=True, patience=PATIENCE)


class Store:
    """A database, in ``file`` below ``root``, or in memory where there is none."""

    def __init__(self, root: Path, file: Path | None, version: str) -> None:
        """Open or begin the database. Raises sqlite3.Error, ActesError as `expect_own`."""
        self._own = database(root, file)
        self._database = self._own.connect()
        try:
            self._begin(f"{version} {sys.byteorder}")
        except BaseException:
            self._database.close()
            raise

    def _begin(self, version: str) -> None:
        def is_ours(_connection: sqlite3.Connection) -> bool:
            return self._about("version") == version

        if not is_ours(self._database):
            self._own.renew(self._database, unless=is_ours)
            with self._database as database:
                database.execute("INSERT OR REPLACE INTO about VALUES ('version', ?)", (version,))

    def _about(self, key: str) -> str:
        row = self._database.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    # -- keeping up -----------------------------------------------------------------------------

    def update(self, inputs: Sequence[Input], others: Sequence[Input] = ()) -> list[ActesError]:
        """Hold what ``inputs`` say, and of ``others`` what is held already; nothing else.

        Those whose digest is known are not read. An input that cannot be read adds nothing, and its
        error is returned, every time.
        """
        wanted = {item.name: item.digest for item in (*inputs, *others)}
        held = self._known().keys()
        if held <= wanted.items() and all((item.name, item.digest) in held for item in inputs):
            return []
        errors: list[ActesError] = []
        with self._database as database:
            database.execute("BEGIN IMMEDIATE")
            known = self._known()
            fresh = [item for item in inputs if (item.name, item.digest) not in known]
            gone = [number for key, number in known.items() if key not in wanted.items()]
            for number in gone:
                self._remove(number)
            added: dict[str, list[tuple[int, str]]] = {}
            for item in fresh:
                try:
                    entries = list(item.read())
                except ActesError as error:
                    errors.append(error)
                    continue
                self._add(item, entries, added)
            if gone or added:
                self._index(added)
        # Not only once nobody has it open: the review page does all day, and what has become
        # confidential would stand in the file as long.
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return errors

    def _known(self) -> dict[tuple[str, str], int]:
        """The inputs that are held, by name and digest."""
        rows = self._database.execute("SELECT name, digest, id FROM inputs")
        return {(name, digest): number for name, digest, number in rows}

    def _remove(self, number: int) -> None:
        database = self._database
        texts = database.execute("SELECT DISTINCT text FROM units WHERE input = ?", (number,))
        held = texts.fetchall()
        database.execute("DELETE FROM units WHERE input = ?", (number,))
        database.executemany(
            "DELETE FROM texts WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM units WHERE text = ?1)",
            held,
        )
        database.execute("DELETE FROM inputs WHERE id = ?", (number,))

    def _add(
        self, item: Input, entries: Iterable[Entry], added: dict[str, list[tuple[int, str]]]
    ) -> None:
        cursor = self._database.execute(
            "INSERT INTO inputs (name, digest) VALUES (?, ?)", (item.name, item.digest)
        )
        number = cursor.lastrowid
        rows = []
        for entry in dict.fromkeys(entries):
            text = normalised(entry.source)
            if text and entry.target.strip():
                place = self._text(entry.source_language, text, added)
                rows.append((place, number, entry.target_language, entry.source, entry.target,
                             entry.state, entry.where, entry.before))  # fmt: skip
        self._database.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def _text(self, language: str, text: str, added: dict[str, list[tuple[int, str]]]) -> int:
        """The number of a text, which it is given when it is new."""
        found = self._find(language, text)
        if found is not None:
            return found
        cursor = self._database.execute(
            "INSERT INTO texts (language, hash, text) VALUES (?, ?, ?)",
            (language, _hash(language, text), text),
        )
        number = int(cursor.lastrowid or 0)
        added.setdefault(language, []).append((number, text))
        return number

    def _find(self, language: str, text: str) -> int | None:
        rows = self._database.execute(
            "SELECT id, language, text FROM texts WHERE hash = ?", (_hash(language, text),)
        )
        for number, of, there in rows:
            if of == language and there == text:
                return int(number)
        return None

    def _index(self, added: dict[str, list[tuple[int, str]]]) -> None:
        """Index the new texts in a layer of their own; all in one when layers or holes are many.

        A text that has gone leaves its number in the index: a hole, which finds nothing.
        """
        database = self._database
        (count, last) = database.execute("SELECT count(*), max(id) FROM texts").fetchone()
        new = sum(map(len, added.values()))
        indexed = int(self._about("indexed") or 0) + new
        layers = int(self._about("layers") or 0) + 1
        if layers > _MOST_LAYERS or indexed > 2 * count:
            database.execute("DELETE FROM grams")
            added = {}
            for number, language, text in database.execute(
                "SELECT id, language, text FROM texts ORDER BY id"
            ):
                added.setdefault(language, []).append((number, text))
            indexed, layers = count, 1
        for language, texts in added.items():
            packed = grams.postings(texts)
            database.executemany(
                "INSERT INTO grams VALUES (?, ?, ?)",
                ((language, gram, packed[gram]) for gram in sorted(packed)),
            )
        database.executemany(
            "INSERT OR REPLACE INTO about VALUES (?, ?)",
            [("indexed", str(indexed)), ("layers", str(layers)), ("last", str(last))],
        )

    # -- looking up -----------------------------------------------------------------------------

    def same(self, language: str, text: str) -> int | None:
        """The number of the text that is ``text``, normalised."""
        return self._find(language, normalised(text))

    def near(self, language: str, text: str) -> dict[int, str]:
        """Texts of ``language`` that may be near ``text``, by number."""
        counts: dict[str, int] = {}
        for gram in grams.grams(text):
            (size,) = self._database.execute(
                "SELECT sum(length(texts)) FROM grams WHERE language = ? AND gram = ?",
                (language, gram),
            ).fetchone()
            if size:
                counts[gram] = size
        lists: list[bytes] = []
        for gram in grams.telling(counts):
            rows = self._database.execute(
                "SELECT texts FROM grams WHERE language = ? AND gram = ?", (language, gram)
            )
            lists += [packed for (packed,) in rows]
        texts: dict[int, str] = {}
        for number in grams.candidates(lists):
            for row in self._database.execute("SELECT text FROM texts WHERE id = ?", (number,)):
                texts[number] = row[0]
        return texts

    def entries(self, number: int, target_language: str | None = None) -> list[Entry]:
        """The entries of a text, into one language or into all."""
        rows = self._database.execute(
            "SELECT language, target_language, source, target, state, place, before FROM units "
            "JOIN texts ON texts.id = units.text WHERE units.text = ?",
            (number,),
        )
        return [Entry(*row) for row in rows if target_language in (None, row[1])]

    def empty(self) -> bool:
        """Whether it holds no entry."""
        return self._database.execute("SELECT 1 FROM units LIMIT 1").fetchone() is None

    def all_entries(self) -> list[Entry]:
        """Every entry of the memory."""
        rows = self._database.execute(
            "SELECT language, target_language, source, target, state, place, before FROM units "
            "JOIN texts ON texts.id = units.text"
        )
        return [Entry(*row) for row in rows]


def _hash(language: str, text: str) -> int:
    digest = blake2b(f"{language}\0{text}".encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)
