"""Markdown written: blocks into lines, one sentence a line, everything literal escaped.

The reader is pandoc's `commonmark_x`: escapes cover its extensions too (math, sub- and
superscript, fancy lists, definition lists, emoji, attributes, smart punctuation).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.drafts.plaintext.model import (
    CODE_CLOSE,
    CODE_OPEN,
    EMPTY,
    MARK_CLOSE,
    MARK_OPEN,
    SUP_CLOSE,
    SUP_OPEN,
    Traced,
    concat,
    written,
)
from pipeline.drafts.plaintext.sentences import sentences
from pipeline.texts.sentences import base

_TOKEN = re.compile(
    rf"(?P<code>{CODE_OPEN}[^{CODE_CLOSE}]*{CODE_CLOSE})|(?P<note>{MARK_OPEN}\d+{MARK_CLOSE})"
    rf"|(?P<sup>{SUP_OPEN}[^{SUP_CLOSE}]*{SUP_CLOSE})"
    r"|(?P<sign>[\\`*\[\]{}^$|]|(?<=\S)~|~(?=\S)|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)"
    r"|(?<![^\W_])_|_(?![^\W_])|(?<=-)-|-(?=-)|:(?=[a-z0-9_+-]{1,32}:)|(?<=:):|:(?=::))"
    r"|(?P<straight>[\"'])"
)
# At the head of a line; the group is what the backslash goes before.
_HEADS = (
    re.compile(r"(?:\d{1,9}|[a-z]|[ivxlcdm]{1,9}|#)([.)])(?=\s|\Z)"),
    re.compile(r"[A-Za-z]{1,9}(\))(?=\s|\Z)"),
    re.compile(r"[A-Z](\.)(?=\s\s|\Z)"),
    re.compile(r"(\()(?:\d{1,9}|[A-Za-z]{1,9}|#|@\w*)\)(?=\s|\Z)"),
    re.compile(r"([-+])(?=\s|\Z)"),
    re.compile(r"(#)#{0,5}(?=\s|\Z)"),
    re.compile(r"([>=])"),
    re.compile(r"([:~])(?=\s|\Z)"),
    re.compile(r"(-)-*\s*\Z"),
)
_TAIL = re.compile(r"(?<=\s)#+\Z")


@dataclass(frozen=True)
class Block:
    """A block to write. `kind`: heading, item, paragraph; `marker`: what an item begins with."""

    kind: str
    text: Traced
    level: int = 0
    marker: str = "-"
    depth: int = 0


def inline(text: Traced, language: str, head: bool = True) -> Traced:
    """Write the text of one line as Markdown that shows exactly this text.

    Inputs: the text, its language, whether it stands where Markdown looks for blocks. Output: the
    text with escapes, marks and superscripts written out.
    """
    parts: list[Traced] = []
    done = 0
    starts = _head(text.text) if head else None
    for match in _TOKEN.finditer(text.text):
        at, end = match.span()
        if starts is not None and done <= starts < at:
            parts += [text.cut(done, starts), written("\\", text.offset(starts))]
            done = starts
        parts.append(text.cut(done, at))
        parts.append(_token(match, text, language))
        if starts == at and parts[-1].text[:1] != "\\":
            parts.insert(-1, written("\\", text.offset(at)))
        done = end
    if starts is not None and starts >= done:
        parts += [text.cut(done, starts), written("\\", text.offset(starts))]
        done = starts
    return concat([*parts, text.cut(done, len(text.text))])


def _head(text: str) -> int | None:
    for pattern in _HEADS:
        if match := pattern.match(text):
            return match.start(1)
    return None


def _token(match: re.Match[str], text: Traced, language: str) -> Traced:
    start, end = match.span()
    inner = text.cut(start + 1, end - 1)
    at = text.offset(start)
    match match.lastgroup:
        case "code":
            ticks = "`" * (1 + max((len(run) for run in re.findall("`+", inner.text)), default=0))
            # A space within the fence keeps a backtick at either end from joining it.
            pad = " " if inner.text[:1] == "`" or inner.text[-1:] == "`" else ""
            return concat([written(ticks + pad, at), inner, written(pad + ticks, at)])
        case "note":
            return concat([written("[^", at), inner, written("]", at)])
        case "sup":
            return concat([written("^", at), inner, written("^", at)])
        case "straight" if base(language) != "fr":
            return text.cut(start, end)  # the reader's smart quotes do right by the others
    return concat([written("\\", at), text.cut(start, end)])


def write_blocks(blocks: Sequence[Block], language: str) -> list[Traced]:
    """Write blocks as lines of Markdown; items of one list follow each other without a blank."""
    lines: list[Traced] = []
    widths: list[int] = []  # where the text of each open item begins
    for i, block in enumerate(blocks):
        item = block.kind == "item"
        if i and not (item and _same_list(blocks[i - 1], block)):
            lines.append(EMPTY)
        if block.kind == "heading":
            text = inline(block.text, language, head=False)
            if tail := _TAIL.search(text.text):
                cut = tail.start()
                escape = written("\\", text.offset(cut))
                text = concat([text.cut(0, cut), escape, text.cut(cut, len(text.text))])
            lines.append(concat([written("#" * block.level + " ", text.offset(0)), text]))
            continue
        widths = widths[: block.depth] if item else []
        margin = sum(widths)
        first = " " * margin + (f"{block.marker} " if item else "")
        rest = " " * len(first)
        lines += write_sentences(block.text, language, first, rest)
        if item:
            widths.append(len(block.marker) + 1)
    return lines


def _same_list(before: Block, block: Block) -> bool:
    """Whether an item goes on with the list before: lists of other signs need a blank between."""
    if before.kind != "item":
        return False
    return before.depth != block.depth or _sign(before.marker) == _sign(block.marker)


def _sign(marker: str) -> str:
    return re.sub(r"[^\W_]", "", marker)


def write_sentences(text: Traced, language: str, first: str, rest: str) -> list[Traced]:
    """Write one block, a sentence a line.

    Inputs: its text, the language, what goes before its first line and before the others.
    """
    lines: list[Traced] = []
    for sentence in sentences(text, language):
        done = inline(sentence, language)
        before = rest if lines else first
        lines.append(concat([written(before, done.offset(0)), done]))
    return lines
