"""`actes new`: a text to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import shown, workspace_option
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("new", help=say("help-new-long"))
@click.argument("folder", metavar=say("metavar-theme"))
@click.argument("name", metavar=say("metavar-name"))
@click.option("--lang", default="", metavar="TAG", help=say("option-lang"))
@click.option("--title", metavar="TEXT", help=say("option-title"))
@click.option("--date", metavar="YYYY-MM-DD", help=say("option-date"))
@click.option("--time", metavar="HH:MM-HH:MM", help=say("option-time"))
@click.option("--room", metavar="ID", help=say("option-room"))
@click.option(
    "--authority", "authorities", multiple=True, metavar="ID", help=say("option-authority")
)
@click.option("--sdg", "goals", multiple=True, type=int, metavar="1-17", help=say("option-sdg"))
@workspace_option
def command(
    folder: str,
    name: str,
    lang: str,
    title: str | None,
    date: str | None,
    time: str | None,
    room: str | None,
    authorities: tuple[str, ...],
    goals: tuple[int, ...],
    start: Path,
) -> int:
    """Write the text and say where it is."""
    from pipeline.drafts.new_text import Request, new_text
    from pipeline.workspace.paths import find_root

    request = Request(folder, name, lang, title, date, time, room, authorities, goals)
    made = new_text(find_root(start), request)
    click.echo(shown(made.path))
    if made.slot is not None:
        slot = made.slot
        said = say(
            "new-slot", date=slot.date, time=slot.time, room=f" ({slot.room})" if slot.room else ""
        )
        click.echo(said, err=True)
    if made.listed is not None:
        key = "new-listed" if made.listed else "new-list-by-hand"
        click.echo(say(key, folder=folder, name=name), err=True)
    return Exit.OK
