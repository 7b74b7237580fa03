"""Sending texts to an engine: packed, bounded, tried again, checked, and kept as they arrive.

What is here is the way in: what would be sent, sending it, and what came of it in words for
people. The work is done in `engines`: `parcels` takes jobs apart, `packing` makes requests of
them, `flight` makes the requests as `attempts` says, `answers` judges what came back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import Place, Problem, Severity
from pipeline.translation.engines.attempts import Attempts
from pipeline.translation.engines.exchange import OnExchange
from pipeline.translation.engines.flight import Run
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.packing import Terms, pack
from pipeline.translation.engines.parcels import Job, OnAnswer, Prepared, Waiting, prepare
from pipeline.translation.engines.protocol import Failure, Traits
from pipeline.translation.paid import Paid

_MILLION = 1_000_000
_NOWHERE = Place("")


@dataclass(frozen=True)
class Progress:
    """How far a run is, in characters; ``cost`` in euros, None when unknown or free."""

    sent: int
    remaining: int
    cost: float | None


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class Estimate:
    """What a run would send, and to whom, before anything is sent.

    ``kept`` are texts whose answer is there already, ``withheld`` confidential ones that this
    engine may not see, ``too_long`` those that it cannot take.
    """

    engine: str
    to: str
    texts: int
    characters: int
    requests: int
    cost: float | None
    kept: int
    withheld: int
    too_long: int


@dataclass(frozen=True)
class Sent:
    """What a run gave: answers and failures by job id; jobs in neither were not tried.

    Of the ``characters`` that were sent, ``received`` are those whose translation came.
    """

    answers: Mapping[str, str]
    failures: Mapping[str, Failure]
    characters: int
    received: int
    requests: int
    cost: float | None
    problems: tuple[Problem, ...]


def estimate(
    jobs: Sequence[Job], engine: Gated, *, paid: Paid | None = None, terms: Terms | None = None
) -> Estimate:
    """What `send` would send now, if all goes well. Nothing is sent."""
    traits = engine.traits
    prepared = prepare(jobs, traits, paid, terms or {})
    wanted = prepared.wanted if traits.sends else []
    characters = sum(len(load.piece.text) for load in wanted)
    return Estimate(
        engine=traits.name,
        to=traits.to,
        texts=len(wanted),
        characters=characters,
        requests=len(pack(wanted, traits, terms or {})),
        cost=_cost(characters, traits),
        kept=len(prepared.known),
        withheld=prepared.withheld,
        too_long=len(prepared.failures),
    )


def send(
    jobs: Sequence[Job],
    engine: Gated,
    *,
    paid: Paid | None = None,
    terms: Terms | None = None,
    limit: int | None = None,
    pace: Pace | None = None,
    on_answer: OnAnswer | None = None,
    on_progress: OnProgress | None = None,
    on_exchange: OnExchange | None = None,
) -> Sent:
    """The translations of ``jobs``, as far as they could be had.

    ``terms`` are the glossary's pairs by (source, target); ``limit`` is a number of characters
    beyond which nothing is sent. ``on_answer`` is called with id and answer once a job has its
    whole answer, which is in ``paid`` already; ``on_exchange`` of each request as it begins and
    ends. Ctrl-C goes through, with what had come kept; what
    else goes wrong is not raised but in the result, by job and as problems for people.
    """
    if not isinstance(engine, Gated):
        raise TypeError("an engine is used behind its gate only")
    traits = engine.traits
    prepared = prepare(jobs, traits, paid, terms or {})
    waiting = Waiting(prepared, paid, on_answer)
    wanted = prepared.wanted if traits.sends else []
    remaining = sum(len(load.piece.text) for load in wanted)
    pace = pace or Pace()
    run = Attempts(pack(wanted, traits, terms or {}), pace, limit)
    flight = Run(engine, pace, run, waiting.arrived)

    def hear() -> None:
        while flight.notes:
            note = flight.notes.popleft()
            if on_exchange is not None:
                on_exchange(note)

    def tell() -> None:
        if on_progress is not None:
            on_progress(Progress(run.sent, remaining - run.done, _cost(run.sent, traits)))

    flight.go(tell, hear)
    failures = {**prepared.failures, **waiting.failures(run.failures)}
    problems = (*_failed(traits, failures), *_ended(traits, run), *_withheld(traits, prepared))
    cost = _cost(run.sent, traits)
    return Sent(waiting.answers, failures, run.sent, run.received, run.requests, cost, problems)


def _cost(characters: int, traits: Traits) -> float | None:
    return None if traits.price is None else characters * traits.price / _MILLION


def _failed(traits: Traits, failures: Mapping[str, Failure]) -> Iterable[Problem]:
    """One problem a kind of failure; nothing of the texts is in it."""
    for failure, count in Counter(failures.values()).items():
        yield Problem(f"engine-failed-{failure}", _NOWHERE, {"name": traits.name, "count": count})


def _ended(traits: Traits, run: Attempts) -> Iterable[Problem]:
    """Why the run stopped before everything was tried, if it did."""
    if run.ended == "limit":
        values = {"name": traits.name, "limit": run.limit}
        yield Problem("engine-ended-limit", _NOWHERE, values, Severity.REMARK)
    elif run.ended is not None:
        yield Problem(f"engine-ended-{run.ended}", _NOWHERE, {"name": traits.name})


def _withheld(traits: Traits, prepared: Prepared) -> Iterable[Problem]:
    if prepared.withheld and traits.sends:
        values = {"name": traits.name, "count": prepared.withheld}
        yield Problem("engine-confidential", _NOWHERE, values, Severity.REMARK)
