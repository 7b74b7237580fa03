"""`actes review`: translations reviewed in the browser, or written out as one page to send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import print_problems, shown, workspace_option
from pipeline.errors import Exit
from pipeline.wording import INTERFACE_LANGUAGES, say

if TYPE_CHECKING:
    from pipeline.review.web.shelf import Shelf

_HIGHEST_PORT = 65535


@click.command("review", help=say("help-review-long"))
@click.argument("paths", nargs=-1, metavar=say("metavar-paths"))
@click.option("--to", "languages", multiple=True, metavar="TAG", help=say("option-review-to"))
@click.option("--lang", type=click.Choice(INTERFACE_LANGUAGES), help=say("option-review-lang"))
@click.option(
    "--port", type=click.IntRange(0, _HIGHEST_PORT), default=0, help=say("option-review-port")
)
@click.option("--no-open", is_flag=True, help=say("option-review-no-open"))
@click.option(
    "--static",
    "out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("option-review-static"),
)
@click.option("--all", "whole", is_flag=True, help=say("option-review-all"))
@click.option("--confidential", is_flag=True, help=say("option-review-confidential"))
@workspace_option
def command(
    paths: tuple[str, ...],
    languages: tuple[str, ...],
    lang: str | None,
    port: int,
    no_open: bool,
    out: Path | None,
    whole: bool,
    confidential: bool,
    start: Path,
) -> int:
    """Serve the page until Ctrl-C, or write it to ``out``."""
    from pipeline.cli.common import in_workspace
    from pipeline.review.web.shelf import Shelf
    from pipeline.workspace.paths import find_root

    root = find_root(start)
    shelf = Shelf(root, in_workspace(root, paths), languages)
    if out is not None:
        return _written(shelf, out, lang, whole, confidential)
    return _served(shelf, lang, port, no_open)


def _served(shelf: Shelf, lang: str | None, port: int, no_open: bool) -> int:
    from pipeline.review.web.filling import Filler

    filler = Filler(shelf)
    filler.fill()  # the first texts, while what serves the page is being imported
    with filler.asked():
        from pipeline.review.web.application import application
        from pipeline.review.web.desk import Desk
        from pipeline.review.web.serve import listen, serve

        listener = listen(port)

    def opened(address: str) -> None:
        click.echo(f"{say('page-at')}\n\n    {address}\n\n{say('page-stop')}")
        if not no_open:
            click.launch(address)

    serve(application(Desk(filler), lang), listener, opened)
    filler.end()
    click.echo(say("page-ended"), err=True)
    return Exit.OK


def _written(shelf: Shelf, out: Path, lang: str | None, whole: bool, confidential: bool) -> int:
    from pipeline.review.web.static import write_static
    from pipeline.wording import interface_language

    left_out, problems = write_static(shelf, out, lang or interface_language(), whole, confidential)
    click.echo(shown(out))
    if left_out:
        click.echo(say("page-left-out", count=left_out), err=True)
    return Exit.PROBLEMS if print_problems(problems) else Exit.OK
