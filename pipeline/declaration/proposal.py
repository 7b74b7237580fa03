"""A first version of what a language lacks, proposed by an engine as `actes translate` would.

Only clauses that are not there are written; each is marked as a machine's (`machine`), and nothing
is confirmed by it. The gate, the memory and what was paid for are those of `actes translate`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pipeline import files
from pipeline.declaration import desk
from pipeline.declaration.clauses import Clause, clauses, exact_lines, lines_of
from pipeline.declaration.dossier import Dossier, path_of
from pipeline.declaration.fingerprints import fingerprint_of
from pipeline.declaration.machine import mark
from pipeline.errors import Problem, stop
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind
from pipeline.translation.engines import registry
from pipeline.translation.memory.desk import open_desk
from pipeline.translation.memory.index import Memory
from pipeline.translation.paid import Paid
from pipeline.translation.pretranslate.asking import Asking, Sources
from pipeline.translation.pretranslate.tasks import Answers, Task
from pipeline.translation.scalars import quoted
from pipeline.translation.terms import lexicon
from pipeline.workspace.languages import load_language
from pipeline.workspace.layout import DECLARATION, Kind, TextFile
from pipeline.workspace.load import Workspace

_BODY = (SegmentKind.COMMENT, SegmentKind.LEADING)


@dataclass(frozen=True)
class Proposed:
    """The file written ("" if none was), the clauses in it, those that still wait, and problems."""

    path: str
    done: tuple[str, ...]
    waiting: tuple[str, ...]
    problems: tuple[Problem, ...]


def propose(
    root: Path, language: str, source: str | None, environment: Mapping[str, str]
) -> Proposed:
    """Write into the text of ``language`` every clause it lacks, from ``source`` (the other one).

    Raises ActesError ``language-unknown``, ``declaration-none``, ``saved-meanwhile``, and as
    `registry.engine`: what event.yaml does not allow is not sent.
    """
    with files.locked(root, root / "build"):
        now = desk.read(root)
        dossier = now.dossier
        for tag in (language, *([source] if source else [])):
            desk.expect_language(dossier, tag)
        origin = source or next((tag for tag in dossier.texts if tag != language), "")
        if origin == language or origin not in dossier.texts:
            raise stop("declaration-none", path_of(origin or dossier.languages[0]))
        text, there = dossier.texts[origin], dossier.texts.get(language)
        if there is None and (root / path_of(language)).exists():
            return Proposed("", (), (), now.problems)  # it cannot be read: not ours to replace
        known = {clause.key for clause in dossier.clauses.get(language, ())}
        lacking = [c for c in dossier.clauses[origin] if c.key not in known and c.id == c.key]
        asking = _asking(root, now.workspace, environment)
        task = _task(text, language, dossier, lacking, with_title=there is None)
        answers = asking.ask(task.asks)
        made = _made(task, dossier, origin, lacking, answers)
        title = task.values(answers).get("title", "")
        written = bool(made) and (there is not None or bool(title))
        if written:
            before = there.source.raw if there else ""
            content = _with(there, dossier, origin, made) if there else _new(title, made)
            desk.write(root, {path_of(language): (before, content)})
        done = tuple(made) if written else ()
        waiting = tuple(c.key for c in lacking if c.key not in done)
        return Proposed(path_of(language) if written else "", done, waiting, tuple(asking.problems))


def _asking(root: Path, workspace: Workspace, environment: Mapping[str, str]) -> Asking:
    settings = workspace.event.translation
    engine = registry.engine(registry.chosen(settings, None), settings, environment)
    build = workspace.build

    @cache
    def memory() -> Memory:
        return open_desk(root).memory

    return Asking(
        Sources(
            memory=lambda _asks: memory(),
            engine=engine,
            paid=Paid(root, build / "cache" / "paid.sqlite"),
            lexicon=cache(partial(lexicon, workspace)),
            table=cache(partial(load_language, root)),
        )
    )


def _task(
    text: Text, language: str, dossier: Dossier, lacking: Sequence[Clause], with_title: bool
) -> Task:
    file = TextFile(path_of(language), DECLARATION, DECLARATION, language, Kind.DECLARATION)
    wanted = tuple(i for c in lacking for i in _segments(text, dossier, c))
    return Task(text, file, None, wanted, {"title": text.metadata.title} if with_title else {})


def _segments(text: Text, dossier: Dossier, clause: Clause) -> list[int]:
    """The indices of the segments of a clause."""
    begin, end = exact_lines(text, dossier.clauses[text.file.language], clause)
    first = text.source.body_line
    return [
        index
        for index, segment in enumerate(text.body.segments)
        if begin < first + segment.line <= end and segment.kind not in _BODY
    ]


def _made(
    task: Task, dossier: Dossier, origin: str, lacking: Sequence[Clause], answers: Answers
) -> dict[str, str]:
    """The clauses that are wholly answered, each with its mark, by key."""
    proposals = task.proposals(answers, lambda _source, _translation: "")
    made: dict[str, str] = {}
    for clause in lacking:
        indices = _segments(dossier.texts[origin], dossier, clause)
        if all(index in proposals for index in indices):
            head, *body = (proposals[index].text for index in indices)
            words = "\n\n".join([head, *body])
            made[clause.key] = "\n\n".join([head, mark(fingerprint_of(words)), *body])
    return made


def _new(title: str, made: Mapping[str, str]) -> str:
    head = f"---\ntitle: {quoted(title)}\n---\n\n{mark(fingerprint_of(title))}\n\n"
    return head + "\n\n".join(made.values()) + "\n"


def _with(there: Text, dossier: Dossier, origin: str, made: Mapping[str, str]) -> str:
    """The text with each new clause after that which it follows in the other language."""
    found = clauses(there)[0]
    lines = lines_of(there.source.raw)
    ends = {c.key: exact_lines(there, found, c)[1] for c in found}
    at = there.source.body_line
    places: dict[int, list[str]] = {}
    for clause in dossier.clauses[origin]:
        at = ends.get(clause.key, at)
        if clause.key in made:
            places.setdefault(at, []).append(made[clause.key])
    eol = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    for position in sorted(places, reverse=True):
        before = "".join(lines[:position]).rstrip("\r\n")
        block = "\n\n".join(places[position]).replace("\n", eol)
        behind = "".join(lines[position:]).lstrip("\r\n")
        lines = [f"{before}{eol * 2}{block}{eol * 2 if behind else eol}{behind}"]
    return "".join(lines)
