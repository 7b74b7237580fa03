"""A first version of what a language lacks, proposed by an engine as `actes translate` would.

Only clauses that are not there are written; each is marked as a machine's (`machine`), and nothing
is confirmed by it. The gate, the memory and what was paid for are those of `actes translate`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise, zip_longest
from pathlib import Path

from pipeline import files
from pipeline.declaration import desk
from pipeline.declaration.clauses import Clause, clauses, exact_lines, lines_of
from pipeline.declaration.dossier import Dossier, path_of
from pipeline.declaration.fingerprints import (
    DEFINED,
    cites,
    clause_fingerprint,
    definitions_of,
    fingerprint_of,
    label,
)
from pipeline.declaration.machine import mark
from pipeline.declaration.worded import as_written
from pipeline.errors import Problem, stop
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind, definitions
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
        if dossier.confidential:  # one of its texts says so of them all
            text = text.held_confidential()
        if there is None and (root / path_of(language)).exists():
            return Proposed("", (), (), now.problems)  # it cannot be read: not ours to replace
        known = {clause.key for clause in dossier.clauses.get(language, ())}
        lacking = [c for c in dossier.clauses[origin] if c.key not in known and c.id == c.key]
        wanted = {clause.key: _segments(text, dossier, clause) for clause in lacking}
        _add_definitions(wanted, text, there)
        asking = _asking(root, now.workspace, environment)
        task = _task(text, language, wanted, with_title=there is None)
        answers = asking.ask(task.asks)
        made = _made(task, wanted, there, answers)
        title = as_written(task.values(answers).get("title", ""))
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


def _task(text: Text, language: str, wanted: Mapping[str, Sequence[int]], with_title: bool) -> Task:
    file = TextFile(path_of(language), DECLARATION, DECLARATION, language, Kind.DECLARATION)
    segments = tuple(sorted({i for indices in wanted.values() for i in indices}))
    return Task(text, file, None, segments, {"title": text.metadata.title} if with_title else {})


def _segments(text: Text, dossier: Dossier, clause: Clause) -> list[int]:
    """The indices of the segments of a clause."""
    begin, end = exact_lines(text, dossier.clauses[text.file.language], clause)
    first = text.source.body_line
    return [
        index
        for index, segment in enumerate(text.body.segments)
        if begin < first + segment.line <= end and segment.kind not in _BODY
    ]


def _add_definitions(wanted: dict[str, list[int]], text: Text, there: Text | None) -> None:
    """Give each clause the notes and targets that it cites and that would be defined nowhere; take
    from the last one those that end the text and are defined there already."""
    segments = text.body.segments
    known = {label(words) for words in definitions_of(there)} if there else set()
    defined = [index for index, segment in enumerate(segments) if segment.kind in DEFINED]
    waiting = [index for index in defined if label(segments[index].raw) not in known]
    for key, indices in wanted.items():
        wanted[key] = [i for i in indices if i in waiting or i not in defined]
    for indices in wanted.values():
        for index in indices:  # which may grow: a note may cite another
            for other in waiting:
                taken = any(other in found for found in wanted.values())
                if not taken and cites(segments[index].raw, segments[other].raw):
                    indices.append(other)


def _made(
    task: Task, wanted: Mapping[str, Sequence[int]], there: Text | None, answers: Answers
) -> dict[str, str]:
    """The clauses that are wholly answered, each with its mark, by key."""
    proposals = task.proposals(answers, lambda *_all: "")
    texts = {index: as_written(proposal.text) for index, proposal in proposals.items()}
    complete = {k: found for k, found in wanted.items() if all(i in texts for i in found)}
    taken = sorted({index for found in complete.values() for index in found})
    proposed = [replace(task.original.body.segments[i], raw=texts[i]) for i in taken]
    defined = definitions_of(there) if there else []
    defined += [definition.raw for definition in definitions(proposed)]
    made: dict[str, str] = {}
    for key, indices in complete.items():
        head, *body = (texts[index] for index in indices)
        fingerprint = clause_fingerprint("\n\n".join([head, *body]), defined)
        made[key] = "\n\n".join([head, mark(fingerprint), *body])
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
    edges = [0, *sorted(places), len(lines)]
    pieces = ["".join(lines[begin:end]).strip("\r\n") for begin, end in pairwise(edges)]
    blocks = ["\n\n".join(places[edge]).replace("\n", eol) for edge in edges[1:-1]]
    whole = [part for pair in zip_longest(pieces, blocks, fillvalue="") for part in pair]
    return (eol * 2).join(part for part in whole if part) + eol
