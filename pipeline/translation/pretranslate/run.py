"""`actes translate`, from the workspace to its counterparts: read, ask, write, and remember."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from pipeline import files
from pipeline.errors import ActesError, Place, Problem, Severity, in_order
from pipeline.translation.engines import registry
from pipeline.translation.markup.verify import lacks
from pipeline.translation.paid import Paid
from pipeline.translation.pretranslate import ledger, writing
from pipeline.translation.pretranslate.asking import Asking, Sources
from pipeline.translation.pretranslate.begin import Report, Wish
from pipeline.translation.pretranslate.ledger import InOrder, Ledger
from pipeline.translation.pretranslate.reading import Reading, read
from pipeline.translation.pretranslate.remembering import Remembering
from pipeline.translation.pretranslate.tasks import Answers, Task, asked
from pipeline.translation.remarks import marker_problems
from pipeline.translation.sending import Estimate, OnProgress
from pipeline.translation.terms import Lexicon, lexicon
from pipeline.wording import INTERFACE_LANGUAGES, say
from pipeline.workspace import digests
from pipeline.workspace.languages import load_language

_AT_ONCE = 25  # counterparts asked for together, then written: what a kill can cost is time
_WRITERS = 8  # files written at once: a disk takes hardly longer to keep several than one
_TRIES = 3  # for a file that people save while it is being translated


@dataclass
class _Run:
    """What a run has done so far. ``contents`` are the digests of the counterparts as it left
    them, ``lacking`` the keys of texts that still lack something."""

    root: Path
    wish: Wish
    asking: Asking
    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    waiting: int = 0
    contents: dict[str, str] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Draft:
    """A counterpart's file as it shall stand; ``lacking`` counts what still waits for words."""

    task: Task
    content: str
    lacking: int


def translate(
    root: Path,
    wish: Wish,
    environment: Mapping[str, str],
    on_progress: OnProgress | None,
    inputs: Mapping[str, str],
    last: Ledger,
) -> Report:
    """What `begin.translate` promises, with the workspace locked, its ``inputs`` having changed
    since the ``last`` run."""
    reading = read(root, wish, inputs, last)
    run = _Run(root, wish, _asking(reading, wish, environment, on_progress))
    tasks = list(reading.tasks(wish))
    for start in range(0, len(tasks), _AT_ONCE):
        _work(run, reading, tasks[start : start + _AT_ONCE])
    problems = [*reading.problems, *run.problems, *_merged(run.asking.problems)]
    _remember(run, reading, problems, last)
    asking = run.asking
    return Report(
        asking.sources.engine.traits.name,
        tuple(run.written),
        run.waiting,
        asking.sent,
        asking.requests,
        asking.remembered,
        asking.cost,
        tuple(in_order(problems)),
    )


def estimate(
    root: Path, wish: Wish, environment: Mapping[str, str]
) -> tuple[Estimate, tuple[Problem, ...]]:
    """What a run would send, and the problems of the texts; nothing is sent or written."""
    with files.locked(root, root / "build"):
        reading = read(root, wish, digests.inputs(root), Ledger())
        asking = _asking(reading, wish, environment, None)
        return asking.estimate(asked(list(reading.tasks(wish)))), reading.problems


def _asking(
    reading: Reading,
    wish: Wish,
    environment: Mapping[str, str],
    on_progress: OnProgress | None,
) -> Asking:
    workspace = reading.workspace
    settings = workspace.event.translation
    sources = Sources(
        memory=Remembering(reading),
        engine=registry.engine(registry.chosen(settings, wish.engine), settings, environment),
        paid=Paid(workspace.root, workspace.build / "cache" / "paid.sqlite"),
        lexicon=cache(partial(lexicon, workspace)),
        table=cache(partial(load_language, workspace.root)),
        retranslate=wish.retranslate,
    )
    return Asking(sources, wish.limit, on_progress)


# -- asking and writing -------------------------------------------------------------------------


def _work(run: _Run, reading: Reading, tasks: Sequence[Task]) -> None:
    """Ask for what some counterparts lack, and write them; of one that somebody saved meanwhile,
    begin again with what they said.

    Nothing is paid for again: the answers are kept.
    """
    for _try in range(_TRIES):
        answers = run.asking.ask(asked(tasks))
        left = _write(run, [draft for one in tasks if (draft := _drafted(run, one, answers))])
        tasks = [again for one in left if (again := _again(run, reading, one))]
        if not tasks:
            return
    for one in tasks:
        _overtaken(run, one)


def _again(run: _Run, reading: Reading, one: Task) -> Task | None:
    """The task as the files stand now; None where they can no longer be read together."""
    again = reading.again(one, run.wish)
    if again is None:
        _overtaken(run, one)
    return again


def _overtaken(run: _Run, one: Task) -> None:
    run.lacking.add(one.file.key)
    run.problems.append(Problem("translation-overtaken", Place(one.file.path)))


def _drafted(run: _Run, one: Task, answers: Answers) -> _Draft | None:
    """What the counterpart's file shall hold; None where something stands against it."""
    try:
        terms = run.asking.sources.lexicon(one.original.file.language, one.file.language)
        proposals = one.proposals(answers, partial(_remarks, terms, one.file.language))
        values = one.values(answers)
        content = writing.renewed(one, proposals, values)
    except ActesError as error:
        run.lacking.add(one.file.key)
        run.problems += error.problems
        return None
    lacking = len(one.segments) - len(proposals) + len(one.fields) - len(values)
    return _Draft(one, content, lacking)


def _write(run: _Run, drafts: Sequence[_Draft]) -> list[Task]:
    """Write some counterparts; the tasks whose files changed meanwhile, which stay as they are."""

    def written(draft: _Draft) -> bool | ActesError | None:
        try:
            return writing.write(run.root, draft.task, draft.content)
        except ActesError as error:
            return error

    with ThreadPoolExecutor(_WRITERS) as pool:
        results = list(pool.map(written, drafts))
    overtaken: list[Task] = []
    for draft, done in zip(drafts, results, strict=True):
        if done is None:
            overtaken.append(draft.task)
        elif isinstance(done, ActesError):
            run.lacking.add(draft.task.file.key)
            run.problems += done.problems
        else:
            _note(run, draft, done)
    return overtaken


def _note(run: _Run, draft: _Draft, changed: bool) -> None:
    """What is now known of a counterpart that stands as it should."""
    one = draft.task
    run.written += [one.file.path] if changed else []
    run.contents[one.file.path] = digests.digest(draft.content.encode("utf-8"))
    run.waiting += draft.lacking
    if draft.lacking:
        run.lacking.add(one.file.key)
    if one.counterpart is not None:
        run.problems += marker_problems(one.counterpart, None)


def _remarks(terms: Lexicon, language: str, source: str, translation: str) -> str:
    """What a person should look at beside a proposal, a line each, in the translator's language."""
    spoken = language if language in INTERFACE_LANGUAGES else INTERFACE_LANGUAGES[-1]
    lines = [say(f"lack-{lack.kind}", spoken, value=lack.value)
             for lack in lacks(source, translation)]  # fmt: skip
    lines += [
        say(f"remark-{finding.rule}", spoken, found=finding.found, wanted=finding.wanted)
        for finding in terms.findings(source, translation)
    ]
    return "\n".join(dict.fromkeys(lines))


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


def _remember(run: _Run, reading: Reading, problems: Sequence[Problem], last: Ledger) -> None:
    """Note which texts are in order, as this run read and left them."""
    inputs = {**reading.inputs, **run.contents}
    texts = {key: text for key, text in last.texts.items() if key not in reading.works}
    for key in reading.finished(run.wish) - run.lacking:
        original = reading.works[key].original
        if original is not None:
            marks = reading.marks(key, inputs)
            secret = original.metadata.confidential
            texts[key] = InOrder(marks, original.file.language, secret)
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    everything = texts.keys() >= {file.key for file in reading.found}
    whole = ledger.whole(inputs) if everything and not wrong else ""
    ledger.save(run.root / "build", Ledger(last.program, whole, texts))
