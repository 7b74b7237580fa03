"""`actes declaration`: the negotiation of two texts of which neither is the source."""

from __future__ import annotations

from importlib import import_module

import click

from pipeline.wording import say

_VERBS = (
    "status", "diff", "confirm", "amend", "accept", "reject", "choose", "keep", "rebuild",
    "propose", "certificate", "verify",
)  # fmt: skip


class _Verbs(click.Group):
    """Finds each verb in the module that holds it; the help lists them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in _VERBS:
            return None
        module = {"accept": "decide", "reject": "decide", "rebuild": "keep"}.get(name, name)
        found: click.Command = getattr(import_module(f"pipeline.cli.declaration.{module}"), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(say("help-commands")):
            formatter.write_dl([(name, say(f"help-declaration-{name}")) for name in _VERBS])


command = _Verbs("declaration", help=say("help-declaration-long"))
