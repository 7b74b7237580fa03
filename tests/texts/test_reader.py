"""A text that ends the process it is read in costs no other text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.errors import Problem
from pipeline.texts import pandoc
from pipeline.texts.read import read_texts
from pipeline.texts.reader import Reader
from pipeline.workspace.layout import find_texts
from pipeline.workspace.load import load
from tests.support.workspace import make_workspace, summary

ECHO = """
import sys, time
while head := sys.stdin.buffer.readline():
    length, words = head.split()
    content = sys.stdin.buffer.read(int(length))
    if words == b"die": sys.exit(1)
    if words == b"sleep": time.sleep(60)
    sys.stdout.buffer.write(b"ok %d\\n%s" % (len(content), content))
    sys.stdout.buffer.flush()
"""

BREAKING = """
local reads = pandoc.read
pandoc.read = function(text, ...)
  if text:find("Coupable") then os.exit(1) end
  return reads(text, ...)
end
"""


def reader(seconds: float) -> Reader:
    return Reader([sys.executable, "-S", "-c", ECHO], {}, seconds)


def asked(found: Reader, content: bytes, words: str = "answer") -> bytes:
    found.send(content, words)
    return found.receive()


def test_a_process_that_died_is_replaced() -> None:
    found = reader(60)
    try:
        assert asked(found, "un\ntexte・文".encode()) == "un\ntexte・文".encode()
        with pytest.raises(MemoryError):
            asked(found, b"one", "die")
        assert asked(found, b"two") == b"two"
        found.send(b"three", "sleep")
        found.kill()
        with pytest.raises(MemoryError):
            found.receive()
        assert asked(found, b"") == b""
    finally:
        found.close()


def test_a_request_that_takes_too_long_is_given_up() -> None:
    found = reader(0.05)
    try:
        with pytest.raises(TimeoutError):
            asked(found, b"one", "sleep")
    finally:
        found.close()


def test_a_text_that_ends_pandoc_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "read.lua"
    script.write_text(BREAKING + pandoc._SCRIPT.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(pandoc, "_SCRIPT", script)
    texts = {"a": "Un.", "guilty": "Coupable.", "b": "Deux.", "worse": "Coupable.", "c": "- Trois"}
    found = pandoc.read_all(texts)
    problems = [f.render("en") for f in found.values() if isinstance(f, Problem)]
    assert [problem.partition(":")[0] for problem in problems] == ["guilty", "worse"]
    kinds = [[b["t"] for b in f.blocks] for f in found.values() if isinstance(f, pandoc.Parsed)]
    assert kinds == [["Para"], ["Para"], ["BulletList"]]
    assert list(found) == list(texts)


def test_ctrl_c_waits_for_no_text_that_is_left(tmp_path: Path) -> None:
    texts = {f"eco/essai-{n}.fr.md": summary(f"Essai {n}", "Un mot. " * 400) for n in range(80)}
    workspace, _problems = load(make_workspace(tmp_path, texts=texts))
    files, _misplaced = find_texts(workspace.root, workspace.event)
    read: list[int] = []

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_texts(workspace, files, progress=read.append, meanwhile=interrupted)
    assert sum(read) < len(texts)
