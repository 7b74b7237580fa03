"""What several verbs ask for: who says it, and on which day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import click

from pipeline.wording import say


def who_and_when(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--as NAME`` and ``--on DATE`` (today): recorded facts, never build inputs."""
    person = click.option(
        "--as", "by", required=True, metavar=say("metavar-name"), help=say("option-as")
    )
    return person(on_day(function))


def on_day(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``--on DATE``."""
    form = click.DateTime(["%Y-%m-%d"])
    return click.option("--on", type=form, metavar=say("metavar-day"), help=say("option-on"))(
        function
    )


def day(on: datetime.datetime | None) -> datetime.date:
    """The day that was given, or today's."""
    return on.date() if on else datetime.datetime.now(tz=None).astimezone().date()
