"""Counterparts asked for and written, and what is then known of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pipeline import files
from pipeline.errors import ActesError, Place, Problem, Severity
from pipeline.translation.markup.verify import lacks
from pipeline.translation.pretranslate import writing
from pipeline.translation.pretranslate.asking import Asking
from pipeline.translation.pretranslate.ledger import InOrder
from pipeline.translation.pretranslate.reading import Reading
from pipeline.translation.pretranslate.tasks import Answers, Ask, Task, asked, task
from pipeline.translation.pretranslate.wish import Wish
from pipeline.translation.remarks import marker_problems
from pipeline.translation.terms import Lexicon
from pipeline.wording import INTERFACE_LANGUAGES, say
from pipeline.workspace import digests

_AT_ONCE = 25  # counterparts asked for together, then written: what a kill can cost is time
_WRITERS = 8  # files written at once: a disk takes hardly longer to keep several than one
_TRIES = 3  # for a file that people save while it is being translated


@dataclass
class Done:
    """What a run has done so far: the files ``written``, how many segments are ``waiting`` for
    words, the digests of the counterparts as it left them (``contents``), the keys of texts that
    still lack something (``lacking``), those that lack nothing (``order``), and what was in files
    and now is (``rewritten``)."""

    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    waiting: int = 0
    contents: dict[str, str] = field(default_factory=dict)
    lacking: set[str] = field(default_factory=set)
    order: dict[str, InOrder] = field(default_factory=dict)
    rewritten: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, other: Done) -> None:
        """Both together."""
        self.written += other.written
        self.problems += other.problems
        self.waiting += other.waiting
        self.contents |= other.contents
        self.lacking |= other.lacking
        self.order |= other.order
        self.rewritten |= other.rewritten


@dataclass
class Run:
    """A run at work; ``done`` is what it has done so far."""

    root: Path
    wish: Wish
    asking: Asking
    done: Done = field(default_factory=Done)


@dataclass(frozen=True)
class _Draft:
    """A counterpart's file as it shall stand; ``lacking`` counts what still waits for words."""

    task: Task
    content: str
    lacking: int


def work(run: Run, reading: Reading) -> None:
    """Bring all counterparts of ``reading`` that are asked for up to date."""
    tasks = list(reading.tasks(run.wish))
    run.asking.expect(asked(tasks))
    with ThreadPoolExecutor(_WRITERS) as writers:
        for start in range(0, len(tasks), _AT_ONCE):
            _work(run, reading, tasks[start : start + _AT_ONCE], writers)
    run.done.problems += reading.problems
    _put_in_order(run, reading)


def _work(run: Run, reading: Reading, tasks: Sequence[Task], writers: ThreadPoolExecutor) -> None:
    """Ask for what some counterparts lack, and write them; of one that somebody saved meanwhile,
    begin again with what they said.

    Nothing is paid for again: the answers are kept.
    """
    for _try in range(_TRIES):
        answers = run.asking.ask(asked(tasks))
        drafts = [draft for one in tasks if (draft := _drafted(run, one, answers))]
        left = _write(run, drafts, writers)
        tasks = [again for one in left if (again := _again(run, reading, one))]
        if not tasks:
            return
    for one in tasks:
        _overtaken(run, one)


def _again(run: Run, reading: Reading, one: Task) -> Task | None:
    """The task as the files stand now; None where they can no longer be read together."""
    again = reading.again(one, run.wish)
    if again is None:
        _overtaken(run, one)
    return again


def _overtaken(run: Run, one: Task) -> None:
    run.done.lacking.add(one.file.key)
    run.done.problems.append(Problem("translation-overtaken", Place(one.file.path)))


def _drafted(run: Run, one: Task, answers: Answers) -> _Draft | None:
    """What the counterpart's file shall hold; None where something stands against it."""
    try:
        terms = run.asking.sources.lexicon(one.original.file.language, one.file.language)
        proposals = one.proposals(answers, partial(_remarks, run.asking, terms))
        values = one.values(answers)
        content = writing.renewed(one, proposals, values)
    except ActesError as error:
        run.done.lacking.add(one.file.key)
        run.done.problems += error.problems
        return None
    return _Draft(one, content, _lacking(run, one, proposals, values))


def _lacking(run: Run, one: Task, segments: Collection[int], values: Collection[str]) -> int:
    """How much still waits for words; what a machine said before stands until it says it anew."""
    due = one
    if run.wish.retranslate:
        due = task(one.original, one.file, one.counterpart, retranslate=False)
    return len({*due.segments} - {*segments}) + len({*due.fields} - {*values})


def _write(run: Run, drafts: Sequence[_Draft], writers: ThreadPoolExecutor) -> list[Task]:
    """Write some counterparts; the tasks whose files changed meanwhile, which stay as they are."""

    def written(draft: _Draft) -> bool | ActesError | None:
        try:
            return writing.write(run.root, draft.task, draft.content)
        except ActesError as error:
            return error

    results = list(writers.map(written, drafts))
    created = [draft.task for draft, done in zip(drafts, results, strict=True) if done is True]
    files.settle(run.root, [run.root / one.file.path for one in created])
    overtaken: list[Task] = []
    for draft, done in zip(drafts, results, strict=True):
        if done is None:
            overtaken.append(draft.task)
        elif isinstance(done, ActesError):
            run.done.lacking.add(draft.task.file.key)
            run.done.problems += done.problems
        else:
            _note(run, draft, done)
    return overtaken


def _note(run: Run, draft: _Draft, changed: bool) -> None:
    """What is now known of a counterpart that stands as it should."""
    one = draft.task
    run.done.written += [one.file.path] if changed else []
    run.done.contents[one.file.path] = digests.digest(draft.content.encode("utf-8"))
    run.done.waiting += draft.lacking
    if draft.lacking:
        run.done.lacking.add(one.file.key)
    if one.counterpart is not None:
        if changed:
            run.done.rewritten[one.file.path] = one.counterpart.source.raw, draft.content
        said = list(marker_problems(one.counterpart, None))
        run.done.problems += said
        wrong = [*said, *one.counterpart.problems]
        if any(problem.severity is Severity.ERROR for problem in wrong):
            run.done.lacking.add(one.file.key)  # the next run says it again


def _remarks(
    asking: Asking, terms: Lexicon, source: str, translation: str, asks: Sequence[Ask]
) -> str:
    """What a person should know of a proposal, a line each, in the translator's language."""
    language = terms.target.language
    spoken = language if language in INTERFACE_LANGUAGES else INTERFACE_LANGUAGES[-1]
    lines = [say(f"lack-{lack.kind}", spoken, value=lack.value)
             for lack in lacks(source, translation)]  # fmt: skip
    lines += [
        say(f"remark-{finding.rule}", spoken, found=finding.found, wanted=finding.wanted)
        for finding in terms.findings(source, translation)
    ]
    from_memory = asking.approved_in(asks)
    if from_memory:
        lines.append(say("remark-approved", spoken, where=", ".join(from_memory)))
    return "\n".join(dict.fromkeys(lines))


def _put_in_order(run: Run, reading: Reading) -> None:
    """Note which texts are in order, as this run read and left them."""
    inputs = {**reading.inputs, **run.done.contents}
    for key in reading.finished(run.wish) - run.done.lacking:
        original = reading.works[key].original
        if original is not None:
            marks = reading.marks(key, inputs)
            secret = original.metadata.confidential
            run.done.order[key] = InOrder(marks, original.file.language, secret)
