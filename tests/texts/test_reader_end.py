"""A process that reads texts leaves nothing behind, however it ends."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.texts import pandoc
from pipeline.texts.reader import Reader

FORMAT = "commonmark_x"
HANGING = """
local reads = pandoc.read
pandoc.read = function(text, ...)
  while text:find("Sans fin") do end
  return reads(text, ...)
end
"""


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def found(aside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """A pandoc that has answered, and never ends with the text « Sans fin »."""
    script = tmp_path / "read.lua"
    script.write_text(HANGING + pandoc._SCRIPT.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(pandoc, "_SCRIPT", script)
    found = pandoc._reader()
    found.send(b"Un mot.", f"plain {FORMAT}")
    assert b"mot" in found.receive()
    yield found
    found.close()


def left(aside: Path) -> list[Path]:
    return sorted(aside.rglob("*"))


def test_what_pandoc_puts_aside_is_gone_when_it_is_closed(aside: Path, found: Reader) -> None:
    # pandoc makes a folder whenever it runs a script, and clears it away only where it may end.
    assert list(aside.glob("*/pandoc-hist*"))
    found.close()
    assert not left(aside)
    found.close()


def test_a_late_process_is_ended_at_once_and_leaves_nothing(aside: Path, found: Reader) -> None:
    found._seconds = 0.1
    found.send(b"Sans fin.", f"plain {FORMAT}")
    assert left(aside)
    before = time.monotonic()
    with pytest.raises(TimeoutError):
        found.receive()
    assert time.monotonic() - before < 5  # it would not end by itself
    assert not left(aside)


def test_one_that_was_killed_or_is_replaced_leaves_nothing(aside: Path, found: Reader) -> None:
    found.send(b"Sans fin.", f"plain {FORMAT}")
    found.kill()
    with pytest.raises(MemoryError):
        found.receive()
    assert not left(aside)
    found.send(b"Un mot.", f"plain {FORMAT}")
    assert b"mot" in found.receive()
    first = set(aside.iterdir())
    found.kill()
    while found._process is not None and found._process.poll() is None:
        time.sleep(0.01)
    found.send(b"Un autre mot.", f"plain {FORMAT}")
    assert b"autre" in found.receive()
    assert len(list(aside.iterdir())) == 1
    assert not first & set(aside.iterdir())


def test_nobody_watches_a_process_that_has_ended(found: Reader) -> None:
    watching = {thread for thread in threading.enumerate() if "_watch" in thread.name}
    assert watching
    found.close()
    for thread in watching:
        thread.join(5)
    assert not any(thread.is_alive() for thread in watching)
