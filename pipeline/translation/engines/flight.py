"""The requests of a run, there and back: how many at once, how long, and what came kept.

One thread decides (the caller's); each request is carried by a thread of its own, a daemon, which
only puts what the engine said into ``_arrived``. What arrived stays there, and the request under
way, until its answers are kept, so that Ctrl-C at any moment loses none.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import ActesError
from pipeline.translation.engines.attempts import Attempts, judged
from pipeline.translation.engines.exchange import Exchange
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.packing import Batch, Piece
from pipeline.translation.engines.protocol import EngineError, Failure

_LAST = 1.0  # seconds that an engine which was stopped has to hand over what it has
_GRACE = 2.0  # seconds that an engine may take beyond its time before it is no longer waited for
_HEARD = 3  # times that somebody presses Ctrl-C again while what came is being kept

Outcome = Sequence[str | None] | EngineError | ActesError


@dataclass(frozen=True)
class _Flight:
    batch: Batch
    begun: float
    until: float


class Run:
    """Makes the requests of ``attempts``; ``keep`` is given what came back translated.

    ``notes`` says of each request that it began and how it ended, until somebody takes them out.
    """

    def __init__(
        self,
        engine: Gated,
        pace: Pace,
        attempts: Attempts,
        keep: Callable[[Mapping[Piece, str]], None],
    ) -> None:
        self._engine = engine
        self._pace = pace
        self._attempts = attempts
        self._keep = keep
        self._seconds = pace.seconds or engine.traits.seconds
        self._flying: dict[int, _Flight] = {}
        self._given_up: dict[int, Batch] = {}
        self._begun = 0
        self._arrived: deque[tuple[int, Outcome]] = deque()
        self._bell = threading.Event()
        self._refused: ActesError | None = None
        self.notes: deque[Exchange] = deque()

    def go(self, tell: Callable[[], None], hear: Callable[[], None] = lambda: None) -> None:
        """Make the requests; ``hear`` is called where there may be ``notes``, ``tell`` after each
        outcome.

        Raises KeyboardInterrupt, what the gate raises and what ``tell`` does, once what had come is
        kept.
        """
        attempts = self._attempts
        end = self._pace.clock() + self._pace.total
        try:
            while True:
                self._begin_what_may(end)
                hear()
                if self._flying:
                    self._await(end)
                elif attempts.left:
                    self._pace.sleep(max(0.0, min(attempts.resume, end) - self._pace.clock()))
                else:
                    break
                while self._took():
                    hear()
                    tell()
        except BaseException:
            self._take_last()
            raise
        finally:
            if self._flying or self._given_up:
                self._engine.stop()
            attempts.lose_what_failed()
        if self._refused is not None:
            raise self._refused

    # -- there ----------------------------------------------------------------------------------

    def _begin_what_may(self, end: float) -> None:
        workers = max(1, self._engine.traits.workers)
        while self._attempts.left and len(self._flying) < workers:
            now = self._pace.clock()
            if now >= end:
                self._attempts.end("time")
            elif now < self._attempts.resume:
                return
            elif batch := self._attempts.next():
                self._begin(batch, now)

    def _begin(self, batch: Batch, now: float) -> None:
        self._begun += 1
        number = self._begun
        self._flying[number] = _Flight(batch, now, now + self._seconds + _GRACE)
        self.notes.append(_note(number, batch))
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

    # -- back -----------------------------------------------------------------------------------

    def _await(self, end: float) -> None:
        """Wait for an outcome, or until there is something else to do."""
        now = self._pace.clock()
        moments = [flight.until for flight in self._flying.values()]
        if self._attempts.left:
            moments += [moment for moment in (self._attempts.resume, end) if moment > now]
        self._bell.wait(max(0.01, min(moments) - now))
        self._bell.clear()
        for number, flight in tuple(self._flying.items()):
            if self._pace.clock() > flight.until and not self._arrived:
                self._given_up[number] = flight.batch
                del self._flying[number]
                self._attempts.failed(flight.batch, Failure.TIMEOUT)
                self._ended(number, flight, failure=Failure.TIMEOUT)

    def _took(self) -> bool:
        """Whether an outcome was there; it has then been dealt with."""
        if not self._arrived:
            return False
        number, outcome = self._arrived[0]
        good, failure = self._deal_with(number, outcome)
        if number in self._flying:
            self._ended(number, self._flying[number], good, failure)
        self._arrived.popleft()  # first: what has arrived is looked for among what was begun
        self._flying.pop(number, None)
        self._given_up.pop(number, None)
        return True

    def _take_last(self) -> None:
        """What had come, and what an engine that is stopped still gives of its answers.

        Whoever presses Ctrl-C again waits no longer for the engine; what came is kept all the same.
        """
        with contextlib.suppress(KeyboardInterrupt):
            if self._flying:
                self._engine.stop()
            end = time.monotonic() + _LAST
            while len(self._arrived) < len(self._flying) and self._bell.wait(
                end - time.monotonic()
            ):
                self._bell.clear()
        for _time in range(_HEARD):
            with contextlib.suppress(KeyboardInterrupt):
                while self._took():
                    pass
                return

    def _ended(
        self, number: int, flight: _Flight, translated: int = 0, failure: Failure | None = None
    ) -> None:
        seconds = self._pace.clock() - flight.begun
        begun = _note(number, flight.batch)
        self.notes.append(replace(begun, seconds=seconds, translated=translated, failure=failure))

    def _deal_with(self, number: int, outcome: Outcome) -> tuple[int, Failure | None]:
        """How many texts came back, and why the request failed if it did.

        Answers are kept before anything is counted: whoever is interrupted begins again.
        """
        late = number in self._given_up
        batch = self._given_up[number] if late else self._flying[number].batch
        attempts = self._attempts
        if isinstance(outcome, ActesError):
            self._refused = self._refused or outcome
            attempts.end("refused")
            return 0, Failure.REFUSED
        if isinstance(outcome, EngineError):
            if outcome.failure is Failure.UNREACHABLE:
                attempts.never_left(batch)
            if not late:
                attempts.failed(batch, outcome.failure, outcome.wait)
            return 0, outcome.failure
        if len(outcome) != len(batch.loads):
            attempts.failed(batch, Failure.GARBAGE)
            return 0, Failure.GARBAGE
        answers = judged(batch, outcome)
        if answers.good:
            self._keep(answers.good)
        attempts.answered(answers)
        return len(answers.good), None


def _note(number: int, batch: Batch) -> Exchange:
    """What may be told of a request that begins."""
    piece = batch.loads[0].piece
    return Exchange(number, len(batch.loads), batch.characters, piece.source, piece.target)
