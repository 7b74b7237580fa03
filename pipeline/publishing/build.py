"""`actes build`: from a workspace to finished files, each step once, nothing twice."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline import __version__, files
from pipeline.errors import ActesError, Exit, Place, Problem, in_order
from pipeline.publishing import manifest as ledger
from pipeline.publishing.jobs import Job, Options, Say
from pipeline.publishing.manifest import Manifest, Record
from pipeline.translation.approvals import TYPED, settled

_WORK = ".work"


@dataclass(frozen=True)
class Report:
    """The files of the build, in order, those that were made anew, and all problems.

    ``approvals`` are the texts in which a typed `approve` was settled.
    """

    files: tuple[Path, ...]
    made: tuple[Path, ...]
    problems: tuple[Problem, ...]
    approvals: tuple[str, ...] = ()


def versions() -> dict[str, str]:
    """The versions that decide the bytes of an edition."""
    from importlib.metadata import version

    names = ("pypandoc_binary", "typst", "pylopdf-fonts-jp", "noto-cjk-sans-jp-bold", "lxml",
             "babel", "pyuca")  # fmt: skip
    return {"actes": __version__, **{name: version(name) for name in names}}


def build(root: Path, options: Options, say: Say = lambda _: None) -> Report:
    """Build what ``options`` ask for.

    Raises ActesError: ``workspace-busy``, ``no-workspace``, ``edition-unknown``, the problems of an
    invalid event.yaml, or ``final-refused`` with its list (law 8). Other problems are in the
    report; the files that did not depend on them are made.
    """
    folder = root / "build"
    with files.locked(root, folder), _without_collector():
        files.clear(root, folder / _WORK)  # what a build that was killed left behind
        last = ledger.load(folder)
        now, approvals = _settled_inputs(root)
        current = versions()
        key = ledger.key_of([repr(options), repr(sorted(current.items())), _program(),
                             *(f"{path}={value}" for path, value in now.items())])  # fmt: skip
        kept = _unchanged(folder, last, key)
        if kept is not None:
            return replace(kept, approvals=approvals)
        report = _build(root, folder, options, last, key, (now, current), say)
        return replace(report, approvals=approvals)


@contextmanager
def _without_collector() -> Iterator[None]:
    """The texts are millions of small objects without a cycle: the collector walks them in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _settled_inputs(root: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The digests of the inputs, after the approvals that were typed into them are settled."""
    typed: list[str] = []

    def notice(path: str, content: bytes) -> None:
        if path.endswith(".md") and TYPED.search(content):
            typed.append(path)

    now = ledger.inputs(root, notice)
    approvals = tuple(_settle(root, typed)) if typed else ()
    return (ledger.inputs(root) if approvals else now), approvals


def _settle(root: Path, typed: Sequence[str]) -> Iterable[str]:
    """Write the counterparts among ``typed`` with their approvals settled; the paths written."""
    from pipeline.texts.read import read_texts
    from pipeline.workspace.layout import find_texts
    from pipeline.workspace.load import load

    try:
        workspace, _problems = load(root)
    except ActesError:
        return  # said by the build itself
    found = [f for f in find_texts(root, workspace.event)[0] if f.path in typed]
    for path, text in read_texts(workspace, found).texts.items():
        if text.metadata.translation is not None:
            content = settled(text.source, text.body.segments, text.metadata)
            if files.write_text(root, root / path, content):
                yield path


def _program() -> str:
    """The state of the program's code and templates: a checkout rebuilds when they change."""
    from pipeline.workspace.languages import program_templates

    package = Path(__file__).resolve().parent.parent
    found = [*package.rglob("*.py"), *package.rglob("*.lua"), *program_templates().rglob("*.*")]
    return ledger.key_of(
        f"{file.name}:{ledger.digest(file.read_bytes())}"
        for file in sorted(set(found))
        if file.is_file()
    )


def _unchanged(folder: Path, last: Manifest, key: str) -> Report | None:
    """The report of a build with nothing to do, when every output of the same key stands."""
    names = [name for name, record in last.outputs.items() if record.key == key]
    if not names or not all(ledger.stands(folder, n, last.outputs[n], key) for n in names):
        return None
    ordered = sorted(names, key=lambda name: (not name.startswith("proceedings"), name))
    return Report(tuple(folder / name for name in ordered), (), last.problems)


def _build(
    root: Path,
    folder: Path,
    options: Options,
    last: Manifest,
    key: str,
    facts: tuple[dict[str, str], dict[str, str]],
    say: Say,
) -> Report:
    from pipeline.publishing.editions import plan

    work = files.make_folder(root, folder / _WORK)
    try:
        jobs, problems, blocking = plan(root, work, options, say)
        if options.final and blocking:
            count = len(blocking)
            head = Problem("final-refused", Place(""), {"count": count})
            raise ActesError([*in_order(blocking), head], Exit.REFUSED)
        made, failed = _run(root, folder, jobs, key, say)
    finally:
        files.clear(root, work)
    found = in_order([*problems, *failed])
    outputs = {**last.outputs, **made}
    ledger.save(root, folder, Manifest(facts[1], facts[0], outputs, tuple(found)))
    paths = tuple(folder / name for name in jobs if name in made)
    anew = tuple(
        path for path in paths
        if last.outputs.get(path.name, Record("", "", 0)).digest != made[path.name].digest
    )  # fmt: skip
    return Report(paths, anew, tuple(found))


def _run(
    root: Path, folder: Path, jobs: Mapping[str, Job], key: str, say: Say
) -> tuple[dict[str, Record], list[Problem]]:
    """Make every output, Word and PDF side by side; what fails does not stop the others."""
    made: dict[str, Record] = {}
    problems: list[Problem] = []

    def run(name: str, job: Job) -> None:
        say(name)
        try:
            content = job()
            files.write_bytes(root, folder / name, content)
        except ActesError as error:
            problems.extend(error.problems)
            files.remove(root, folder / name)
            return
        made[name] = Record(key, ledger.digest(content), len(content))

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(partial(run, name, job)) for name, job in _longest_first(jobs)]
        try:
            for future in futures:
                future.result()
        except BaseException:  # Ctrl-C: what has not begun does not begin
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return {name: made[name] for name in jobs if name in made}, problems


def _longest_first(jobs: Mapping[str, Job]) -> Sequence[tuple[str, Job]]:
    return sorted(jobs.items(), key=lambda item: (not item[0].endswith(".pdf"), item[0]))
