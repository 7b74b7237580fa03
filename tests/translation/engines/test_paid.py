"""What was paid for is kept, and a broken file of it stops nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.translation.paid import Paid
from tests.support.nursery import REPOSITORY

NAME = "build/paid.db"


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    paid = Paid(tmp_path, tmp_path / NAME)
    assert paid.find(["a"]) == {}
    paid.keep((f"{number}", "訳") for number in range(1200))
    assert len(Paid(tmp_path, tmp_path / NAME).find([*map(str, range(1300))])) == 1200


def test_a_key_is_of_everything_that_decides_an_answer() -> None:
    whole = ("deepl", ("more",), "fr", "ja", "Un marché.", (("marché", "市場"),))
    others = [
        ("google", *whole[1:]), (whole[0], ("less",), *whole[2:]), (*whole[:2], "en", *whole[3:]),
        (*whole[:3], "zh-Hans", *whole[4:]), (*whole[:4], "Une place.", whole[5]), (*whole[:5], ()),
    ]  # fmt: skip
    keys = {Paid.key(*some) for some in (whole, *others)}  # type: ignore[arg-type]
    assert len(keys) == 7


@pytest.mark.parametrize(
    "content",
    [b"", b"not a database", b"SQLite format 3\0" + bytes(5000), None],
    ids=["empty", "something else", "head only", "cut"],
)
def test_a_torn_file_is_begun_anew(tmp_path: Path, content: bytes | None) -> None:
    paid = Paid(tmp_path, tmp_path / NAME)
    paid.keep([("a", "訳"), *((str(number), "x" * 500) for number in range(500))])
    file = tmp_path / NAME
    file.write_bytes(file.read_bytes()[:9000] if content is None else content)
    paid.find(["a"])
    paid.keep([("b", "新")])
    assert paid.find(["b"]) == {"b": "新"}


def test_a_table_of_another_shape_is_begun_anew(tmp_path: Path) -> None:
    import sqlite3

    (tmp_path / "build").mkdir()
    with sqlite3.connect(tmp_path / NAME) as connection:
        connection.execute("CREATE TABLE answers (other TEXT)")
    connection.close()
    paid = Paid(tmp_path, tmp_path / NAME)
    paid.keep([("b", "新")])
    assert paid.find(["b"]) == {"b": "新"}


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_nothing_is_written_through_a_link(tmp_path: Path, end: str) -> None:
    root = tmp_path / "workspace"
    (root / "build").mkdir(parents=True)
    precious = tmp_path / "precious"
    precious.write_text("mine", encoding="utf-8")
    (root / (NAME + end)).symlink_to(precious)
    paid = Paid(root, root / NAME)
    paid.keep([("a", "訳")])
    paid.find(["a"])
    assert precious.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_kill_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from pipeline.translation.paid import Paid
paid = Paid(Path({str(tmp_path)!r}), Path({str(tmp_path / NAME)!r}))
for number in range(100000):
    paid.keep([(str(number), "訳")])
    print(number, flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    ) as process:
        assert process.stdout is not None
        for last in process.stdout:
            if int(last) >= 20:
                process.send_signal(signal.SIGKILL)
                break
    found = Paid(tmp_path, tmp_path / NAME).find([*map(str, range(21))])
    assert len(found) == 21
