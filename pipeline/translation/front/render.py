"""Metadata written anew as YAML: short mappings on one line, long words on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pipeline.translation import scalars

# What a plain scalar may be: it begins with a letter, and nothing in it means anything to YAML.
_PLAIN = re.compile(r"[^\W\d_](?:[^\s\[\]{},:#\"`\\]| (?=\S))*")
_MARK = re.compile(r"[0-9a-f]{8,32}(?: [0-9a-f]{8,32})?")  # in a fingerprint YAML may see a number
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_SHOWN = ("source", "now")
"""Between quotes where they stand on lines of their own: YAML would else take the words of a person
below one of them for a part of it, which goes when it is renewed (law 2)."""
_FLOW = 120  # characters of a mapping that stands on one line

Value = Any  # what `workspace.yaml` builds: dictionaries, lists, strings and None


def rendered(value: Mapping[str, Value]) -> str:
    """A mapping as a new YAML text, lines ended by ``\\n``.

    >>> rendered({"title": "Une eau", "keywords": ["a: b"]})
    'title: Une eau\\nkeywords:\\n  - "a: b"\\n'
    """
    return "".join(f"{line}\n" for key, item in value.items() for line in entry_lines(key, item))


def entry_lines(key: str, value: Value) -> Iterator[str]:
    """``key: value`` as it is written first."""
    name = scalar_text(key)
    if isinstance(value, dict):
        flow = _flow(value)
        if flow is not None and len(name) + len(flow) <= _FLOW:
            yield f"{name}: {flow}"
            return
        yield f"{name}:"
        for inner, item in value.items():
            yield from (f"  {line}" for line in entry_lines(inner, item))
    elif isinstance(value, list):
        yield f"{name}:" if value else f"{name}: []"
        for item in value:
            yield from (f"  {line}" for line in item_lines(item))
    elif isinstance(value, str) and _literal(value):
        yield f"{name}: |-"
        yield from (f"  {line}" if line else "" for line in value.split("\n"))
    else:
        yield f"{name}: {own_line_text(key, value)}"


def own_line_text(key: str | int, value: str | None) -> str:
    """A scalar of one line that stands on a line of its own."""
    return scalars.quoted(value) if value and key in _SHOWN else scalar_text(value)


def item_lines(value: Value) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"- {scalar_text(value)}"
        return
    flow = _flow(value)
    if flow is not None and len(flow) <= _FLOW:
        yield f"- {flow}"
        return
    dash = "- "
    for key, item in value.items():
        for line in entry_lines(key, item):
            yield f"{dash}{line}"
            dash = "  "


def _flow(value: Mapping[str, Value]) -> str | None:
    """A mapping of short scalars on one line; None where it would not fit there.

    What the original says now stands on lines of its own, where a diff shows it.
    """
    if "now" in value or not all(item is None or _one_line(item) for item in value.values()):
        return None
    parts = (f"{scalar_text(key)}: {scalar_text(item)}" for key, item in value.items())
    return f"{{{', '.join(parts)}}}"


def _one_line(item: Value) -> bool:
    return isinstance(item, str) and "\n" not in item


def _literal(value: str) -> bool:
    """Whether a value of several lines can stand as it is, below ``|-``."""
    lines = value.split("\n")
    return (
        len(lines) > 1
        and not value.startswith((" ", "\t"))
        and all(lines[end] for end in (0, -1))
        and not any(line.endswith((" ", "\t")) for line in lines)
        and not _UNPRINTABLE.search(value)
    )


@lru_cache(maxsize=1 << 10)  # most are keys, the same in every file
def scalar_text(value: str | None) -> str:
    """A scalar of one line: as it is where YAML reads nothing into it, else between quotes."""
    if value is None:
        return ""
    plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS and not _MARK.fullmatch(value)
    return value if plain and not _UNPRINTABLE.search(value) else scalars.quoted(value)
