"""What is kept under build/: waited for while another command holds it, thrown away when torn."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipeline.cache import Cache
from pipeline.translation.paid import Paid

NAME = "build/cache/x.sqlite"


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another program has the file to itself: nobody else may read or write it."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.rollback()


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.database.PATIENCE", 0.1)


def test_a_cache_that_another_command_holds_is_done_without_and_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, tmp_path / NAME, "1")
    cache.put_all({"a": b"1"})
    with held(tmp_path / NAME):
        assert cache.get_all("a") == {}
        cache.put_all({"b": b"2"})
    assert cache.get_all("ab") == {"a": b"1"}


def test_answers_that_another_command_holds_are_kept(tmp_path: Path) -> None:
    paid = Paid(tmp_path, tmp_path / NAME)
    paid.keep([("a", "訳")])
    with held(tmp_path / NAME):
        assert paid.find("a") == {}
        paid.keep([("b", "新")])
    assert paid.find("ab") == {"a": "訳"}
    paid.keep([("c", "次")])
    assert paid.find("abc") == {"a": "訳", "b": "新", "c": "次"}, "kept as soon as it can be"


def _garbage(file: Path) -> None:
    file.write_bytes(b"no database at all" * 300)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def _spoilt(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * len(content[4096:])
    file.write_bytes(content)


def _strange(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE entries SET value = 7")
        database.execute("UPDATE entries SET key = CAST(x'ff' AS TEXT) WHERE key = '7'")


def _other_columns(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE entries (a)")


def _trigger(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END")


@pytest.mark.parametrize("damage", [_garbage, _cut, _spoilt, _strange, _other_columns, _trigger])
def test_a_cache_that_is_torn_is_begun_anew(damage: Callable[[Path], None], tmp_path: Path) -> None:
    cache = Cache(tmp_path, tmp_path / NAME, "1")
    cache.put_all({str(n): b"x" * 500 for n in range(100)})
    damage(tmp_path / NAME)
    assert set(cache.get_all(["7"]).values()) <= {b"x" * 500}
    cache.put_all({"b": b"2"})
    assert cache.get_all("b") == {"b": b"2"}


def test_a_cache_that_may_not_be_looked_at_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path, tmp_path / NAME, "1")
    cache.put_all({"a": b"1"})
    look = Path.lstat

    def refused(path: Path) -> os.stat_result:
        if path.name == Path(NAME).name:
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(Path, "lstat", refused)
    assert cache.get_all("a") == {}
    cache.put_all({"b": b"2"})
