"""What is not words in a line of Markdown: code, addresses, targets, marks of notes and emphasis.

Whoever reads or corrects the words of a unit (sentences, typography, terms) must see past these
and never touch them. This is a scanner for that purpose, in time proportional to the text; what
is read as Markdown in the end, pandoc says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

OPAQUE = "\ufffc"
"""Stands for what is shown but is no word of the text: code, an image, an address."""
NOTE = "\ufde0"
"""Stands for the mark of a footnote (a noncharacter: no text holds it)."""


class Kind(Enum):
    """What a mark is."""

    CODE = "code"
    ADDRESS = "address"  # a URL or e-mail address, with its angle brackets if it has any
    IMAGE = "image"  # all of it, its text too
    NOTE = "note"
    OPEN = "open"  # the bracket before the words of a link or span
    CLOSE = "close"  # the bracket after them, with target and attributes
    EMPHASIS = "emphasis"
    RAISED = "raised"  # superscript or subscript, with what it holds
    LITERAL = "literal"  # an escaped character or an entity
    RAW = "raw"  # a tag or comment of HTML


_SHOWN = {Kind.CODE: OPAQUE, Kind.ADDRESS: OPAQUE, Kind.IMAGE: OPAQUE, Kind.LITERAL: OPAQUE}


@dataclass(frozen=True)
class Mark:
    """A mark at ``text[start:end]``."""

    start: int
    end: int
    kind: Kind

    @property
    def shown(self) -> str:
        """What a reader sees of it: `OPAQUE` or nothing."""
        return _SHOWN.get(self.kind, "")


_TICKS = re.compile(r"(?<!\\)`+")
_TARGET = (
    r"\((?:\\.|[^\\()\s`]|\((?:\\.|[^\\()\s`]){0,500}\)){0,2000}"
    r"(?:\s{1,9}(?:\"[^\"`]{0,500}\"|'[^'`]{0,500}'))?\s{0,9}\)"
)
_TOKEN = re.compile(
    r"(?P<literal>\\[!-/:-@\[-`{-~]|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)"
    r"|(?P<raw><!--[^`]{0,2000}?-->|</?[A-Za-z][^<>\n`]{0,500}>)"
    r"|(?P<note>\[\^[^\]\s`]{1,200}\])"
    r"|(?P<open>!?\[)"
    rf"|(?P<close>\](?:{_TARGET}|\[[^\[\]`]{{0,500}}\])?(?:\{{[^{{}}\n`]{{0,500}}\}})?)"
    r"|(?P<attributes>(?<=[`)])\{[^{}\n`]{0,500}\})"
    r"|(?P<address>(?:https?://|mailto:|www\.)[^\s<>`*\u3000-\u9fff\uf900-\uffef]{1,2000}"
    r"|[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})"
    r"|(?P<raised>\^[^\s^`]{1,100}\^|(?<!~)~[^\s~`]{1,100}~(?!~))"
    r"|(?P<emphasis>(?<=\S)\*{1,3}|\*{1,3}(?=\S)|~~|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))"
)
_PLAIN_HEAD = re.compile(r"[\\&<\[\]!{^~*_]")
_MAY_ADDRESS = re.compile(r"://|mailto:|www\.|@")
_HEAD = re.compile(
    rf"{_PLAIN_HEAD.pattern}|https?://|mailto:|www\.|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{{1,64}}@"
)
_ANGLED = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|[\w.+-]{1,64}@)")
_TRAILING = ".,;:!?…'\"»”’*_"
_MOST_TRAILING = 20


@lru_cache(maxsize=1 << 8)
def marks(text: str) -> tuple[Mark, ...]:
    """The marks of ``text``, in order, none over another.

    Input: the inline Markdown of one unit. A bracket without target or attributes is a character
    like others, and no mark.
    """
    kept: list[Mark] = []
    for mark in sorted(_tokens(text, _code(text)), key=lambda mark: mark.start):
        if not kept or mark.start >= kept[-1].end:  # what an image holds is part of it
            kept.append(mark)
    return tuple(kept)


def masked(text: str, links: bool = False) -> str:
    """``text`` with each mark written over by as many signs: a note's by `NOTE`, others `OPAQUE`.

    Emphasis stays as it is. The words of links are masked too, unless ``links``.
    """
    parts: list[str] = []
    done, depth = 0, 0
    for mark in marks(text):
        if mark.kind is Kind.EMPHASIS:
            continue
        before = text[done : mark.start]
        parts.append(OPAQUE * len(before) if depth and not links else before)
        parts.append((NOTE if mark.kind is Kind.NOTE else OPAQUE) * (mark.end - mark.start))
        depth += (mark.kind is Kind.OPEN) - (mark.kind is Kind.CLOSE)
        done = mark.end
    return "".join([*parts, text[done:]])


def _code(text: str) -> list[tuple[int, int]]:
    """The code spans: a run of backticks to the next run of the same length."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    following: dict[int, int] = {}
    closing = [-1] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closing[index] = following.get(length, -1)
        following[length] = index
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(runs):
        if closing[index] < 0:
            index += 1
            continue
        spans.append((runs[index][0], runs[closing[index]][1]))
        index = closing[index] + 1
    return spans


def _tokens(text: str, code: list[tuple[int, int]]) -> Iterator[Mark]:
    yield from (Mark(start, end, Kind.CODE) for start, end in code)
    starts = [start for start, _end in code]
    opened: list[Mark] = []
    for match in _matches(text, code, starts):
        start, end = match.span()
        name = str(match.lastgroup)
        if name == "open":
            opened.append(Mark(start, end, Kind.IMAGE if match[0] == "![" else Kind.OPEN))
        elif name == "close":
            yield from _closed(opened, start, end)
        elif name == "address":
            yield Mark(start, end - len(_tail(match[0])), Kind.ADDRESS)
        else:
            yield Mark(start, end, _kind(name, match[0]))


def _matches(
    text: str, code: Sequence[tuple[int, int]], starts: Sequence[int]
) -> Iterator[re.Match[str]]:
    """The tokens outside code; only where one can begin is one looked for."""
    head = _HEAD if _MAY_ADDRESS.search(text) else _PLAIN_HEAD
    at = 0
    while begun := head.search(text, at):
        at = begun.start()
        near = bisect_right(starts, at) - 1
        if near >= 0 and at < code[near][1]:
            at = code[near][1]
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            at += 1
            continue
        at = match.end() - (len(_tail(match[0])) if match.lastgroup == "address" else 0)
        yield match


def _closed(opened: list[Mark], start: int, end: int) -> Iterator[Mark]:
    """The pair of brackets that ends here, if it has a target or attributes."""
    if not opened:
        return
    begun = opened.pop()
    if end == start + 1:
        return
    if begun.kind is Kind.IMAGE:
        yield Mark(begun.start, end, Kind.IMAGE)
    else:
        yield begun
        yield Mark(start, end, Kind.CLOSE)


def _kind(name: str, found: str) -> Kind:
    if name == "raw" and _ANGLED.match(found):
        return Kind.ADDRESS
    return Kind.RAW if name == "attributes" else Kind(name)


def _tail(address: str) -> str:
    """Signs after an address that belong to the sentence; a bracket that it did not open too."""
    kept = address
    for _ in range(_MOST_TRAILING):
        kept = kept.rstrip(_TRAILING)
        for opening, closing in ("()", "[]"):
            if kept.endswith(closing) and kept.count(opening) < kept.count(closing):
                kept = kept[:-1]
    return address[len(kept) :]
