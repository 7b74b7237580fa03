"""`actes glossary`: what the glossary says against the texts, and what is wrong with itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import print_problems, workspace_option
from pipeline.errors import Exit
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.errors import Problem
    from pipeline.workspace.layout import TextFile
    from pipeline.workspace.load import Workspace


@click.group("glossary", help=say("help-glossary-long"))
def command() -> None:
    """The group of the glossary's commands."""


@command.command("check", help=say("help-glossary-check"))
@click.argument("paths", nargs=-1, metavar=say("metavar-paths"), type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help=say("option-strict"))
@click.option("--json", "as_json", is_flag=True, help=say("option-json"))
@workspace_option
def check(paths: tuple[Path, ...], strict: bool, as_json: bool, start: Path) -> int:
    """Print the findings; they are remarks, and make the command fail only if it is strict."""
    from pipeline.errors import in_order
    from pipeline.workspace.load import load
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    workspace, wrong = load(root)
    broken, remarks = _findings(workspace, paths)
    found = in_order(remarks)
    if as_json:
        click.echo(
            json.dumps([_as_json(problem) for problem in found], ensure_ascii=False, indent=2)
        )
    errors = print_problems(in_order([*wrong, *broken]), count=False)
    if not as_json:
        print_problems(found)
        if not found and not errors:
            click.echo(say("glossary-clean"))
    return Exit.PROBLEMS if errors or (strict and found) else Exit.OK


def _findings(workspace: Workspace, paths: Sequence[Path]) -> tuple[list[Problem], list[Problem]]:
    """What cannot be read, and what the glossary says; all texts are read, for their pairs."""
    from pipeline.errors import Severity
    from pipeline.texts.kept import kept
    from pipeline.texts.read import read_texts
    from pipeline.translation.glossary_check import text_problems
    from pipeline.translation.terms import vocabulary
    from pipeline.translation.works import works
    from pipeline.workspace.layout import Kind, find_texts

    files, misplaced = find_texts(workspace.root, workspace.event)
    wanted = _wanted(workspace.root, paths, files)
    reading = read_texts(workspace, files, kept(workspace))
    grouped, wrong = works(files, reading.texts)
    alone = [t for t in reading.texts.values() if t.file.kind is Kind.DECLARATION]
    vocabularies = {tag: vocabulary(workspace, tag) for tag in workspace.event.languages}
    found = text_problems(grouped.values(), alone, vocabularies, wanted.__contains__)
    broken = [p for p in (*misplaced, *wrong, *reading.problems) if p.severity is Severity.ERROR]
    return broken, [*_of_the_glossary(workspace), *found]


def _of_the_glossary(workspace: Workspace) -> list[Problem]:
    from pipeline.translation.glossary_check import glossary_problems
    from pipeline.workspace.load import read_document
    from pipeline.workspace.paths import GLOSSARY

    if not workspace.glossary:
        return []
    return glossary_problems(read_document(workspace.root, GLOSSARY), workspace.event.languages)


def _wanted(root: Path, paths: Sequence[Path], files: Sequence[TextFile]) -> set[str]:
    """The texts named by ``paths`` (a file, a folder, none: all).

    Raises ActesError ``glossary-no-text`` for a path that names none.
    """
    from pipeline.errors import stop

    known = {file.path for file in files}
    if not paths:
        return known
    chosen: set[str] = set()
    for path in paths:
        there = {name for name in known if (root / name).resolve().is_relative_to(path.resolve())}
        if not there:
            raise stop("glossary-no-text", path.as_posix(), code=Exit.USAGE)
        chosen |= there
    return chosen


def _as_json(problem: Problem) -> dict[str, object]:
    return {
        "rule": problem.rule,
        "file": problem.place.file,
        "line": problem.place.line,
        **problem.values,
        "message": problem.message(),
    }
