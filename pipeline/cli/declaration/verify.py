"""`actes declaration verify`: whether a PDF or Word file is the text that was adopted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import words
from pipeline.cli.common import Progress, print_problems, workspace_option
from pipeline.cli.declaration.clause_names import named
from pipeline.errors import Exit, Place, Problem
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.publishing.proof.verify import Adopted, Difference, Verdict

_LONGEST = 200
_MANY = 4  # clauses: beyond, what is lacking is told in one sentence


@click.command("verify", help=say("help-declaration-verify-long"))
@click.argument(
    "paths", nargs=-1, required=True, metavar=f"{say('metavar-file')}...",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
)  # fmt: skip
@click.option("--against", metavar=say("metavar-version"), help=say("option-against"))
@workspace_option
def verify(paths: tuple[Path, ...], against: str | None, start: Path) -> int:
    """Say of each file whether it is the adopted text; exit code 1 if one is not."""
    from pipeline.errors import ActesError
    from pipeline.publishing.proof import verify as proof
    from pipeline.workspace.paths import find_root

    text = proof.adopted_text(find_root(start), against)
    progress = Progress()
    problems: list[Problem] = []
    for path in paths:
        progress(path.name)
        try:
            verdict = proof.verify(text, path)
        except ActesError as error:
            problems += error.problems
            continue
        finally:
            progress.done()
        problems += _problems(text, verdict)
        if verdict.agrees:
            click.echo(_agrees(text, verdict))
    errors = print_problems(problems, count=False)
    if any(problem.rule == "verify-differs" for problem in problems):
        click.echo(say("declaration-diff-signs"), err=True)
    return Exit.PROBLEMS if errors else Exit.OK


def _agrees(text: Adopted, verdict: Verdict) -> str:
    from pipeline.declaration.fingerprints import CLOSING, TITLE

    count = len({run.clause for run in text.wordings[0]} - {TITLE, CLOSING})
    values = {
        "file": verdict.path.as_posix(), "title": text.version.title, "digest": verdict.digest,
        "on": text.version.on.isoformat(), "languages": ", ".join(verdict.languages),
    }  # fmt: skip
    return say("verify-agrees", count=count, **values)


def _problems(text: Adopted, verdict: Verdict) -> Iterable[Problem]:
    place = Place(verdict.path.as_posix())
    if not verdict.languages:
        yield Problem("verify-other", place, {"title": text.version.title})
    lacking = {tag: _lacking(verdict, tag) for tag in verdict.languages}
    many = {tag: ids for tag, ids in lacking.items() if len(ids) > _MANY}
    for language, ids in many.items():
        values = {"language": language, "count": len(ids), "ids": ", ".join(map(named, ids))}
        yield Problem("verify-absent-many", place, values)
    for found in verdict.differences:
        if found.found or found.clause not in many.get(found.language, ()):
            yield _problem(found, place, text.confidential)


def _lacking(verdict: Verdict, language: str) -> list[str]:
    """The clauses of which words are nowhere in the file, each once."""
    found = [d.clause for d in verdict.differences if d.language == language and not d.found]
    return list(dict.fromkeys(found))


def _problem(found: Difference, place: Place, hidden: bool) -> Problem:
    values = {"id": named(found.clause), "language": found.language}
    if not found.adopted:
        said = "…" if hidden else _short(found.found)
        near = f"{named(found.clause)} ({found.language})" if found.clause else "–"
        return Problem("verify-foreign", place, {"near": near, "words": said})
    if not found.found:
        said = "…" if hidden else _short(found.adopted)
        return Problem("verify-absent", place, {**values, "words": said})
    marked = "…" if hidden else words.changed(found.adopted, found.found)
    return Problem("verify-differs", place, {**values, "words": marked})


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
