"""`actes declaration diff`: what changed since a version, or what an amendment would change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli import words
from pipeline.cli.common import workspace_option
from pipeline.errors import Exit, stop
from pipeline.wording import say

if TYPE_CHECKING:
    from pipeline.declaration.comparing import Change


@click.command("diff", help=say("help-declaration-diff-long"))
@click.argument("clauses", nargs=-1, metavar=say("metavar-clauses"))
@click.option("--from", "since", metavar=say("metavar-version"), help=say("option-diff-from"))
@click.option("--to", "until", metavar=say("metavar-version"), help=say("option-diff-to"))
@click.option("--amendment", metavar=say("metavar-amendment"), help=say("option-amendment"))
@workspace_option
def diff(
    clauses: tuple[str, ...], since: str | None, until: str | None, amendment: str | None,
    start: Path,
) -> int:  # fmt: skip
    """Print the differences, clause by clause, in every language."""
    from pipeline.declaration import comparing
    from pipeline.workspace.paths import find_root

    if amendment and (since or until):
        raise stop("diff-one-thing", code=Exit.USAGE)
    root = find_root(start)
    if amendment:
        found = comparing.of_amendment(root, amendment)
    else:
        found = comparing.of_versions(root, since, until)
    wanted = [c for c in found.changes if not clauses or c.key in clauses]
    for change in wanted:
        for line in _shown(change, found.hidden):
            click.echo(line)
    click.echo(say("declaration-diff-signs" if wanted else "declaration-same"), err=True)
    return Exit.OK


def _shown(change: Change, hidden: bool) -> Iterable[str]:
    """A clause with the words that went and came, language by language; no confidential word."""
    yield f"## {change.key}"
    for language, (before, after) in change.languages.items():
        yield f"[{language}]"
        for line in ["…"] if hidden else words.marked(before or "", after or "").splitlines():
            yield f"  {line}".rstrip()
    yield ""
