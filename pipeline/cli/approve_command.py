"""`actes approve`: a person has read the translation beside what it translates."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import print_problems, workspace_option
from pipeline.errors import Exit
from pipeline.wording import say

_MOST = 20  # lines of one file that say what remains


@click.command("approve", help=say("help-approve-long"))
@click.argument("paths", nargs=-1, required=True, metavar=say("metavar-approve"))
@workspace_option
def command(paths: tuple[str, ...], start: Path) -> int:
    """Approve, and say what was approved and what remains."""
    from pipeline.translation.approve import ranges
    from pipeline.translation.approve_files import approve_paths
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    here = Path.cwd() if start == Path() else start
    code = Exit.OK
    for done in approve_paths(root, paths, here):
        if done.names:
            click.echo(say("approve-done", path=done.path, parts=ranges(done.names)))
        else:
            click.echo(say("approve-nothing", path=done.path), err=True)
        print_problems(done.remaining[:_MOST], count=False)
        more = len(done.remaining) - _MOST
        if more > 0:
            click.echo(say("approve-more", count=more), err=True)
        if done.whole and done.remaining:
            code = Exit.PROBLEMS
    return code
