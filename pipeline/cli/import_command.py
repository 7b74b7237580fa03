"""`actes import`: a draft turned into Markdown, and the list of what was done to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import print_problems, shown, workspace_option
from pipeline.errors import Exit
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.drafts.import_draft import Imported
    from pipeline.drafts.plaintext.model import Repair

_MANY = 12  # lines of one kind of repair that are listed; the rest is counted


@click.command("import", help=say("help-import-long"))
@click.argument(
    "file", metavar=say("metavar-file"), type=click.Path(path_type=Path, dir_okay=False)
)
@click.option("--to", "folder", required=True, metavar="FOLDER", help=say("option-folder"))
@click.option("--name", default="", metavar="NAME", help=say("option-name"))
@click.option("--lang", default="", metavar="TAG", help=say("option-lang"))
@click.option("--title", metavar="TEXT", help=say("option-title"))
@click.option(
    "--tracked-changes",
    "tracked",
    type=click.Choice(["accept", "reject"]),
    default="accept",
    help=say("option-tracked"),
)
@workspace_option
def command(
    file: Path, folder: str, name: str, lang: str, title: str | None, tracked: str, start: Path
) -> int:
    """Import a draft and say what was repaired and what is in doubt."""
    from pipeline.drafts.import_draft import import_draft
    from pipeline.drafts.new_text import Request
    from pipeline.workspace.paths import find_root

    request = Request(folder, name, lang, title)
    done = import_draft(
        find_root(start), file, request, "accept" if tracked == "accept" else "reject"
    )
    for path in (done.path, *done.images):
        click.echo(shown(path))
    if done.draft.repairs or not done.draft.problems:
        _print_repairs(done.draft.repairs)
    _print_doubts(done, file)
    print_problems(done.draft.problems)
    return Exit.OK


def _print_repairs(repairs: tuple[Repair, ...]) -> None:
    click.echo(say("import-repaired"), err=True)
    if not repairs:
        click.echo(f"  {say('import-clean')}", err=True)
    by_rule: dict[str, list[Repair]] = {}
    for repair in repairs:
        by_rule.setdefault(repair.rule, []).append(repair)
    for rule, found in by_rule.items():
        click.echo(f"  {len(found)} × {say(f'repair-{rule}')} [{rule}]", err=True)
        for repair in found[:_MANY]:
            if _cited(repair.before) != _cited(repair.after):
                words = {"before": _cited(repair.before), "after": _cited(repair.after)}
                click.echo(f"      {say('import-change', line=repair.line, **words)}", err=True)
        if len(found) > _MANY:
            click.echo("      …", err=True)


def _print_doubts(done: Imported, file: Path) -> None:
    if not done.draft.doubts:
        return
    click.echo(say("import-doubts"), err=True)
    for doubt in done.draft.doubts:
        line = done.body_line + doubt.out_line if doubt.out_line else 1
        click.echo(
            f"  {shown(done.path)}:{line}: {say(f'doubt-{doubt.rule}')} [{doubt.rule}]", err=True
        )
        origin = f"{file.name}:{doubt.line}:{doubt.column}"
        click.echo(f"      {origin}: {_cited(doubt.excerpt)}", err=True)


def _cited(words: str) -> str:
    single = " ".join(words.split())
    return say("import-words", words=single) if single else "∅"
