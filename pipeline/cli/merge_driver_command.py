"""`actes merge-driver`: git hands over three versions of a text and takes back the merged one.

Set up by `actes git-setup`; see « Defining a custom merge driver » in gitattributes(5).
"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline import files
from pipeline.errors import Exit
from pipeline.wording import say

_LIMIT = 64 * 1024**2  # far more than a text may have: what is too large is merged by lines


@click.command("merge-driver", hidden=True, help=say("help-merge-driver"))
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("name")
def command(base: Path, ours: Path, theirs: Path, name: str) -> int:
    """Write the merged text over ``ours``; exit code 1 tells git that it holds conflicts.

    Whatever goes wrong, git's own index keeps both versions, and both stand in the file.
    """
    from pipeline.translation.merge.body import disputed
    from pipeline.translation.merge.file import merged
    from pipeline.translation.merge.git import tools

    here = Path.cwd()
    old, mine, other = (files.read_bytes(here, file, _LIMIT) for file in (base, ours, theirs))
    try:
        result = merged(old, mine, other, name, tools())
    except Exception:
        both = (side.decode("utf-8", "surrogateescape") for side in (mine, other))
        files.write_bytes(here, ours, disputed(*both).encode("utf-8", "surrogateescape"))
        raise
    files.write_bytes(here, ours, result.content)
    if not result.conflicts:
        return Exit.OK
    click.echo(say("merge-conflicts", path=name, count=result.conflicts), err=True)
    return Exit.PROBLEMS
