"""`actes declaration confirm`: one side says that the texts agree."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli.common import workspace_option
from pipeline.cli.declaration.clause_names import typed
from pipeline.cli.declaration.options import day, who_and_when
from pipeline.errors import Exit, stop
from pipeline.wording import say


@click.command("confirm", help=say("help-declaration-confirm-long"))
@click.argument("clauses", nargs=-1, metavar=say("metavar-clauses"))
@click.option("--all", "whole", is_flag=True, help=say("option-all-clauses"))
@click.option("--language", required=True, metavar=say("metavar-language"), help=say("option-side"))
@who_and_when
@workspace_option
def confirm(
    clauses: tuple[str, ...], whole: bool, language: str, by: str, on: datetime | None, start: Path
) -> int:
    """Record the confirmations and say what still waits."""
    from pipeline.declaration import desk
    from pipeline.declaration.dossier import standings
    from pipeline.workspace.paths import find_root

    if whole == bool(clauses):
        raise stop("clauses-or-all", code=Exit.USAGE)
    done, after = desk.confirm(find_root(start), clauses, language, by, day(on))
    for key in done:
        click.echo(say("declaration-confirmed", id=typed(key), language=language))
    if not done:
        click.echo(say("declaration-confirmed-before"), err=True)
    waiting = sum(not s.agreed for s in standings(after))
    click.echo(say("declaration-agreed", waiting=waiting, count=len(after.keys)), err=True)
    return Exit.OK
