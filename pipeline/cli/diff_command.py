"""`actes diff`: what changed in source and translation, word by word, where a person is needed."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import words
from pipeline.cli.common import Progress, in_workspace, print_problems, workspace_option
from pipeline.errors import Exit
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.review.diff.terminal import View

_STATES = ("missing", "machine", "edited", "stale", "reviewed")


@click.command("diff", help=say("help-diff-long"))
@click.argument("paths", nargs=-1, metavar=say("metavar-paths"))
@click.option("--since", metavar=say("metavar-revision"), help=say("option-diff-since"))
@click.option(
    "--state", "states", multiple=True, type=click.Choice(_STATES), help=say("option-diff-state")
)
@click.option("--lang", "languages", multiple=True, metavar="TAG", help=say("option-diff-lang"))
@click.option("--json", "as_json", is_flag=True, help=say("option-json"))
@click.option("--confidential", is_flag=True, help=say("option-diff-confidential"))
@workspace_option
def command(
    paths: tuple[str, ...],
    since: str | None,
    states: tuple[str, ...],
    languages: tuple[str, ...],
    as_json: bool,
    confidential: bool,
    start: Path,
) -> int:
    """Show the differences; errors in the texts are told too, and are exit code 1.

    What goes to a file or another program may end up anywhere: without being asked for, it holds
    no confidential text (law 6).
    """
    from pipeline.review.diff import json as diff_json
    from pipeline.review.diff import terminal
    from pipeline.review.diff.survey import Asked, differences_of
    from pipeline.translation.marker import State
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    chosen = tuple(State(name) for name in states)
    asked = Asked(in_workspace(root, paths), chosen, languages, since)
    progress = Progress()
    try:
        found = differences_of(root, asked, _Counter(progress))
    finally:
        progress.done()
    confidential = confidential or (sys.stdout.isatty() and not as_json)
    shown = [one for one in found.changes if confidential or not one.item.confidential]
    if as_json:
        click.echo(json.dumps(diff_json.as_json(shown, since), ensure_ascii=False, indent=2))
    else:
        for line in terminal.lines(shown, _view()):
            click.echo(line)
        click.echo(say("diff-count", count=len(shown)) if shown else say("diff-nothing"), err=True)
    if len(shown) < len(found.changes):
        click.echo(say("diff-left-out", count=len(found.changes) - len(shown)), err=True)
    return Exit.PROBLEMS if print_problems(found.problems) else Exit.OK


class _Counter:
    """Says how many texts were read."""

    def __init__(self, say: Progress) -> None:
        self._read, self._say = 0, say

    def __call__(self, number: int) -> None:
        self._read += number
        self._say(str(self._read))


def _view() -> View:
    """Colours on a terminal, and lines as wide as it is; marks in a pipe and with NO_COLOR."""
    from pipeline.review.diff.terminal import View

    if not sys.stdout.isatty():
        return View()
    columns = shutil.get_terminal_size().columns
    return View(columns, words.painted if words.in_colour() else None)
