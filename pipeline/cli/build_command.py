"""`actes build`: the editions, in their formats."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import Progress, print_problems, shown, workspace_option
from pipeline.errors import Exit
from pipeline.publishing.jobs import FORMATS, Options
from pipeline.wording import say


@click.command("build", help=say("help-build-long"))
@click.argument("editions", nargs=-1, metavar=say("metavar-editions"))
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help=say("option-format"),
)
@click.option("--draft/--final", default=True, help=say("option-final"))
@workspace_option
def command(editions: tuple[str, ...], formats: tuple[str, ...], draft: bool, start: Path) -> int:
    """Build editions and say where each file is."""
    from pipeline.publishing.build import build
    from pipeline.workspace.paths import find_root

    progress = Progress()
    try:
        report = build(find_root(start), Options(editions, formats, not draft), progress)
    finally:
        progress.done()
    for path in report.approvals:
        click.echo(say("build-approved", path=path), err=True)
    errors = print_problems(report.problems)
    for file in report.files:
        click.echo(shown(file))
    if not report.made and not errors:
        click.echo(say("build-nothing-new"), err=True)
    return max(report.code, Exit.PROBLEMS if errors else Exit.OK)
