"""Splitting a body into segments: its top-level blocks, each the exact slice of the file.

Law 1: joining the segments gives back the body byte for byte, and each block of the text's AST
belongs to exactly one segment, in order. Definitions of footnotes and links, which leave no block
of their own in the AST, are segments too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.texts.pandoc import Node, Parsed


class SegmentKind(StrEnum):
    """What a segment is; the names are the field's."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    DEFINITIONS = "definitions"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    FIGURE = "figure"
    BOX = "box"
    RULE = "rule"
    COMMENT = "comment"
    RAW = "raw"
    FOOTNOTE = "footnote"
    REFERENCE = "reference"
    LEADING = "leading"


_KINDS = {
    "Header": SegmentKind.HEADING,
    "BulletList": SegmentKind.LIST,
    "OrderedList": SegmentKind.LIST,
    "DefinitionList": SegmentKind.DEFINITIONS,
    "BlockQuote": SegmentKind.QUOTE,
    "CodeBlock": SegmentKind.CODE,
    "Table": SegmentKind.TABLE,
    "Figure": SegmentKind.FIGURE,
    "Div": SegmentKind.BOX,
    "HorizontalRule": SegmentKind.RULE,
    "RawBlock": SegmentKind.RAW,
}
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:")
_REFERENCE = re.compile(r" {0,3}\[[^\]^][^\]]*\]:\s*\S")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


@dataclass(frozen=True)
class Segment:
    """A top-level block.

    ``raw`` is its exact slice without the blank lines that follow, which are ``after``; ``line`` is
    its first line in the body (1-based); ``block`` its index in the text's AST, None for
    definitions.
    """

    kind: SegmentKind
    raw: str
    after: str
    line: int
    block: int | None


def split(body: str, parsed: Parsed) -> tuple[Segment, ...]:
    """The segments of ``body``, given its top-level blocks and where pandoc says they begin."""
    return split_at(body, parsed.starts, [_kind(block) for block in parsed.blocks])


def split_at(
    body: str, first_lines: Sequence[int], kinds: Sequence[SegmentKind]
) -> tuple[Segment, ...]:
    """The segments of ``body``, given the first line and the kind of each top-level block."""
    lines = _LINE.findall(body)
    starts = [min(line, len(lines)) - 1 for line in first_lines]
    segments: list[Segment] = []
    edges = [*starts, len(lines)]
    segments += _definitions(lines, 0, edges[0] if edges else len(lines))
    for index, (begin, end) in enumerate(zip(starts, edges[1:], strict=True)):
        cut = _first_definition(lines, begin, end)
        kind = kinds[index]
        segments.append(_segment(kind, lines, begin, cut, index))
        segments += _definitions(lines, cut, end)
    return tuple(segments)


def join(segments: Sequence[Segment]) -> str:
    """The text the segments were split from, exactly."""
    return "".join(segment.raw + segment.after for segment in segments)


def kind_of(node: str) -> SegmentKind:
    """The kind of segment that a kind of node is, where that alone decides."""
    return _KINDS.get(node, SegmentKind.PARAGRAPH)


def _kind(block: Node) -> SegmentKind:
    if block["t"] == "RawBlock" and block["c"][1].lstrip().startswith("<!--"):
        return SegmentKind.COMMENT
    if block["t"] == "Div" and "wrapper" in dict(block["c"][0][2]):
        return SegmentKind.PARAGRAPH
    return kind_of(block["t"])


def _segment(
    kind: SegmentKind, lines: Sequence[str], begin: int, end: int, block: int | None
) -> Segment:
    last = end
    while last > begin and not lines[last - 1].strip():
        last -= 1
    raw, after = "".join(lines[begin:last]), "".join(lines[last:end])
    return Segment(kind, raw, after, begin + 1, block)


def _defines(line: str) -> SegmentKind | None:
    if _FOOTNOTE.match(line):
        return SegmentKind.FOOTNOTE
    return SegmentKind.REFERENCE if _REFERENCE.match(line) else None


def _first_definition(lines: Sequence[str], begin: int, end: int) -> int:
    """Where, after the block that begins at ``begin``, the first definition stands (or ``end``)."""
    fence = ""
    free = False  # whether the line before is blank or ends a comment
    for number in range(begin, end):
        line = lines[number]
        if free and not fence and _defines(line):
            return number
        was, fence = fence, _fence_after(fence, line)
        comment = was == "<!--" or (not was and line.startswith("<!--"))
        free = not line.strip() or (comment and not fence)
    return end


def _fence_after(fence: str, line: str) -> str:
    """The code fence or comment that is open after ``line``, given the one open before it."""
    if fence == "<!--":
        return "" if "-->" in line else fence
    if not fence and line.startswith("<!--"):
        return "" if "-->" in line else "<!--"
    match = re.match(r" {0,3}(`{3,}|~{3,})", line)
    if not match:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) else fence


def _definitions(lines: Sequence[str], begin: int, end: int) -> list[Segment]:
    """The definitions between two blocks; blank lines before the first block lead the text."""
    found: list[Segment] = []
    marks = [
        number
        for number in range(begin, end)
        if _defines(lines[number]) and (number == begin or _may_begin(lines, number))
    ]
    if begin == end:
        return found
    if not marks or marks[0] > begin:
        marks.insert(0, begin)
    for start, stop in zip(marks, [*marks[1:], end], strict=True):
        kind = _defines(lines[start]) or SegmentKind.LEADING
        found.append(_segment(kind, lines, start, stop, None))
    return found


def _may_begin(lines: Sequence[str], number: int) -> bool:
    before = lines[number - 1]
    return not before.strip() or _defines(before) is not None or not before.startswith((" ", "\t"))
