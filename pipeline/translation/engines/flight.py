"""A run of requests: how many at once, how long, how often again, and when to stop.

One thread decides (the caller's); each request is carried by a thread of its own, a daemon, which
only puts what the engine said into ``_arrived``. An outcome is taken from there after it has been
dealt with, so that Ctrl-C at any moment loses none.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import ActesError
from pipeline.translation.engines.answers import fault
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.packing import Batch, Piece, one_line
from pipeline.translation.engines.protocol import PASSING, EngineError, Failure

_LAST = 1.0  # seconds that an engine which was stopped has to hand over what it has
_GRACE = 2.0  # seconds that an engine may take beyond its time before it is no longer waited for
_OF_A_TEXT = frozenset(
    {Failure.SERVER, Failure.TIMEOUT, Failure.REFUSED, Failure.GARBAGE, Failure.TOO_LONG,
     Failure.PROGRAM}
)  # fmt: skip
"""Failures of a request that one of its texts may have caused: it is cut in two to find out."""

Outcome = Sequence[str | None] | EngineError | ActesError


@dataclass(frozen=True)
class _Flight:
    batch: Batch
    until: float


class Run:
    """One run; its counts and ``failures`` may be read at any moment.

    ``sent`` are the characters of the ``requests`` that left, ``received`` those of the pieces that
    came back translated; what never reached the service is in neither.
    ``ended`` is why it stopped before all was tried: ``limit``, ``time``, ``wait`` (the service
    asks for more patience than we have), ``refused`` (it would refuse the rest as well),
    ``failures`` (too many in a row), ``hopeless`` (too many answers that are no translations).
    """

    def __init__(
        self,
        engine: Gated,
        pace: Pace,
        limit: int | None,
        arrived: Callable[[Mapping[Piece, str]], None],
    ) -> None:
        self.failures: dict[Piece, Failure] = {}
        self.ended: str | None = None
        self.limit = limit
        self.sent = 0
        self.received = 0
        self.requests = 0
        self.done = 0
        self._engine = engine
        self._pace = pace
        self._seconds = pace.seconds or engine.traits.seconds
        self._tell_answers = arrived
        self._pending: deque[Batch] = deque()
        self._flying: dict[int, _Flight] = {}
        self._given_up: dict[int, Batch] = {}
        self._answered: set[Piece] = set()
        self._causes: dict[Piece, Failure] = {}
        self._begun = 0
        self._arrived: deque[tuple[int, Outcome]] = deque()
        self._bell = threading.Event()
        self._resume = 0.0
        self._strikes = 0
        self._hopeless = 0

    def go(self, batches: Sequence[Batch], tell: Callable[[], None]) -> None:
        """Make the requests; ``tell`` is called after each outcome.

        Raises KeyboardInterrupt once what had come is handed on, and what the gate raises.
        """
        self._pending.extend(batches)
        end = self._pace.clock() + self._pace.total
        try:
            while True:
                self._begin_what_may(end)
                if self._flying:
                    self._await(end)
                elif self._pending and self.ended is None:
                    self._pace.sleep(max(0.0, min(self._resume, end) - self._pace.clock()))
                else:
                    break
                self._take(tell)
        except KeyboardInterrupt:
            self._take_last(tell)
            raise
        finally:
            if self._flying or self._given_up:
                self._engine.stop()
            self._lose_what_failed()

    # -- what leaves ----------------------------------------------------------------------------

    def _begin_what_may(self, end: float) -> None:
        workers = max(1, self._engine.traits.workers)
        while self._pending and self.ended is None and len(self._flying) < workers:
            now = self._pace.clock()
            if now >= end:
                self.ended = "time"
            elif now < self._resume:
                return
            else:
                self._begin(self._within_limit(self._pending.popleft()), now)

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
                self.ended = "limit"
        return replace(batch, loads=loads[:count])

    def _begin(self, batch: Batch, now: float) -> None:
        if not batch.loads:
            return
        self.requests += 1
        self.sent += batch.characters
        self._begun += 1
        number = self._begun
        self._flying[number] = _Flight(batch, now + self._seconds + _GRACE)
        threading.Thread(target=self._carry, args=(number, batch), daemon=True).start()

    def _carry(self, number: int, batch: Batch) -> None:
        """In a thread of its own: one request there and back. No exception leaves it."""
        outcome: Outcome
        try:
            outcome = [*self._engine.translate(batch.request(), self._seconds)]
        except EngineError as error:
            outcome = EngineError(error.failure, error.wait)
        except ActesError as error:
            outcome = ActesError(error.problems, error.code)
        except BaseException:
            outcome = EngineError(Failure.GARBAGE)
        self._arrived.append((number, outcome))
        self._bell.set()

    # -- what comes back ------------------------------------------------------------------------

    def _await(self, end: float) -> None:
        """Wait for an outcome, or until there is something else to do."""
        now = self._pace.clock()
        moments = [flight.until for flight in self._flying.values()]
        if self._pending and self.ended is None:
            moments += [moment for moment in (self._resume, end) if moment > now]
        self._bell.wait(max(0.01, min(moments) - now))
        self._bell.clear()
        for number, flight in tuple(self._flying.items()):
            if self._pace.clock() > flight.until and not self._arrived:
                self._given_up[number] = self._flying.pop(number).batch
                self._failed(flight.batch, Failure.TIMEOUT)

    def _take(self, tell: Callable[[], None]) -> None:
        while self._arrived:
            self._deal_with(*self._arrived[0])
            self._arrived.popleft()
            tell()

    def _take_last(self, tell: Callable[[], None]) -> None:
        """What had come, and what an engine that is stopped still gives of its answers."""
        if self._flying:
            self._engine.stop()
        end = time.monotonic() + _LAST
        while len(self._arrived) < len(self._flying) and self._bell.wait(end - time.monotonic()):
            self._bell.clear()
        self._take(tell)

    def _deal_with(self, number: int, outcome: Outcome) -> None:
        flight = self._flying.pop(number, None)
        late = self._given_up.pop(number, None)
        batch = flight.batch if flight else late
        if isinstance(outcome, ActesError):
            raise outcome
        if batch is None or (late and isinstance(outcome, EngineError)):
            return
        if isinstance(outcome, EngineError):
            if outcome.failure is Failure.UNREACHABLE:
                self.requests -= 1
                self.sent -= batch.characters
            self._failed(batch, outcome.failure, outcome.wait)
        elif len(outcome) != len(batch.loads):
            self._failed(batch, Failure.GARBAGE)
        else:
            self._received(batch, outcome)

    def _received(self, batch: Batch, texts: Sequence[str | None]) -> None:
        good: dict[Piece, str] = {}
        bad: list[tuple[Batch, Failure]] = []
        for load, text in zip(batch.loads, texts, strict=True):
            piece = load.piece
            answer = one_line(text.strip()) if isinstance(text, str) else None
            failure = fault(piece.text, answer, piece.source, piece.target)
            if failure is not None or answer is None:
                bad.append((replace(batch, loads=(load,)), failure or Failure.LOST))
            else:
                good[piece] = answer
        if good:
            self._answered.update(good)
            self.received += sum(len(piece.text) for piece in good)
            self._tell_answers(good)
            self.done += sum(len(piece.text) for piece in good if piece not in self.failures)
            for piece in good:
                self.failures.pop(piece, None)
            self._strikes = self._hopeless = 0
        for alone, failure in bad:
            self._refuse(alone, failure)

    def _refuse(self, alone: Batch, failure: Failure) -> None:
        """An answer that is none: said of the service, it counts as a failure of the request."""
        if failure in PASSING or failure in (Failure.QUOTA, Failure.LANGUAGE):
            self._failed(alone, failure)
            return
        self._lose(alone, failure)
        self._hopeless += 1
        if self._hopeless >= self._pace.hopeless:
            self.ended = self.ended or "hopeless"

    def _failed(self, batch: Batch, failure: Failure, wait: float | None = None) -> None:
        self._causes.update((load.piece, failure) for load in batch.loads)
        if failure in (Failure.KEY, Failure.QUOTA):
            self._lose(batch, failure)
            self.ended = self.ended or "refused"
        elif failure is Failure.LANGUAGE:
            self._lose_language(batch)
        elif wait is not None and wait > self._pace.longest_wait:
            self._lose(batch, failure)
            self.ended = self.ended or "wait"
        else:
            self._again_or_not(batch, failure, wait)

    def _again_or_not(self, batch: Batch, failure: Failure, wait: float | None) -> None:
        apart = failure in _OF_A_TEXT and len(batch.loads) > 1
        few = apart or failure is Failure.TIMEOUT  # which has cost enough
        attempts = min(2, self._pace.attempts) if few else self._pace.attempts
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
            self.ended = self.ended or "failures"

    def _pause(self, attempt: int, wait: float | None) -> None:
        """Begin nothing for a while: what the service asked for, or longer each time, by chance."""
        if wait is None:
            longest = self._pace.first_wait * 2**attempt
            wait = min(self._pace.longest_wait, longest * (0.5 + self._pace.chance() / 2))
        self._resume = max(self._resume, self._pace.clock() + wait)

    def _lose(self, batch: Batch, failure: Failure) -> None:
        for load in batch.loads:
            if load.piece not in self._answered and load.piece not in self.failures:
                self.failures[load.piece] = failure
                self.done += len(load.piece.text)

    def _lose_what_failed(self) -> None:
        """What was asked in vain and is asked no more, since the run has ended."""
        for piece, failure in self._causes.items():
            if piece not in self._answered:
                self.failures.setdefault(piece, failure)

    def _lose_language(self, batch: Batch) -> None:
        """Every request between the same two languages would be refused."""
        pair = batch.request().source, batch.request().target
        same = [b for b in self._pending if (b.request().source, b.request().target) == pair]
        for other in (batch, *same):
            self._lose(other, Failure.LANGUAGE)
        self._pending = deque(b for b in self._pending if b not in same)
