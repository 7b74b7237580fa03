"""What several commands share: the workspace option, progress, lists of problems."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from pipeline.columns import cut
from pipeline.errors import Problem, Severity
from pipeline.wording import say


def workspace_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``-C FOLDER``, as in git and make."""
    return click.option(
        "-C",
        "--workspace",
        "start",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        default=Path(),
        show_default=False,
        help=say("option-workspace"),
    )(function)


class Progress:
    """One line on a terminal, rewritten; nothing at all in a pipe.

    A line that is longer than the terminal is wide would go on below, where it cannot be rewritten.
    """

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()

    def __call__(self, words: str) -> None:
        if self.shown:
            room = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\x1b[K{cut(words, room)}")
            sys.stderr.flush()

    def done(self) -> None:
        """Clear the line."""
        self("")


def print_problems(problems: Iterable[Problem], count: bool = True) -> int:
    """Print problems on standard error, with a ``count`` of errors and remarks.

    Returns the number of errors.
    """
    found = list(problems)
    for problem in found:
        mark = say("word-remark") if problem.severity is Severity.REMARK else say("word-error")
        click.echo(f"{mark} {problem.render()}", err=True)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    if found and count:
        click.echo(say("problem-count", errors=errors, remarks=len(found) - errors), err=True)
    return errors


def shown(path: Path) -> str:
    """A path as the person would type it: relative to where they are, if it is below."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def in_workspace(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """Paths as they are typed, relative to where the person is, made relative to the workspace."""
    found = []
    for path in paths:
        full = Path(os.path.normpath(Path.cwd() / path))
        inside = full.exists() and full.is_relative_to(root)
        found.append(full.relative_to(root).as_posix() if inside else path)
    return tuple(found)
