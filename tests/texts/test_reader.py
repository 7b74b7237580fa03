"""A process that is asked: what is late or dies costs its own request, and no other."""

from __future__ import annotations

import sys

import pytest

from pipeline.texts.reader import Reader

_ANSWERS = """
import sys, time
while head := sys.stdin.buffer.readline():
    size, word = head.split()
    content = sys.stdin.buffer.read(int(size))
    if word == b"sleep": time.sleep(60)
    if word == b"die": sys.exit(1)
    sys.stdout.buffer.write(b"ok %d\\n%s" % (len(content), content))
    sys.stdout.flush()
"""


@pytest.mark.parametrize(("word", "error"), [("sleep", TimeoutError), ("die", MemoryError)])
def test_what_does_not_answer_costs_no_other_request(word: str, error: type[Exception]) -> None:
    reader = Reader([sys.executable, "-I", "-S", "-c", _ANSWERS], {}, 0.5)
    try:
        reader.send(b"x", word)
        with pytest.raises(error):
            reader.receive()
        for content in (b"un", "二".encode()):
            reader.send(content, "say")
            assert reader.receive() == content
    finally:
        reader.close()
