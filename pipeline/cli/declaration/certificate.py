"""`actes declaration certificate`: who agreed to which words, as PDF and JSON."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.common import Progress, shown, workspace_option
from pipeline.errors import Exit
from pipeline.wording import say


@click.command("certificate", help=say("help-declaration-certificate-long"))
@click.argument("version", required=False, metavar=say("metavar-version-optional"))
@workspace_option
def certificate(version: str | None, start: Path) -> int:
    """Make the certificate and say where it is."""
    from pipeline.publishing.proof.certify import certify
    from pipeline.workspace.paths import find_root

    progress = Progress()
    try:
        made = certify(find_root(start), version, progress)
    finally:
        progress.done()
    for file in made:
        click.echo(shown(file))
    return Exit.OK
