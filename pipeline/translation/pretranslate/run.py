"""`actes translate`, from the workspace to its counterparts: read, ask, write, and remember."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from pipeline import files, forks
from pipeline.collector import without_collector
from pipeline.errors import Problem, Severity, in_order
from pipeline.translation.engines import registry
from pipeline.translation.engines.exchange import OnExchange
from pipeline.translation.engines.gate import Gated
from pipeline.translation.paid import Paid
from pipeline.translation.pretranslate import ledger
from pipeline.translation.pretranslate.asking import Asking, Sources
from pipeline.translation.pretranslate.ledger import Ledger
from pipeline.translation.pretranslate.lines import as_written
from pipeline.translation.pretranslate.reading import Reading, begin
from pipeline.translation.pretranslate.remembering import Remembering
from pipeline.translation.pretranslate.tasks import asked
from pipeline.translation.pretranslate.wish import Report, Wish
from pipeline.translation.pretranslate.work import Done, Run, work
from pipeline.translation.sending import Estimate, OnProgress
from pipeline.translation.terms import lexicon
from pipeline.workspace import digests
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import TextFile
from pipeline.workspace.load import Workspace

_MANY = 64  # texts that are worth a process of their own


def translate(
    root: Path,
    wish: Wish,
    environment: Mapping[str, str],
    on_progress: OnProgress | None,
    on_exchange: OnExchange | None,
    inputs: Mapping[str, str],
    last: Ledger,
) -> Report:
    """What `begin.translate` promises, with the workspace locked, its ``inputs`` having changed
    since the ``last`` run."""
    begun = begin(root, wish, inputs, last)
    engine = _engine(begun.workspace, wish, environment)
    apart = [] if engine.traits.sends else _apart(begun)
    elsewhere = {file for some in apart for file in some}
    reading = begun.read([file for file in begun.left if file not in elsewhere])
    asking = _asking(reading, engine, wish)
    asking.on_progress, asking.on_exchange = on_progress, on_exchange
    run = Run(root, wish, asking)
    if apart:
        _work_apart(run, reading, apart)
    work(run, reading)
    told = [as_written(problem, run.done.rewritten) for problem in run.done.problems]
    problems = [*begun.problems, *told, *_merged(asking.problems)]
    _remember(run, begun, problems, last)
    return Report(
        engine.traits.name,
        tuple(sorted(run.done.written)),
        run.done.waiting,
        asking.sent,
        asking.received,
        asking.requests,
        asking.cost,
        tuple(in_order(problems)),
        engine.traits.local,
    )


def estimate(
    root: Path, wish: Wish, environment: Mapping[str, str]
) -> tuple[Estimate, tuple[Problem, ...]]:
    """What a run would send, and the problems of the texts; nothing is sent or written."""
    with files.locked(root, root / "build"):
        begun = begin(root, wish, digests.inputs(root), Ledger())
        reading = begun.read(begun.left)
        asking = _asking(reading, _engine(begun.workspace, wish, environment), wish)
        problems = (*begun.problems, *reading.problems)
        return asking.estimate(asked(list(reading.tasks(wish)))), problems


def _engine(workspace: Workspace, wish: Wish, environment: Mapping[str, str]) -> Gated:
    settings = workspace.event.translation
    return registry.engine(registry.chosen(settings, wish.engine), settings, environment)


def _asking(reading: Reading, engine: Gated, wish: Wish) -> Asking:
    workspace = reading.workspace
    sources = Sources(
        memory=Remembering(reading),
        engine=engine,
        paid=Paid(workspace.root, workspace.build / "cache" / "paid.sqlite"),
        lexicon=cache(partial(lexicon, workspace)),
        table=cache(partial(load_language, workspace.root)),
        retranslate=wish.retranslate,
    )
    return Asking(sources, wish.limit)


# -- in processes of their own --------------------------------------------------------------------


def _apart(begun: Reading) -> list[list[TextFile]]:
    """The texts to be worked on in several processes, where nothing is sent: those whose words help
    no other text, since nobody translated any of them."""
    worth = forks.FORKS and forks.cores() > 1 and len(begun.left) >= _MANY
    found = begun.untouched() if worth else []
    return found if len(found) >= _MANY else []


def _work_apart(run: Run, reading: Reading, texts: Sequence[Sequence[TextFile]]) -> None:
    """Work on such texts; what a process that was killed had to do is done here."""
    many = forks.cores()
    slices = [[file for some in texts[start::many] for file in some] for start in range(many)]

    def piece(some: Sequence[TextFile]) -> Done:
        own = Run(run.root, run.wish, run.asking)
        with without_collector():
            work(own, reading.read(some))
        return own.done

    for number, done in forks.answers([partial(piece, some) for some in slices], many):
        run.done.add(piece(slices[number]) if done is None else done)


def _merged(problems: Sequence[Problem]) -> Iterable[Problem]:
    """The engine's problems of all rounds, each kind once, with its count."""
    found: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        key = problem.rule, str(problem.values.get("name"))
        before = found.get(key)
        if before is not None and "count" in problem.values:
            count = int(str(before.values["count"])) + int(str(problem.values["count"]))
            problem = replace(problem, values={**problem.values, "count": count})  # noqa: PLW2901
        found[key] = problem
    return found.values()


def _remember(run: Run, begun: Reading, problems: Sequence[Problem], last: Ledger) -> None:
    """Note which texts are in order, as this run found and left them."""
    texts = {**begun.known, **run.done.order}
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    everything = texts.keys() >= {file.key for file in begun.found}
    whole = ledger.whole({**begun.inputs, **run.done.contents}) if everything and not wrong else ""
    ledger.save(run.root / "build", Ledger(last.program, whole, texts))
