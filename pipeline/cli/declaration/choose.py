"""`actes declaration choose`: one bracketed variant becomes the text."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import workspace_option
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("choose", help=say("help-declaration-choose-long"))
@click.argument("variant", metavar=say("metavar-variant"))
@workspace_option
def choose(variant: str, start: Path) -> int:
    """Choose it in every language and say in which files."""
    from pipeline.declaration import desk
    from pipeline.workspace.paths import find_root

    for path in desk.choose(find_root(start), variant):
        click.echo(path)
    return Exit.OK
