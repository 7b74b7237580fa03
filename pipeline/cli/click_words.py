"""click's own words (« Usage », « Missing argument ») in the language of the interface.

click passes each through gettext, whose catalogues are binary files found by environment variables
that programs we start would inherit. Its sentences are looked up here instead, in ``click.toml``;
one that is not there stays English, and a test names it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import click
from click import _textwrap

from pipeline.columns import UNBROKEN, width
from pipeline.wording import interface_language

_FILE = Path(__file__).with_name("click.toml")
# What stands for a value in a usage line or before the help of an option.
_PLACEHOLDER = re.compile(
    r"\[OPTIONS\]|COMMAND \[ARGS\]\.\.\.|INTEGER RANGE|\b[A-Z]{3,}(?:-[A-Z]{2})*\b"
)


def speak() -> None:
    """Make click speak the language of the interface, in this process."""
    if interface_language() == "en":
        return
    for name, module in list(sys.modules.items()):
        if name.startswith("click."):
            _replace(module, "_", translated)
            _replace(module, "ngettext", _counted)
            _replace(module, "term_len", width)  # of a terminal, where Japanese takes two places
    _replace(_textwrap.TextWrapper, "_split", lambda _wrapper, text: UNBROKEN.findall(text))
    click.Context.formatter_class = _Formatter


def _replace(where: object, name: str, own: object) -> None:
    if hasattr(where, name):
        setattr(where, name, own)


def translated(words: str) -> str:
    """What click says, in the language of the interface; fields in braces stay as they are."""
    return _catalogue().get(words, {}).get(interface_language(), words)


def _counted(one: str, many: str, count: int) -> str:
    return translated(one if count == 1 else many)


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


class _Formatter(click.HelpFormatter):
    """Puts the names of values into the language of the interface."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _named(args), prefix)

    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent)
        self.write(translated("{heading}:").format(heading=heading) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        super().write_dl([(_named(first), second) for first, second in rows], col_max, col_spacing)


def _named(words: str) -> str:
    return _PLACEHOLDER.sub(lambda found: translated(found[0]), words)
