"""`actes declaration accept` and `reject`: an amendment is decided."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli.common import workspace_option
from pipeline.cli.declaration.options import day, who_and_when
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("accept", help=say("help-declaration-accept-long"))
@click.argument("name", metavar=say("metavar-amendment"))
@who_and_when
@workspace_option
def accept(name: str, by: str, on: datetime | None, start: Path) -> int:
    """Put the amendment into the texts."""
    return _decide(name, True, by, on, start)


@click.command("reject", help=say("help-declaration-reject-long"))
@click.argument("name", metavar=say("metavar-amendment"))
@who_and_when
@workspace_option
def reject(name: str, by: str, on: datetime | None, start: Path) -> int:
    """Leave the texts as they are, or as they were before it was accepted."""
    return _decide(name, False, by, on, start)


def _decide(name: str, accepted: bool, by: str, on: datetime | None, start: Path) -> int:
    from pipeline.declaration import desk
    from pipeline.workspace.paths import find_root

    before = desk.decide(find_root(start), name, accepted, by, day(on))
    if before.state == ("accepted" if accepted else "rejected"):
        known = "declaration-accepted-before" if accepted else "declaration-rejected-before"
        click.echo(say(known, name=before.name), err=True)
        return Exit.OK
    said = "declaration-accepted" if accepted else "declaration-rejected"
    click.echo(say(said, name=before.name, id=before.clause))
    return Exit.OK
