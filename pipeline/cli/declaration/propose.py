"""`actes declaration propose`: a machine's first version of what a language lacks."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipeline.cli.common import print_problems, workspace_option
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("propose", help=say("help-declaration-propose-long"))
@click.option(
    "--language", required=True, metavar=say("metavar-language"), help=say("option-propose-to")
)
@click.option("--from", "source", metavar=say("metavar-language"), help=say("option-propose-from"))
@workspace_option
def propose(language: str, source: str | None, start: Path) -> int:
    """Write the proposals and say which clauses they are."""
    from pipeline.declaration.proposal import propose as made
    from pipeline.workspace.paths import find_root

    done = made(find_root(start), language, source, os.environ)
    for key in done.done:
        click.echo(say("declaration-proposed", id=key))
    if not done.done and not done.waiting and not done.problems:
        click.echo(say("declaration-nothing-lacking", language=language), err=True)
    if done.waiting:
        click.echo(say("declaration-waiting", count=len(done.waiting)), err=True)
    return Exit.PROBLEMS if print_problems(done.problems) or done.waiting else Exit.OK
