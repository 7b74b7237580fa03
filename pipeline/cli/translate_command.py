"""`actes translate`: a machine's proposal for everything that lacks a translation."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import Progress, print_problems, workspace_option
from pipeline.errors import Exit
from pipeline.wording import number, say

if TYPE_CHECKING:
    from pipeline.translation import sending
    from pipeline.translation.engines import exchange
    from pipeline.translation.pretranslate.wish import Report


@click.command("translate", help=say("help-translate-long"))
@click.argument("paths", nargs=-1, metavar=say("metavar-paths"))
@click.option("--to", metavar=say("metavar-language"), help=say("option-translate-to"))
@click.option("--engine", metavar=say("metavar-engine"), help=say("option-engine"))
@click.option("--dry-run", is_flag=True, help=say("option-dry-run"))
@click.option("--limit", type=click.IntRange(min=0), help=say("option-limit"))
@click.option("--retranslate-machine", is_flag=True, help=say("option-retranslate"))
@click.option("-v", "--verbose", count=True, help=say("option-verbose"))
@workspace_option
def command(
    paths: tuple[str, ...],
    to: str | None,
    engine: str | None,
    dry_run: bool,
    limit: int | None,
    retranslate_machine: bool,
    verbose: int,
    start: Path,
) -> int:
    """Bring counterparts up to date, or say what that would send."""
    from pipeline.translation.pretranslate.begin import translate
    from pipeline.translation.pretranslate.wish import Wish
    from pipeline.workspace.paths import find_root

    wish = Wish(paths, to, engine, limit, retranslate_machine)
    root = find_root(start)
    if dry_run:
        from pipeline.translation.pretranslate import run

        found, problems = run.estimate(root, wish, os.environ)
        errors = print_problems(problems)
        _print_estimate(found, limit)
        return Exit.PROBLEMS if errors else Exit.OK
    progress = Progress()
    try:
        shown = _shown(progress) if progress.shown else None
        heard = _heard(progress, verbose) if verbose else None
        report = translate(root, wish, os.environ, shown, heard)
    finally:
        progress.done()
    errors = print_problems(report.problems)
    _print_report(report, bool(errors))
    if report.waiting and report.engine == "memory" and engine is None:
        click.echo(say("translate-memory-alone"), err=True)
    return Exit.PROBLEMS if errors else Exit.OK


def _shown(progress: Progress) -> sending.OnProgress:
    def tell(now: sending.Progress) -> None:
        progress(say("translate-progress", sent=number(now.sent), remaining=number(now.remaining),
                     cost=_cost(now.cost)))  # fmt: skip

    return tell


def _heard(progress: Progress, verbose: int) -> exchange.OnExchange:
    """Print a line for each request that ended, and with more ``verbose`` for each that begins."""

    def tell(note: exchange.Exchange) -> None:
        values = {"number": number(note.number), "texts": number(note.texts),
                  "characters": number(note.characters), "source": note.source,
                  "target": note.target}  # fmt: skip
        if note.seconds is None:
            words = say("exchange-begins", **values) if verbose > 1 else ""
        elif note.failure is not None:
            words = say("exchange-failed", **values, seconds=number(note.seconds, 1),
                        failure=f"engine-failed-{note.failure}")  # fmt: skip
        else:
            words = say("exchange-ended", **values, seconds=number(note.seconds, 1),
                        translated=number(note.translated))  # fmt: skip
        if words:
            progress.done()
            click.echo(words, err=True)

    return tell


def _print_estimate(found: sending.Estimate, limit: int | None) -> None:
    if not found.texts:
        click.echo(say("translate-nothing-to-send", kept=number(found.kept)))
    else:
        said = "translate-would-send" if found.to else "translate-would-stay"
        click.echo(say(said, texts=number(found.texts), characters=number(found.characters),
                       requests=number(found.requests), to=found.to, name=found.engine,
                       cost=_cost(found.cost)))  # fmt: skip
        if limit is not None and limit < found.characters:
            share = None if found.cost is None else found.cost * limit / found.characters
            click.echo(say("translate-would-limit", limit=number(limit), cost=_cost(share)))
        if found.kept:
            click.echo(say("translate-kept", kept=number(found.kept)))
    if found.withheld:
        click.echo(say("translate-withheld", withheld=number(found.withheld)))
    if found.too_long:
        click.echo(say("translate-too-long", count=number(found.too_long)))


def _print_report(report: Report, wrong: bool) -> None:
    for path in report.written:
        click.echo(path)
    if report.characters:
        said = "translate-stayed" if report.local else "translate-sent"
        click.echo(say(said, characters=number(report.characters),
                       requests=number(report.requests), name=report.engine,
                       cost=_cost(report.cost)), err=True)  # fmt: skip
    if report.received < report.characters:
        lost = report.characters - report.received
        click.echo(say("translate-unanswered", characters=number(lost)), err=True)
    if report.waiting:
        click.echo(say("translate-waiting", count=number(report.waiting)), err=True)
    elif not report.written and report.characters:
        click.echo(say("translate-same"), err=True)
    elif not report.written and not wrong:
        click.echo(say("translate-nothing-new"), err=True)


def _cost(euros: float | None) -> str:
    if euros is None:
        return say("translate-cost-unknown")
    return say("translate-cost", euros=number(euros, 2))
