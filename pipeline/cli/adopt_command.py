"""`actes adopt`: a translation written by hand becomes a counterpart, after a look at the pairs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import columns
from pipeline.cli.common import shown, workspace_option
from pipeline.errors import Exit
from pipeline.wording import say
from pipeline.workspace.characters import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.texts.segments import Segment
    from pipeline.translation.adopt.file import Adoption
    from pipeline.translation.adopt.pairing import Link
    from pipeline.workspace.load import Workspace

_WORDS = 34  # columns of each text's first words
_NAME = 18  # columns before them
_SUREST = 0.99  # nobody has read the texts yet


@click.command("adopt", help=say("help-adopt-long"))
@click.argument(
    "path", metavar=say("metavar-file"), type=click.Path(path_type=Path, dir_okay=False)
)
@click.option("--of", default="", metavar="FILE", help=say("option-adopt-of"))
@click.option("--dry-run", is_flag=True, help=say("option-adopt-dry-run"))
@click.option("--yes", is_flag=True, help=say("option-adopt-yes"))
@workspace_option
def command(path: Path, of: str, dry_run: bool, yes: bool, start: Path) -> int:
    """Show the pairs, ask, write; where nobody can be asked, ``--yes`` must have said so before."""
    from pipeline.translation.adopt.file import adoption
    from pipeline.workspace.load import load
    from pipeline.workspace.paths import find_root

    workspace, _problems = load(find_root(start))
    found = adoption(workspace, path, of)
    _print_pairs(found)
    _print_summary(found)
    if dry_run:
        click.echo(say("adopt-dry-run"), err=True)
    elif yes or _confirmed(found):
        _write(workspace, found)
        click.echo(shown(workspace.root / found.path))
    else:
        click.echo(say("adopt-declined"), err=True)
    return Exit.OK


def _confirmed(found: Adoption) -> bool:
    """What a person answers. Raises ActesError ``adopt-unconfirmed`` where there is none to ask."""
    from pipeline.errors import stop

    if not _is_terminal():
        raise stop("adopt-unconfirmed", found.path, Exit.REFUSED)
    return click.confirm(say("adopt-confirm"), err=True)


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _write(workspace: Workspace, found: Adoption) -> None:
    """Write over exactly what was read and shown; raises ActesError ``adopt-changed``."""
    from pipeline import files
    from pipeline.errors import stop

    with files.locked(workspace.root, workspace.build):
        path = workspace.root / found.path
        if not files.write_bytes(workspace.root, path, found.after, over=found.before):
            raise stop("adopt-changed", found.path, Exit.REFUSED)


# -- what is shown ------------------------------------------------------------------------------


def _print_pairs(found: Adoption) -> None:
    """A line a pair: the name of a value; or doubt, line in the original, line in the translation,
    sureness; and the words."""
    names = (found.original.file.language, found.path.rsplit(".", 2)[1])
    click.echo(f"  {names[0]:>5} {names[1]:>5} {say('adopt-sure'):>6}")
    for name, *values in found.values:
        one, other = (printable(" ".join(side.split())) or "–" for side in values)
        words = "" if found.confidential else f"  {_cut(one)} │ {_cut(other).rstrip()}"
        click.echo(f"  {columns.padded(f'#{name}', _NAME)}{words}".rstrip())
    for link in found.links:
        sides = (
            _side(found.original.body.segments, link.source, found.original.source.body_line),
            _side(found.target, link.target, found.body_line),
        )
        (from_line, one), (to_line, other) = sides
        mark = "?" if link.doubtful else " "
        words = "" if found.confidential else f"  {_cut(one)} │ {_cut(other).rstrip()}"
        click.echo(
            f"{mark} {from_line:>5} {to_line:>5} {min(link.sure, _SUREST):6.0%}{words}".rstrip()
        )


def _side(segments: Sequence[Segment], indices: Sequence[int], before: int) -> tuple[str, str]:
    """The line on which a side of a pair begins, and its words; a dash where it is empty."""
    if not indices:
        return "–", "–"
    words = " ".join(" ".join(segments[index].raw.split()) for index in indices)
    return str(before + segments[indices[0]].line), printable(words)


def _cut(words: str) -> str:
    """The first words, as wide as the column."""
    return columns.padded(columns.cut(words, _WORDS), _WORDS)


def _print_summary(found: Adoption) -> None:
    links: Sequence[Link] = found.links
    values = {
        "pairs": sum(bool(link.source and link.target) for link in links),
        "doubtful": sum(link.doubtful for link in links),
        "missing": sum(not link.target for link in links),
        "alone": sum(not link.source for link in links),
    }
    click.echo(say("adopt-summary", **values), err=True)
    if found.dropped:
        click.echo(say("adopt-dropped", keys=", ".join(found.dropped)), err=True)
