"""`actes exchange`: what needs a translator as a file for their tool, and back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from pipeline.cli.common import print_problems, shown, workspace_option
from pipeline.cli.memory_command import EXPORT as MEMORY
from pipeline.cli.memory_command import export_memory, import_memory
from pipeline.errors import Exit
from pipeline.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.review.decisions import Decision
    from pipeline.review.exchange.desk import Received, Sent
    from pipeline.review.exchange.formats import Outgoing
    from pipeline.review.exchange.outgoing import Wanted

_FORMATS = ("docx", "comparison", "xliff", "xliff-1.2", "po", "xlsx", "tmx", "tbx")
_WHOLE = ("tmx", "tbx")  # of all texts, whatever their state
_STATES = ("missing", "machine", "edited", "stale", "reviewed")


@click.group("exchange", help=say("help-exchange-long"))
def command() -> None:
    """The group of both ways."""


@command.command("export", help=say("help-exchange-export"))
@click.argument("paths", nargs=-1, metavar=say("metavar-paths"))
@click.option(
    "--to", "form", type=click.Choice(_FORMATS), required=True, help=say("option-exchange-to")
)
@click.option("--lang", "target", metavar=say("metavar-language"), help=say("option-exchange-lang"))
@click.option("--from", "source", metavar=say("metavar-language"), help=say("option-exchange-from"))
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(_STATES),
    help=say("option-exchange-state"),
)
@click.option("--all", "everything", is_flag=True, help=say("option-exchange-all"))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help=say("option-exchange-out")
)
@click.option("--since", metavar=say("metavar-revision"), help=say("option-exchange-since"))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar=say("metavar-day"),
              help=say("option-exchange-on"))  # fmt: skip
@workspace_option
def export(
    paths: tuple[str, ...], form: str, target: str | None, source: str | None,
    states: tuple[str, ...], everything: bool, out: Path | None, since: str | None,
    on: datetime | None, start: Path,
) -> int:  # fmt: skip
    """Write the file and say where it is and what it holds."""
    from pipeline.review.exchange import desk
    from pipeline.review.exchange.outgoing import WAITING, Wanted
    from pipeline.translation.marker import State
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    if form != "comparison" and (since or on):
        raise click.UsageError(say("exchange-comparison-alone"))
    if form in _WHOLE and (paths or source or states or everything):
        raise click.UsageError(say("exchange-whole", form=form))
    if form == "tbx":
        return _said(desk.export_glossary(root, out), "exchange-sent-terms")
    if form == "tmx":
        place = out or root / "build" / desk.FOLDER / MEMORY
        desk.expect_elsewhere(root, place)
        return export_memory(root, place, target)
    if target is None:
        raise click.UsageError(say("exchange-lang-needed"))
    every = everything or (since is not None and not states)
    chosen = tuple(State(name) for name in (_STATES if every else states)) or WAITING
    if form == "comparison":
        wanted = Wanted(target, source, chosen, gone=True)
        return _compared(root, paths, wanted, out, since, on)
    sent = desk.export(root, paths, _format(form, root), Wanted(target, source, chosen), out)
    return _said(sent, "exchange-sent")


def _compared(
    root: Path, paths: tuple[str, ...], wanted: Wanted, out: Path | None, since: str | None,
    on: datetime | None,
) -> int:  # fmt: skip
    from pipeline.publishing.comparison import export as export_comparison

    made = export_comparison(root, paths, wanted, out, since, on.date() if on else None)
    for file in made.files:
        click.echo(shown(file))
    click.echo(say("exchange-compared", count=made.count), err=True)
    return Exit.PROBLEMS if print_problems(made.problems, count=False) else Exit.OK


def _format(name: str, root: Path) -> Outgoing:
    from pipeline.publishing.word.exchange import WordFormat
    from pipeline.review.exchange.formats import FORMATS

    return WordFormat(root) if name == "docx" else FORMATS[name]


def _said(sent: Sent, sentence: str) -> int:
    click.echo(shown(sent.file))
    click.echo(say(sentence, count=sent.count), err=True)
    return Exit.PROBLEMS if print_problems(sent.problems, count=False) else Exit.OK


@command.command("import", help=say("help-exchange-import"))
@click.argument("file", metavar=say("metavar-exchange-file"),
                type=click.Path(path_type=Path, dir_okay=False, exists=True))  # fmt: skip
@click.option("--no-approve", is_flag=True, help=say("option-exchange-no-approve"))
@click.option("--partial", is_flag=True, help=say("option-exchange-partial"))
@click.option(
    "--tracked-changes", "tracked", type=click.Choice(("accept", "reject")), default="accept",
    show_default=True, help=say("option-exchange-tracked"),
)  # fmt: skip
@workspace_option
def import_(
    file: Path, no_approve: bool, partial: bool, tracked: Literal["accept", "reject"], start: Path
) -> int:
    """Take a returned file and say what was taken and what was not."""
    from pipeline.review.exchange import desk
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    if file.suffix.lower() == ".tmx":
        return import_memory(root, file)
    if file.suffix.lower() == ".tbx":
        return _said(desk.receive_glossary(root, file), "exchange-taken-terms")
    return _reported(desk.receive(root, file, not no_approve, partial, tracked))


def _parts(decisions: Iterable[Decision]) -> Iterator[tuple[str, list[str]]]:
    """Which passages were rewritten, approved, noted: by their numbers, as in `actes approve`."""
    wanted: dict[str, list[str]] = {"rewritten": [], "approved": [], "noted": []}
    for decision in decisions:
        part = decision.key.partition("#")[2]
        wanted["rewritten"] += [part] if decision.text is not None else []
        wanted["approved"] += [part] if decision.approve else []
        wanted["noted"] += [part] if decision.note is not None else []
    yield from wanted.items()


def _reported(received: Received) -> int:
    from pipeline.review.decisions import by_path
    from pipeline.translation.approve import ranges

    report = received.report
    for path in report.written:
        click.echo(path)
    decisions = [taken.decision for taken in report.taken if taken.changed]
    for path, own in by_path(decisions).items():
        done = [say(f"exchange-{name}", parts=ranges(p)) for name, p in _parts(own) if p]
        click.echo(say("exchange-of-file", file=path, done=" · ".join(done)), err=True)
    if decisions:
        counts = {name: len(parts) for name, parts in _parts(decisions)}
        click.echo(say("exchange-taken", **counts), err=True)
    elif not report.conflicts:
        click.echo(say("exchange-nothing-new"), err=True)
    wrong = print_problems(received.asked.problems, count=False)
    wrong += print_problems((c.problem for c in report.conflicts), count=False)
    wrong += print_problems(report.failed, count=False)
    return Exit.PROBLEMS if wrong else Exit.OK
