"""`actes declaration amend`: a file for whoever proposes an amendment to write into."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli.common import shown, workspace_option
from pipeline.cli.declaration.options import day, on_day
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("amend", help=say("help-declaration-amend-long"))
@click.argument("clause", metavar=say("metavar-clause"))
@click.option("--author", required=True, metavar=say("metavar-name"), help=say("option-author"))
@click.option("--reason", required=True, metavar=say("metavar-reason"), help=say("option-reason"))
@click.option("--after", metavar=say("metavar-clause"), help=say("option-after"))
@click.option("--delete", is_flag=True, help=say("option-delete"))
@on_day
@workspace_option
def amend(
    clause: str, author: str, reason: str, after: str | None, delete: bool,
    on: datetime | None, start: Path,
) -> int:  # fmt: skip
    """Prepare the file and say where it is."""
    from pipeline.declaration import desk
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    path = desk.amend(root, clause, author, reason, day(on), after, delete)
    click.echo(shown(root / path))
    click.echo(say("declaration-amend-how"), err=True)
    return Exit.OK
