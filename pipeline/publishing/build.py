"""`actes build`: from a workspace to finished files, each step once, nothing twice."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__, files, program
from pipeline.collector import without_collector
from pipeline.errors import ActesError, Exit, Place, Problem, in_order
from pipeline.publishing import manifest as ledger
from pipeline.publishing.extras import EXTRAS
from pipeline.publishing.jobs import Options, Say
from pipeline.publishing.manifest import Manifest, Record
from pipeline.translation.typed import TYPED, TYPED_WORD
from pipeline.workspace import digests

if TYPE_CHECKING:
    from pipeline.publishing.editions import Plan

_WORK = ".work"
# What may go better next time, on a quieter machine: such a build is not taken as done.
_PASSING = frozenset(
    {"text-too-slow", "pdf-too-slow", "pdf-crashed", "pandoc-failed", "edition-crashed"}
)


@dataclass(frozen=True)
class Report:
    """The files of the build, in order, those that were made anew, and all problems.

    ``approvals`` are the texts in which a typed `approve` was settled; ``code`` is what a job that
    failed asks for beyond its problems (a font that is missing).
    """

    files: tuple[Path, ...]
    made: tuple[Path, ...]
    problems: tuple[Problem, ...]
    approvals: tuple[str, ...] = ()
    code: Exit = Exit.OK


def versions() -> dict[str, str]:
    """The versions that decide the bytes of an edition."""
    names = ("pypandoc_binary", "typst", "pylopdf-fonts-jp", "noto-cjk-sans-jp-bold", "lxml",
             "babel", "pyuca")  # fmt: skip
    extras = [extra.package.replace("_", "-") for extra in EXTRAS if extra.is_installed]
    return {"actes": __version__, **{name: program.version(name) for name in (*names, *extras)}}


def build(root: Path, options: Options, say: Say = lambda _: None) -> Report:
    """Build what ``options`` ask for.

    Raises ActesError: ``workspace-busy``, ``no-workspace``, ``edition-unknown``, the problems of an
    invalid event.yaml, or ``final-refused`` with its list (law 8). Other problems are in the
    report; the files that did not depend on them are made.
    """
    folder = root / "build"
    with files.locked(root, folder), without_collector():
        files.clear(root, folder / _WORK)  # what a build that was killed left behind
        last = ledger.load(folder)
        now, approvals = _settled_inputs(root)
        current = versions()
        key = ledger.key_of([repr(options), repr(sorted(current.items())), _program(),
                             *(f"{path}={value}" for path, value in now.items())])  # fmt: skip
        report = _unchanged(folder, last, key)
        if report is None:
            facts = _Facts(last, key, now, current)
            report = _build(root, folder, options, facts, say)
        return replace(report, approvals=approvals)


@dataclass(frozen=True)
class _Facts:
    """What a build begins from: the last manifest, its own key, the inputs and the versions."""

    last: Manifest
    key: str
    inputs: Mapping[str, str]
    versions: Mapping[str, str]


@contextmanager
def _temporaries_in(folder: Path) -> Iterator[None]:
    """Temporary files of the writers in the build's own folder, which the next build sweeps."""
    before = tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _settled_inputs(root: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The digests of the inputs, after the approvals that were typed into them are settled."""
    typed: list[str] = []

    def notice(path: str, content: bytes) -> None:
        if path.endswith(".md") and TYPED_WORD in content.lower() and TYPED.search(content):
            typed.append(path)

    now = digests.inputs(root, notice)
    approvals = tuple(_settle(root, typed)) if typed else ()
    return (digests.inputs(root) if approvals else now), approvals


def _settle(root: Path, typed: Sequence[str]) -> Iterable[str]:
    """Write the counterparts among ``typed`` with their approvals settled; the paths written."""
    from pipeline.texts.read import read_texts
    from pipeline.translation.approvals import settled
    from pipeline.translation.remarks import torn
    from pipeline.workspace.layout import find_texts
    from pipeline.workspace.load import load

    try:
        workspace, _problems = load(root)
    except ActesError:
        return  # said by the build itself
    found = [f for f in find_texts(root, workspace.event)[0] if f.path in typed]
    for path, text in read_texts(workspace, found).texts.items():
        if text.metadata.translation is not None and not torn(text):
            content = settled(text.source, text.body.segments, text.metadata)
            before = text.source.raw.encode("utf-8")
            if files.write_bytes(root, root / path, content.encode("utf-8"), over=before):
                yield path


def _program() -> str:
    """The state of the program's code and templates: a checkout rebuilds when they change."""
    from pipeline.workspace.languages import program_templates

    return program.code() + program.digest(program_templates())


def _unchanged(folder: Path, last: Manifest, key: str) -> Report | None:
    """The report of a build with nothing to do: all the outputs of the same build still stand."""
    done = last.builds.get(key)
    if done is None:
        return None
    if not all(ledger.stands(folder, name, last.outputs.get(name), key) for name in done.outputs):
        return None
    return Report(tuple(folder / name for name in done.outputs), (), done.problems)


def _build(root: Path, folder: Path, options: Options, facts: _Facts, say: Say) -> Report:
    from pipeline.publishing.gather import gather
    from pipeline.publishing.warm import warm

    work = files.make_folder(root, folder / _WORK)
    try:
        with _temporaries_in(work):
            gathered = gather(root, options, say, warm)
            from pipeline.publishing import editions  # which is loaded by now

            asking = partial(editions.contradictions, say=say)
            planned = editions.plan(gathered, work, options, asking)
            if options.final and planned.blocking:
                head = Problem("final-refused", Place(""), {"count": len(planned.blocking)})
                raise ActesError([*in_order(planned.blocking), head], Exit.REFUSED)
            result = _run(root, folder, planned, facts, say)
    finally:
        files.clear(root, work)
    for name in planned.names:
        if name not in result.made:  # an edition that could not be made is not left as it was
            files.remove(root, folder / name)
    found = in_order([*planned.problems, *result.problems])
    ledger.save(root, folder, _manifest(facts, planned.names, result, tuple(found)))
    names = [name for name in planned.names if name in result.made]
    before = facts.last.outputs
    anew = [n for n in names if n not in before or before[n].digest != result.made[n].digest]
    return Report(
        tuple(folder / name for name in names),
        tuple(folder / name for name in anew),
        tuple(found),
        code=result.code,
    )


def _manifest(
    facts: _Facts, names: Sequence[str], result: _Result, problems: tuple[Problem, ...]
) -> Manifest:
    """The manifest after a build: what other builds made stays, as long as it stands."""
    outputs = {n: r for n, r in facts.last.outputs.items() if n not in names} | result.made
    builds = {
        key: done
        for key, done in facts.last.builds.items()
        if all(name in outputs and outputs[name].key == key for name in done.outputs)
    }
    if not any(problem.rule in _PASSING for problem in problems):
        made = tuple(name for name in names if name in result.made)
        builds[facts.key] = ledger.Done(made, problems)
    return Manifest(facts.versions, facts.inputs, outputs, builds)


@dataclass
class _Result:
    """What came of the jobs; ``code`` is what the worst of them asks for."""

    made: dict[str, Record]
    problems: list[Problem]
    code: Exit = Exit.OK


def _run(root: Path, folder: Path, planned: Plan, facts: _Facts, say: Say) -> _Result:
    """Make every output; what fails does not stop the others."""
    from pipeline.publishing.workers import outcomes

    result = _Result({}, [])
    sources = ledger.key_of(f"{path}={value}" for path, value in facts.inputs.items())
    with closing(outcomes(planned.editions, say)) as found:
        for outcome in found:
            result.problems.extend(outcome.problems)
            result.code = max(result.code, outcome.code)
            if outcome.content is None:
                continue
            try:
                files.write_bytes(root, folder / outcome.name, outcome.content)
            except ActesError as error:
                result.problems.extend(error.problems)
                result.code = max(result.code, error.code)
                continue
            digest = digests.digest(outcome.content)
            result.made[outcome.name] = Record(facts.key, sources, digest, len(outcome.content))
    return result
