"""Quoting for Typst: the only way by which a string reaches Typst code (law 9).

Typst's markup gives a meaning to ASCII punctuation only, alone (``#``, ``$``), in runs (``--``,
``...``), at a line's start (``=``, ``1.``) or inside words (``https://``); and a backslash before
any such character makes it plain text. Escaping all of it, everywhere, leaves no case to consider.
pandoc's writer escapes by position and misses some: ``[= a]`` in a footnote becomes a heading,
``...`` becomes an ellipsis (seen with 3.9).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# What Typst takes for a new line or cannot stand, all of it a space to a reader.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_PLAIN_LABEL = re.compile(r"^[A-Za-z][A-Za-z0-9_-]*$")


def markup(string: str) -> str:
    """A plain string as Typst markup that prints exactly it.

    >>> markup("= 5 # a--b")
    '\\\\= 5 \\\\# a\\\\-\\\\-b'
    """
    return _PUNCTUATION.sub(r"\\\1", _CONTROL.sub(" ", string))


def ems(length: str) -> str:
    """A length in ems as Typst code, none for any other.

    >>> ems("2em"), ems("0pt"), ems("1em + panic()")
    ('2em', '0pt', '0pt')
    """
    return length if re.fullmatch(r"\d(?:\.\d{1,2})?em", length) else "0pt"


def quoted(string: str) -> str:
    """A string as a Typst string literal.

    >>> quoted('say "x"')
    '"say \\\\"x\\\\""'
    """
    escaped = string.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", _unicode_escape, escaped) + '"'


def _unicode_escape(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):x}}}"


def label(identifier: str) -> str:
    """Code that attaches ``identifier`` to what stands before it, in markup."""
    if _PLAIN_LABEL.match(identifier):
        return f"<{identifier}>"
    return f"#label({quoted(identifier)})"


def array(items: Iterable[str]) -> str:
    """Code of an array; the comma after a single item is what makes it one."""
    inner = "".join(f"{item}, " for item in items)
    return f"({inner.rstrip(' ')})" if inner else "()"


def colour(value: str) -> str:
    """A ``#rrggbb`` colour as Typst code; anything else is black."""
    return f'rgb("{value}")' if re.fullmatch(r"#[0-9A-Fa-f]{6}", value) else "black"
