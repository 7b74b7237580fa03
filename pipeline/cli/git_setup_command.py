"""`actes git-setup`: git merges and shows the texts passage by passage; checks of each proposal."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import workspace_option
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("git-setup", help=say("help-git-setup-long"))
@click.option("--ci", "recipe", type=click.Choice(("github", "gitlab")), help=say("option-git-ci"))
@workspace_option
def command(recipe: str | None, start: Path) -> int:
    """Set git up and say what was written and set."""
    from pipeline.drafts.team import set_up
    from pipeline.workspace.paths import find_root

    done = set_up(find_root(start), recipe)
    for path in done.files:
        click.echo(path)
    if done.settings:
        click.echo(say("git-set", keys=", ".join(done.settings)), err=True)
    if done.files:
        click.echo(say("git-commit-these"), err=True)
    if not (done.files or done.settings):
        click.echo(say("git-ready"), err=True)
    return Exit.OK
