"""`actes init`: a new workspace."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import shown
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("init", help=say("help-init-long"))
@click.argument("folder", metavar=say("metavar-folder"), type=click.Path(path_type=Path))
@click.option("--languages", default="", metavar="TAG,TAG", help=say("option-languages"))
@click.option("--title", "titles", multiple=True, metavar="TEXT", help=say("option-titles"))
@click.option("--theme", "themes", multiple=True, metavar="ID", help=say("option-themes"))
@click.option("--start", metavar="YYYY-MM-DD", help=say("option-start"))
@click.option("--end", metavar="YYYY-MM-DD", help=say("option-end"))
@click.option("--with-table", is_flag=True, help=say("option-with-table"))
def command(
    folder: Path,
    languages: str,
    titles: tuple[str, ...],
    themes: tuple[str, ...],
    start: str | None,
    end: str | None,
    with_table: bool,
) -> int:
    """Make a workspace and say what to do next."""
    from pipeline.drafts.begin import begin
    from pipeline.drafts.wishes import Wishes

    tags = tuple(tag for tag in languages.replace(" ", ",").split(",") if tag)
    begun = begin(folder, Wishes(tags, titles, themes, start, end), with_table)
    for name in begun.files:
        click.echo(shown(folder / name))
    for tag in begun.tables:
        click.echo(say("init-translate-table", tag=tag), err=True)
    first = {"theme": begun.themes[0], "tag": begun.languages[0], "folder": shown(folder)}
    click.echo(say("init-next", None, **first), err=True)
    return Exit.OK
