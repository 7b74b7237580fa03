"""What a translator approves by typing `approve`, turned into fresh fingerprints.

The word stands where the state does, in a segment's comment or in a metadata value; the next
command that may write settles it, for the pair as it stands in the file, and for nothing that is
written later (law 3). Nothing else in the file moves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.texts.metadata import Metadata
from pipeline.texts.segments import Segment
from pipeline.texts.source import Source
from pipeline.translation.counterpart import APPROVE, approved, render_marker, units
from pipeline.translation.fields import field_values
from pipeline.translation.fingerprint import fingerprint
from pipeline.workspace.yaml import Document, parse

TYPED = re.compile(rb"(?:<!--[ \t]*|state:[ \t]*)approve\b")
"""What a file with an approval to settle contains (and others may)."""
_STATE = re.compile(r"state:(?P<gap>[ \t]*)approve\b")
_TEXT = re.compile(r"text:[ \t]*(?:\"[0-9a-f]*\"|'[0-9a-f]*'|[0-9a-f]*)")


def settled(source: Source, segments: Sequence[Segment], metadata: Metadata) -> str:
    """The whole file with its approvals settled; the same string where there are none."""
    head = source.raw[: len(source.raw) - len(source.body)]
    front = source.front or ""
    changed = _settled_front(front, source.path, metadata)
    return head.replace(front, changed, 1) + _settled_body(segments, source.body)


def _settled_body(segments: Sequence[Segment], body: str) -> str:
    parts = list(segments)
    for unit in units(segments):
        if unit.marker and unit.marker.word == APPROVE and unit.comment is not None:
            comment = parts[unit.comment]
            ends = "\r\n" if "\r\n" in comment.raw else "\n"
            shown = render_marker(approved(unit.marker, unit.raw)).replace("\n", ends)
            trailing = comment.raw[len(comment.raw.rstrip("\r\n")) :]
            parts[unit.comment] = replace(comment, raw=shown + trailing)
    return "".join(part.raw + part.after for part in parts) if parts else body


def _settled_front(front: str, path: str, metadata: Metadata) -> str:
    """The YAML with ``state: approve`` made ``reviewed``, value by value, line by line."""
    claims = metadata.translation.fields if metadata.translation else {}
    values = field_values(metadata)
    waiting = [name for name, claim in claims.items() if claim.state == APPROVE and name in values]
    lines = front.splitlines(keepends=True)
    if not waiting:
        return front
    document = parse(front, path)
    for name in waiting:
        _settle(lines, document, name, fingerprint(values[name]))
    return "".join(lines)


def _settle(lines: list[str], document: Document, name: str, mark: str) -> None:
    """Change the two values of one field where they stand; the second first, lest places move."""
    keys = ("translation", "fields", name)
    state = document.places[(*keys, "state")]
    text = document.places.get((*keys, "text"))
    if text is not None:
        _replace(lines, text.line, text.column, _TEXT, f'text: "{mark}"')
        _replace(lines, state.line, state.column, _STATE, "state: reviewed")
    else:
        flow = "{" in lines[state.line - 1][: state.column - 1]
        indent = " " * (state.column - 1)
        more = f', text: "{mark}"' if flow else f'\n{indent}text: "{mark}"'
        _replace(lines, state.line, state.column, _STATE, f"state: reviewed{more}")


def _replace(lines: list[str], line: int, column: int, pattern: re.Pattern[str], new: str) -> None:
    text = lines[line - 1]
    before, after = text[: column - 1], text[column - 1 :]
    lines[line - 1] = before + pattern.sub(lambda _: new, after, count=1)
