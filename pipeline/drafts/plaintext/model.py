"""The values that the repair of plain text passes from one step to the next.

Every step is a pure function over a `Traced` text: a string in which each character remembers
the offset of the input character it came from. So any repair and any doubt, however late it is
found, names its place in what the person pasted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Noncharacters stand for inline Markdown until it is written: `normalise` removes them from the
# input first, so that no input can forge one.
MARK_OPEN, MARK_CLOSE = "\ufdd0", "\ufdd1"  # a footnote mark: its label between the two
CODE_OPEN, CODE_CLOSE = "\ufdd2", "\ufdd3"  # a run to show exactly as it stands
SUP_OPEN, SUP_CLOSE = "\ufdd4", "\ufdd5"  # a superscript


@dataclass(frozen=True)
class Repair:
    """What was repaired; line and column are the 1-based place in the input."""

    rule: str
    line: int
    column: int
    before: str
    after: str


@dataclass(frozen=True)
class Doubt:
    """What a person must look at; `out_line` is the line of the Markdown body, 0 in the title."""

    rule: str
    line: int
    column: int
    excerpt: str
    out_line: int


@dataclass(frozen=True)
class ImportedText:
    """A plain text made Markdown. `title` is plain text on one line, not escaped, "" if none."""

    title: str
    body: str
    repairs: tuple[Repair, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A repair whose place is still an offset in the input."""

    rule: str
    at: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt whose place is still an offset in the input."""

    rule: str
    at: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and, for each of its characters, the offset in the input it stands for."""

    text: str
    at: tuple[int, ...]

    def cut(self, start: int, end: int) -> Traced:
        """Return the part from start to end."""
        return Traced(self.text[start:end], self.at[start:end])

    def strip(self) -> Traced:
        """Return the text without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def offset(self, index: int) -> int:
        """Return the input offset of the character at index, or of the nearest one."""
        return self.at[min(max(index, 0), len(self.at) - 1)] if self.at else 0


EMPTY = Traced("", ())


def concat(parts: Iterable[Traced]) -> Traced:
    """Join traced texts; inputs: the parts in order; output: one traced text."""
    kept = list(parts)
    offsets: list[int] = []
    for part in kept:
        offsets.extend(part.at)
    return Traced("".join(part.text for part in kept), tuple(offsets))


def written(text: str, at: int) -> Traced:
    """Return text that no input holds (a space, a mark), placed at an input offset."""
    return Traced(text, (at,) * len(text))


Ranges = tuple[tuple[int, int], ...]

# Addresses are bounded so that a long run of letters costs linear time.
_GUARDED = re.compile(
    rf"(?:https?|ftp)://\S+|www\.\S+|[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+"
    r"|&#?\w{1,32};|(?<![\w:]):[a-z0-9_+-]{2,32}:(?!\w)"
    rf"|{CODE_OPEN}[^{CODE_CLOSE}]*{CODE_CLOSE}"
)


def guarded(text: str) -> Ranges:
    """Return the ranges that typography leaves alone: addresses, codes, unreadable runs."""
    return tuple(match.span() for match in _GUARDED.finditer(text))


Replace = Callable[[re.Match[str]], "tuple[str, str] | None"]


def substitute(
    traced: Traced, pattern: re.Pattern[str], replace: Replace, skip: Ranges = ()
) -> tuple[Traced, list[Edit]]:
    """Replace matches and say what was replaced.

    Inputs: the text, a pattern, a function from a match to (rule, new text) or None to leave it,
    and ranges to leave alone. Output: the new text and one edit for each replacement.
    """
    parts: list[Traced] = []
    edits: list[Edit] = []
    done = 0
    starts = [start for start, _ in skip]
    for match in pattern.finditer(traced.text):
        start, end = match.span()
        near = bisect_right(starts, start) - 1
        if near >= 0 and start < skip[near][1]:
            continue
        change = replace(match)
        if change is None or change[1] == match.group():
            continue
        rule, after = change
        edits.append(Edit(rule, traced.offset(start), match.group(), after))
        last = max(start, end - 1)
        places = tuple(traced.offset(min(start + i, last)) for i in range(len(after)))
        parts += [traced.cut(done, start), Traced(after, places)]
        done = end
    if not edits:
        return traced, []
    return concat([*parts, traced.cut(done, len(traced.text))]), edits
