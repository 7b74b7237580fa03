"""Footnotes that cite footnotes, followed before pandoc does: it would unfold a loop without end.

pandoc puts a note's content in the place of every mark, so that two notes that cite each other, or
thirty of which each cites the next one twice, fill any memory (law 9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST = 5_000  # notes that a text may unfold to

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
_MARK = re.compile(r"\[\^([^\]\s]+)\]")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Loop:
    """The note that cannot be unfolded, and the line of its definition (from 1)."""

    label: str
    line: int


@dataclass(frozen=True)
class _Note:
    line: int
    cited: tuple[str, ...]


def first_loop(body: str) -> Loop | None:
    """The first note that cites itself, by others perhaps, or unfolds to too many.

    >>> first_loop("a[^1]\\n\\n[^1]: b[^2]\\n\\n[^2]: c[^1]\\n")
    Loop(label='1', line=3)
    """
    if "[^" not in body:
        return None
    notes, cited = _notes(body)
    sizes: dict[str, int] = {}
    for label, note in notes.items():
        if _size(label, notes, sizes) > MOST:
            return Loop(label, note.line)
    if sum(sizes.get(label, 0) for label in cited) > MOST:
        heaviest = max(notes, key=lambda label: sizes[label])
        return Loop(heaviest, notes[heaviest].line)
    return None


def _notes(body: str) -> tuple[dict[str, _Note], list[str]]:
    """The notes by label, and the labels that the text itself cites."""
    notes: dict[str, _Note] = {}
    cited: list[str] = []
    label, line, inside, blank = "", 0, [], False  # type: str, int, list[str], bool
    for number, words in enumerate([*uncommented(body).split("\n"), "", "."], 1):
        found = _DEFINITION.match(words)
        ends = bool(found) or (blank and bool(words.strip()) and not words.startswith((" ", "\t")))
        if label and ends:
            notes.setdefault(label, _Note(line, tuple(inside)))
            label = ""
        blank = not words.strip()
        if found:
            label, line, inside = found[1].casefold(), number, []
            words = words[found.end() :]  # noqa: PLW2901 - what follows the label
        if "[^" in words:
            marks = [mark.casefold() for mark in _MARK.findall(_CODE.sub("", words))]
            (inside if label else cited).extend(marks)
    return notes, cited


def uncommented(body: str) -> str:
    """The body without its comments, on the same lines: a counterpart's cite the source."""
    kept, position = [], 0
    while (start := body.find("<!--", position)) >= 0 and (end := body.find("-->", start)) >= 0:
        kept += [body[position:start], "\n" * body.count("\n", start, end)]
        position = end + 3
    return "".join([*kept, body[position:]])


def _size(label: str, notes: Mapping[str, _Note], sizes: dict[str, int]) -> int:
    """How many notes a note unfolds to, itself included; more than `MOST` for a loop."""
    pending: list[tuple[str, bool]] = [(label, False)]
    open_: set[str] = set()
    while pending:
        name, done = pending.pop()
        if name in sizes or name not in notes:
            continue
        if done:
            open_.discard(name)
            inner = sum(sizes.get(cited, 0) for cited in notes[name].cited)
            sizes[name] = min(1 + inner, MOST + 1)
            continue
        if name in open_:
            continue
        open_.add(name)
        pending.append((name, True))
        for cited in notes[name].cited:
            if cited in open_:
                sizes[name] = sizes[label] = MOST + 1
                return MOST + 1
            pending.append((cited, False))
    return sizes.get(label, 0)
