"""`actes doctor`: what is installed, readable, allowed and reachable."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pipeline.cli.common import workspace_option
from pipeline.wording import say


@click.command("doctor", help=say("help-doctor-long"))
@click.option("--json", "as_json", is_flag=True, help=say("option-json"))
@workspace_option
def command(as_json: bool, start: Path) -> int:
    """Print what was found; the exit code says whether the main job can be done."""
    from pipeline.publishing.doctor.examine import examine
    from pipeline.publishing.doctor.words import lines

    health = examine(start)
    if as_json:
        click.echo(json.dumps(health.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in lines(health):
            click.echo(line)
    return health.code
