"""Splitting a body into segments: its top-level blocks, each the exact slice of the file.

Law 1: joining the segments gives back the body byte for byte, and each block of the text's AST
belongs to exactly one segment, in order. Definitions of footnotes and links, which leave no block
of their own in the AST, are segments too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from pipeline.texts.apart import Lines
from pipeline.texts.definitions import NOTE, TARGET
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
_HOLDS = frozenset({SegmentKind.BOX, SegmentKind.LIST, SegmentKind.DEFINITIONS})
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
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
    """The segments of ``body``, given its top-level blocks and where pandoc says they stand."""
    return split_at(body, parsed.lines, [_kind(block) for block in parsed.blocks])


def split_at(
    body: str, places: Sequence[Lines], kinds: Sequence[SegmentKind]
) -> tuple[Segment, ...]:
    """The segments of ``body``, given the lines and the kind of each top-level block."""
    lines = _LINE.findall(body)
    starts = [min(place.first, len(lines)) - 1 for place in places]
    segments: list[Segment] = []
    edges = [*starts, len(lines)]
    segments += _definitions(lines, 0, edges[0] if edges else len(lines))
    for index, (begin, end) in enumerate(zip(starts, edges[1:], strict=True)):
        kind = kinds[index]
        closed = kind in (SegmentKind.COMMENT, SegmentKind.RAW)
        cut = _first_definition(lines, max(begin + 1, places[index].last), end, free=closed)
        segments.append(_segment(kind, lines, begin, cut, index))
        segments += _definitions(lines, cut, end)
    return tuple(segments)


def join(segments: Sequence[Segment]) -> str:
    """The text the segments were split from, exactly."""
    return "".join(segment.raw + segment.after for segment in segments)


def definitions(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The notes and targets of links that a text defines, also within its boxes and lists."""
    for segment in segments:
        if segment.kind in (SegmentKind.FOOTNOTE, SegmentKind.REFERENCE):
            yield segment
        elif segment.kind in _HOLDS:
            yield from _held(segment)


def _held(segment: Segment) -> Iterator[Segment]:
    """The definitions within a segment, each with whatever follows it before the next."""
    lines = _LINE.findall(segment.raw)
    fence = ""
    marks = []
    for number, line in enumerate(lines):
        code = _FENCE.match(line)
        if not fence and _defines(line):
            marks.append(number)
        elif code and (not fence or code[1].startswith(fence)):
            fence = "" if fence else code[1]
    for begin, end in pairwise([*marks, len(lines)]):
        kind = _defines(lines[begin]) or SegmentKind.LEADING
        found = _segment(kind, lines, begin, end, None)
        yield replace(found, line=segment.line + begin)


def kind_of(node: str) -> SegmentKind:
    """The kind of segment that a kind of node is, where that alone decides."""
    return _KINDS.get(node, SegmentKind.PARAGRAPH)


def _kind(block: Node) -> SegmentKind:
    if block["t"] == "RawBlock" and block["c"][1].lstrip().startswith("<!--"):
        return SegmentKind.COMMENT
    if block["t"] == "Div" and "wrapper" in dict(block["c"][0][2]):  # a block with attributes
        return _kind(block["c"][1][0]) if block["c"][1] else SegmentKind.PARAGRAPH
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
    if NOTE.match(line):
        return SegmentKind.FOOTNOTE
    return SegmentKind.REFERENCE if TARGET.match(line) else None


def _first_definition(lines: Sequence[str], begin: int, end: int, *, free: bool) -> int:
    """Where the first definition stands (or ``end``), from the line below a block's own words on.

    One may follow a blank line, or the block itself if that is ``free``.
    """
    for number in range(begin, end):
        free = free or not lines[number - 1].strip()
        if free and _defines(lines[number]):
            return number
        free = False
    return end


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
