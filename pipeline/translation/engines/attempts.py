"""What is still to be asked in a run, how often, after what pause, and when to ask no more.

No request is made here and nobody is waited for: `flight` says what it began and what came of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.translation.engines.answers import fault
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.packing import Batch, Piece, one_line
from pipeline.translation.engines.protocol import PASSING, Failure

_OF_A_TEXT = frozenset(
    {Failure.SERVER, Failure.TIMEOUT, Failure.REFUSED, Failure.GARBAGE, Failure.TOO_LONG,
     Failure.PROGRAM}
)  # fmt: skip
"""Failures of a request that one of its texts may have caused: it is cut in two to find out."""


@dataclass
class Judged:
    """The answers to a request: those that may be translations, and why the others are none."""

    good: dict[Piece, str] = field(default_factory=dict)
    bad: list[tuple[Batch, Failure]] = field(default_factory=list)


def judged(batch: Batch, texts: Sequence[str | None]) -> Judged:
    """What ``texts`` are worth as answers to ``batch``, one for each of its pieces."""
    found = Judged()
    for load, text in zip(batch.loads, texts, strict=True):
        piece = load.piece
        answer = one_line(text.strip()) if isinstance(text, str) else None
        failure = fault(piece.text, answer, piece.source, piece.target)
        if failure is not None or answer is None:
            found.bad.append((replace(batch, loads=(load,)), failure or Failure.LOST))
        else:
            found.good[piece] = answer
    return found


class Attempts:
    """The requests of one run; its counts and ``failures`` may be read at any moment.

    ``sent`` are the characters of the ``requests`` that left, ``received`` those of the pieces that
    came back translated; what never reached the service is in neither. ``resume`` is the moment
    before which nothing may begin.
    ``ended`` is why it stopped before all was tried: ``limit``, ``time``, ``wait`` (the service
    asks for more patience than we have), ``refused`` (it would refuse the rest as well),
    ``failures`` (too many in a row), ``hopeless`` (too many answers that are no translations).
    """

    def __init__(self, batches: Sequence[Batch], pace: Pace, limit: int | None) -> None:
        self.failures: dict[Piece, Failure] = {}
        self.ended: str | None = None
        self.limit = limit
        self.sent = 0
        self.received = 0
        self.requests = 0
        self.done = 0
        self.resume = 0.0
        self._pace = pace
        self._pending = deque(batches)
        self._answered: set[Piece] = set()
        self._causes: dict[Piece, Failure] = {}
        self._strikes = 0
        self._hopeless = 0

    @property
    def left(self) -> bool:
        """Whether there is something to ask, and nothing that stands against it."""
        return bool(self._pending) and self.ended is None

    def end(self, why: str) -> None:
        """Ask no more."""
        self.ended = self.ended or why

    def next(self) -> Batch | None:
        """The next request, counted as sent; None where nothing of it is to be asked."""
        batch = self._within_limit(self._pending.popleft())
        if not batch.loads:
            return None
        self.requests += 1
        self.sent += batch.characters
        return batch

    def _within_limit(self, batch: Batch) -> Batch:
        """What of ``batch`` is still to be asked and may be sent; the rest stays pending."""
        loads = tuple(load for load in batch.loads if load.piece not in self._answered)
        if self.limit is None:
            return replace(batch, loads=loads)
        room, count = self.limit - self.sent, 0
        while count < len(loads) and len(loads[count].piece.text) <= room:
            room -= len(loads[count].piece.text)
            count += 1
        if count < len(loads):
            self._pending.appendleft(replace(batch, loads=loads[count:]))
            if not count:
                self.end("limit")
        return replace(batch, loads=loads[:count])

    # -- what came ------------------------------------------------------------------------------

    def answered(self, answers: Judged) -> None:
        """A request was answered, well or ill."""
        if answers.good:
            self._answered.update(answers.good)
            self.received += sum(len(piece.text) for piece in answers.good)
            self.done += sum(len(p.text) for p in answers.good if p not in self.failures)
            for piece in answers.good:
                self.failures.pop(piece, None)
            self._strikes = self._hopeless = 0
        for alone, failure in answers.bad:
            self._refuse(alone, failure)

    def _refuse(self, alone: Batch, failure: Failure) -> None:
        """An answer that is none: said of the service, it counts as a failure of the request."""
        if failure in PASSING or failure in (Failure.QUOTA, Failure.LANGUAGE):
            self.failed(alone, failure)
            return
        self._lose(alone, failure)
        self._hopeless += 1
        if self._hopeless >= self._pace.hopeless:
            self.end("hopeless")

    def never_left(self, batch: Batch) -> None:
        """A request was counted as sent, and nobody was there."""
        self.requests -= 1
        self.sent -= batch.characters

    def failed(self, batch: Batch, failure: Failure, wait: float | None = None) -> None:
        """A request failed; ``wait`` as in `EngineError`."""
        self._causes.update((load.piece, failure) for load in batch.loads)
        if failure in (Failure.KEY, Failure.QUOTA):
            self._lose(batch, failure)
            self.end("refused")
        elif failure is Failure.LANGUAGE:
            self._lose_language(batch)
        elif wait is not None and wait > self._pace.longest_wait:
            self._lose(batch, failure)
            self.end("wait")
        else:
            self._again_or_not(batch, failure, wait)

    def _again_or_not(self, batch: Batch, failure: Failure, wait: float | None) -> None:
        apart = failure in _OF_A_TEXT and len(batch.loads) > 1
        attempts = self._pace.attempts
        if failure is Failure.TIMEOUT and (apart or self._strikes):
            attempts = 1  # it has cost enough, and its halves are asked for anyway
        elif apart or failure is Failure.TIMEOUT:
            attempts = min(2, attempts)
        if failure in PASSING:
            self._pause(batch.attempt, wait)
        if failure in PASSING and batch.attempt + 1 < attempts:
            self._pending.appendleft(replace(batch, attempt=batch.attempt + 1))
            return
        if apart:
            # At the end: between two halves with a guilty text comes one that succeeds.
            self._pending.extend(batch.halves())
        else:
            self._lose(batch, failure)
        self._strikes += 1
        if self._strikes >= self._pace.failures:
            self._lose(batch, failure)  # its halves are not tried: people are told why
            self.end("failures")

    def _pause(self, attempt: int, wait: float | None) -> None:
        """Begin nothing for a while: what the service asked for, or longer each time, by chance."""
        if wait is None:
            longest = self._pace.first_wait * 2**attempt
            wait = min(self._pace.longest_wait, longest * (0.5 + self._pace.chance() / 2))
        self.resume = max(self.resume, self._pace.clock() + wait)

    # -- what is asked no more ------------------------------------------------------------------

    def _lose(self, batch: Batch, failure: Failure) -> None:
        for load in batch.loads:
            if load.piece not in self._answered and load.piece not in self.failures:
                self.failures[load.piece] = failure
                self.done += len(load.piece.text)

    def _lose_language(self, batch: Batch) -> None:
        """Every request between the same two languages would be refused."""
        pair = batch.request().source, batch.request().target
        same = [b for b in self._pending if (b.request().source, b.request().target) == pair]
        for other in (batch, *same):
            self._lose(other, Failure.LANGUAGE)
        self._pending = deque(b for b in self._pending if b not in same)

    def lose_what_failed(self) -> None:
        """The run is over: what was asked in vain is asked no more."""
        for piece, failure in self._causes.items():
            if piece not in self._answered:
                self.failures.setdefault(piece, failure)
