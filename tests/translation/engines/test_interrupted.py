"""Ctrl-C at each point of a run: an answer that was given is kept, whatever it interrupts (law 5)."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import pipeline.translation
from pipeline.errors import ActesError, stop
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.protocol import Engine, Request
from pipeline.translation.paid import Paid
from pipeline.translation.sending import estimate, send
from tests.conftest import LONG
from tests.translation.engines.scripted import Scripted, jobs, right, sentences

Gate = Callable[[Engine], Gated]
_HOME = str(Path(pipeline.translation.__file__).parent)
_MOST = 2_000  # lines of a run: more than there are
_STEP = 1 if LONG else 3


class _Interrupt:
    """While it is entered, the ``line``-th line of the translation's code that this thread runs
    after ``engine`` was first asked is interrupted; ``happened`` says whether there were so many."""

    def __init__(self, line: int, engine: Scripted) -> None:
        self.happened = False
        self._left = line
        self._engine = engine

    def __enter__(self) -> _Interrupt:
        self._before = sys.gettrace()
        sys.settrace(self._called)
        return self

    def __exit__(self, *_error: object) -> None:
        sys.settrace(self._before)

    def _called(self, frame: FrameType, _event: str, _argument: object) -> Any:
        return self._stepped if frame.f_code.co_filename.startswith(_HOME) else None

    def _stepped(self, _frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line" and self._engine.requests and not self.happened:
            self._left -= 1
            if self._left < 0:
                self.happened = True
                raise KeyboardInterrupt
        return self._stepped


def test_ctrl_c_at_any_line_keeps_every_answer_that_came(gated: Gate, tmp_path: Path) -> None:
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    interrupted = 0
    for line in range(0, _MOST, _STEP):
        engine = Scripted(most_texts=1)
        wanted = jobs(f"La première phrase, {line}.", f"La seconde, {line}.")
        with _Interrupt(line, engine) as interrupt:
            try:
                send(wanted, gated(engine), paid=paid)
            except KeyboardInterrupt:
                interrupted += 1
        kept = estimate(wanted, gated(engine), paid=paid).kept
        assert kept == len(engine.texts), f"interrupted at line {line}"
        if not interrupt.happened:
            break
    assert 100 < interrupted * _STEP < _MOST


class _Impatient(Paid):
    """Whoever waits for it presses Ctrl-C so many times while answers are being kept."""

    def __init__(self, root: Path, file: Path, times: int) -> None:
        super().__init__(root, file)
        self._times = times

    def keep(self, answers: Iterable[tuple[str, str]]) -> None:
        """Interrupted, or as it should be."""
        self._times -= 1
        if self._times >= 0:
            raise KeyboardInterrupt
        super().keep(answers)


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_while_answers_are_kept_keeps_them_all_the_same(
    gated: Gate, tmp_path: Path, times: int
) -> None:
    engine = gated(Scripted(most_texts=9))
    paid = _Impatient(tmp_path, tmp_path / "build/paid.db", times)
    with pytest.raises(KeyboardInterrupt):
        send(sentences(4), engine, paid=paid)
    assert estimate(sentences(4), engine, paid=paid).kept == 4


def test_a_screen_that_is_gone_does_not_cost_the_answers_of_other_requests(
    gated: Gate, pace: Pace, tmp_path: Path
) -> None:
    together = threading.Barrier(2)

    def script(request: Request) -> Sequence[str | None]:
        together.wait(20)
        return right(request)

    def gone(_progress: object) -> None:
        raise OSError(5, "Input/output error")

    engine = Scripted(script, most_texts=1, workers=2)
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    with pytest.raises(OSError, match="Input/output"):
        send(sentences(2), gated(engine), paid=paid, pace=pace, on_progress=gone)
    assert estimate(sentences(2), gated(engine), paid=paid).kept == 2


def test_what_the_gate_holds_back_does_not_cost_the_answers_of_other_requests(
    gated: Gate, pace: Pace, tmp_path: Path
) -> None:
    together = threading.Barrier(2)
    refused = threading.Event()

    def script(request: Request) -> Sequence[str | None]:
        together.wait(20)
        if "numéro 0 " in request.texts[0]:
            refused.set()
            raise stop("engine-confidential-refused", name="google")
        refused.wait(20)
        return right(request)

    engine = Scripted(script, most_texts=1, workers=2)
    paid = Paid(tmp_path, tmp_path / "build/paid.db")
    with pytest.raises(ActesError, match="engine-confidential-refused"):
        send(sentences(9), gated(engine), paid=paid, pace=pace)
    assert len(engine.texts) == 2, "nothing else was asked"
    assert estimate(sentences(9), gated(engine), paid=paid).kept == 1
