"""`actes status`: where the translations stand, what comes next, what blocks a final edition."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import (
    Progress,
    in_workspace,
    print_problems,
    shown,
    workspace_option,
)
from pipeline.errors import Exit, Severity
from pipeline.wording import say
from pipeline.workspace import unread

if TYPE_CHECKING:
    from pipeline.translation.marker import State

_SVG = "build/status.svg"
_COLOURS = {"reviewed": "green", "edited": "blue", "machine": "yellow", "stale": "red"}


@click.command("status", help=say("help-status-long"))
@click.argument("paths", nargs=-1, metavar=say("metavar-paths"))
@click.option("--to", "languages", multiple=True, metavar="TAG", help=say("option-status-to"))
@click.option("--texts", is_flag=True, help=say("option-status-texts"))
@click.option("--history", is_flag=True, help=say("option-status-history"))
@click.option("--json", "as_json", is_flag=True, help=say("option-json"))
@click.option(
    "--svg", is_flag=False, flag_value=_SVG, metavar="FILE", help=say("option-status-svg")
)
@click.option("--lang", metavar="TAG", help=say("option-status-lang"))
@workspace_option
def command(
    paths: tuple[str, ...],
    languages: tuple[str, ...],
    texts: bool,
    history: bool,
    as_json: bool,
    svg: str | None,
    lang: str | None,
    start: Path,
) -> int:
    """Tell where the translations stand; errors in the texts are told too, and are exit code 1."""
    from pipeline.publishing.status import json as status_json
    from pipeline.publishing.status import svg as status_svg
    from pipeline.publishing.status import terminal as status_terminal
    from pipeline.publishing.status.overview import Asked, overview
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    target = status_svg.target(root, svg) if svg is not None else None
    progress = Progress()
    try:
        asked = Asked(in_workspace(root, paths), languages, history or target is not None)
        found = overview(root, asked, progress)
    finally:
        progress.done()
    if as_json:
        click.echo(json.dumps(status_json.as_json(found), ensure_ascii=False, indent=2))
    else:
        view = status_terminal.View(_columns(), texts or bool(paths), _painted, history)
        for line in status_terminal.lines(found, view):
            click.echo(line)
    if target is not None:
        status_svg.write(root, target, found, lang)
        click.echo(shown(target), err=True)
    errors = print_problems(
        p for p in found.problems if p.severity is Severity.ERROR or p.rule in unread.RULES
    )
    return Exit.PROBLEMS if errors else Exit.OK


def _columns() -> int | None:
    """The places of a line of the terminal; as many as needed in a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _painted(text: str, state: State) -> str:
    """Colour on a terminal; `click.echo` takes it away in a pipe."""
    if "NO_COLOR" in os.environ:
        return text
    return click.style(text, fg=_COLOURS.get(state.value))
