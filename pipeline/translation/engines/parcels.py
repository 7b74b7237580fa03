"""Jobs taken apart into pieces that an engine takes, and put together from its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.translation.engines.packing import (
    Load,
    Piece,
    Terms,
    has_letters,
    joined,
    one_line,
    parts,
    relevant,
)
from pipeline.translation.engines.protocol import Failure, Traits
from pipeline.translation.paid import Paid

OnAnswer = Callable[[str, str], None]


@dataclass(frozen=True)
class Job:
    """A text to translate, its markup already protected in the style of the engine.

    ``nearby`` are words for engines that are helped by them, without marks: those that stand before
    it in its text, then its own. ``within`` tells that text from others.
    """

    id: str
    text: str
    source: str
    target: str
    nearby: tuple[str, ...] = ()
    within: str = ""
    confidential: bool = False


@dataclass(frozen=True)
class Parcel:
    """A job as it is sent: the white space around it, and its parts; some need no engine."""

    job: Job
    before: str
    after: str
    parts: tuple[Piece | str, ...]


@dataclass
class Prepared:
    """All jobs as parcels, their pieces each once, and what is known of them beforehand."""

    parcels: list[Parcel] = field(default_factory=list)
    loads: dict[Piece, Load] = field(default_factory=dict)
    keys: dict[Piece, str] = field(default_factory=dict)
    known: dict[Piece, str] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    withheld: int = 0

    @property
    def wanted(self) -> list[Load]:
        """What is to be sent: the answer is not there yet."""
        return [load for piece, load in self.loads.items() if piece not in self.known]


def prepare(jobs: Sequence[Job], traits: Traits, paid: Paid | None, terms: Terms) -> Prepared:
    """The jobs cut into pieces, and the answers that ``paid`` has; confidential ones are left out
    for an engine that is not on this machine."""
    prepared = Prepared()
    for job in jobs:
        if job.confidential and not traits.local:
            prepared.withheld += 1
            continue
        cut = parts(one_line(job.text.strip()), traits)
        if cut is None:
            prepared.failures[job.id] = Failure.TOO_LONG
            continue
        _add(prepared, job, cut, traits, terms)
    if paid is not None:
        prepared.known = _known(prepared, paid)
    return prepared


def _add(prepared: Prepared, job: Job, cut: Sequence[str], traits: Traits, terms: Terms) -> None:
    start = len(job.text) - len(job.text.lstrip())
    pieces = tuple(_piece(part, job) for part in cut)
    after = job.text[max(start, len(job.text.rstrip())) :]
    prepared.parcels.append(Parcel(job, job.text[:start], after, pieces))
    pairs = terms.get((job.source, job.target), ()) if traits.glossary else ()
    for piece in pieces:
        if isinstance(piece, Piece) and piece not in prepared.loads:
            load = Load(piece, job.nearby, relevant(piece.text, pairs), job.within)
            prepared.loads[piece] = load
            prepared.keys[piece] = Paid.key(
                traits.name, traits.settings, job.source, job.target, piece.text, load.terms
            )


def _piece(part: str, job: Job) -> Piece | str:
    words = part.strip()
    return Piece(words, job.source, job.target, job.confidential) if has_letters(words) else part


def _known(prepared: Prepared, paid: Paid) -> dict[Piece, str]:
    keys = {key: piece for piece, key in prepared.keys.items() if not piece.confidential}
    return {keys[key]: answer for key, answer in paid.find(keys).items()}


class Waiting:
    """The jobs that wait for pieces; each is told as soon as it has all of its own."""

    def __init__(self, prepared: Prepared, paid: Paid | None, on_answer: OnAnswer | None) -> None:
        self.answers: dict[str, str] = {}
        self._prepared = prepared
        self._paid = paid
        self._on_answer = on_answer
        self._pieces = dict(prepared.known)
        self._parcels: dict[Piece, list[Parcel]] = {}
        for parcel in prepared.parcels:
            for piece in parcel.parts:
                if isinstance(piece, Piece):
                    self._parcels.setdefault(piece, []).append(parcel)
        for parcel in prepared.parcels:
            self._finish(parcel)

    def arrived(self, answers: Mapping[Piece, str]) -> None:
        """Keep answers, then tell the jobs that they complete."""
        if self._paid is not None:
            self._paid.keep(
                (self._prepared.keys[piece], answer)
                for piece, answer in answers.items()
                if not piece.confidential
            )
        self._pieces.update(answers)
        for piece in answers:
            for parcel in self._parcels[piece]:
                self._finish(parcel)

    def _finish(self, parcel: Parcel) -> None:
        found = [part if isinstance(part, str) else self._pieces.get(part) for part in parcel.parts]
        whole = [answer for answer in found if answer is not None]
        if parcel.job.id in self.answers or len(whole) < len(found):
            return
        translation = parcel.before + joined(whole) + parcel.after
        self.answers[parcel.job.id] = translation
        if self._on_answer is not None:
            self._on_answer(parcel.job.id, translation)

    def failures(self, pieces: Mapping[Piece, Failure]) -> dict[str, Failure]:
        """Why jobs have no answer, from the pieces that failed."""
        found: dict[str, Failure] = {}
        for piece, failure in pieces.items():
            for parcel in self._parcels[piece]:
                if parcel.job.id not in self.answers:
                    found.setdefault(parcel.job.id, failure)
        return found
