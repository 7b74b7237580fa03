"""The command `actes`: its commands by name, loaded when they are called (--help in 0.2 s)."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli import click_words
from pipeline.cli.common import print_problems
from pipeline.errors import ActesError, Exit, refusal, stop, trace
from pipeline.wording import say

COMMANDS = (
    "init", "new", "import", "translate", "status", "diff", "review", "adopt", "approve", "check",
    "exchange", "glossary", "memory", "declaration", "build", "git-setup", "doctor",
)  # fmt: skip
HIDDEN = ("merge-driver",)
"""What git calls, and no person."""


class Commands(click.Group):
    """Finds a command in the module of its name; the help lists them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in (*COMMANDS, *HIDDEN):
            return None
        module = import_module(f"pipeline.cli.{name.replace('-', '_')}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(say("help-commands")):
            formatter.write_dl([(name, say(f"help-{name}")) for name in COMMANDS])


@click.command(
    cls=Commands,
    help=say("help-actes"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    __version__, prog_name="actes", help=click_words.translated("Show the version and exit.")
)
def actes() -> None:
    """The group that all commands belong to."""


def _run(arguments: Sequence[str] | None) -> int:
    click_words.speak()
    try:
        return actes.main(arguments, prog_name="actes", standalone_mode=False) or Exit.OK
    except ActesError as error:
        print_problems(error.problems, count=False)
        return error.code


def main(arguments: Sequence[str] | None = None) -> None:
    """Run `actes`, and turn every error into a sentence and an exit code (see docs/errors.md)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name of a file may be no UTF-8
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(_run(arguments))
    except (click.exceptions.Abort, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C has nothing more to stop
        click.echo(say("interrupted"), err=True)
        sys.exit(Exit.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os._exit(Exit.OK)  # the reader of our output has gone; nothing is left to say
    except Exception as error:
        if os.environ.get("ACTES_TRACE"):
            click.echo(trace(error), err=True)
        refused = refusal(error, "build")
        if refused is not None:
            print_problems(refused.problems, count=False)
            sys.exit(refused.code)
        reason = f"{type(error).__name__}, {_where(error)}"
        click.echo(stop("defect", code=Exit.DEFECT, reason=reason).problems[0].render(), err=True)
        sys.exit(Exit.DEFECT)


def _where(error: Exception) -> str:
    """The line of Actes that an unforeseen error came through last. What the error itself says is
    not told: it may hold words of a confidential text, or a key (law 6)."""
    from traceback import walk_tb

    package = Path(__file__).resolve().parent.parent
    calls = [
        (Path(frame.f_code.co_filename).resolve(), line)
        for frame, line in walk_tb(error.__traceback__)
    ]
    file, line = [call for call in calls if call[0].is_relative_to(package)][-1]
    return f"{file.relative_to(package).as_posix()}:{line}"
