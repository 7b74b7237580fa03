"""`actes declaration keep` and `rebuild`: a version is kept under a name, and built again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from pipeline.cli.common import Progress, print_problems, shown, workspace_option
from pipeline.cli.declaration.options import day, who_and_when
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("keep", help=say("help-declaration-keep-long"))
@click.argument("title", metavar=say("metavar-version"))
@click.option("--name", default="", metavar=say("metavar-folder"), help=say("option-version-name"))
@click.option("--adopted", is_flag=True, help=say("option-adopted"))
@who_and_when
@workspace_option
def keep(title: str, name: str, adopted: bool, by: str, on: datetime | None, start: Path) -> int:
    """Keep the declaration as it stands and say where."""
    from pipeline.cli.declaration.contradictions import contradictions
    from pipeline.declaration import desk
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    made = desk.keep_version(root, title, name, by, day(on), adopted, contradictions)
    click.echo(shown(root / made.folder))
    return Exit.OK


@click.command("rebuild", help=say("help-declaration-rebuild-long"))
@click.argument("version", metavar=say("metavar-version"))
@click.option("--draft/--final", default=True, help=say("option-final"))
@workspace_option
def rebuild(version: str, draft: bool, start: Path) -> int:
    """Build a version from what was kept of it, and say where each file is."""
    from pipeline.declaration import desk
    from pipeline.declaration.versions import named, read_versions
    from pipeline.publishing.build import build
    from pipeline.publishing.jobs import Options
    from pipeline.workspace.layout import DECLARATION
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    versions, wrong = read_versions(root)
    found = named(versions, version)
    folder = desk.unpack(root, found)
    progress = Progress()
    try:
        report = build(folder, Options((DECLARATION,), (), not draft), progress)
    finally:
        progress.done()
    errors = print_problems([*wrong, *report.problems])
    for file in report.files:
        click.echo(shown(file))
    return max(report.code, Exit.PROBLEMS if errors else Exit.OK)
