"""Texts so plainly written that who wants their segments alone need not ask pandoc.

Their `outline` tells where blocks begin, and nothing stands in them that the allow-list refuses or
that is a slip. A body in which anything else may stand is left to pandoc. What the allow-list comes
to refuse must be left to it, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set

from pipeline.texts.allow import MAX_BLOCKS
from pipeline.texts.emphasis import ENTITY
from pipeline.texts.outline import outline
from pipeline.texts.segments import Segment, SegmentKind, kind_of, split_at
from pipeline.texts.slips import slips
from pipeline.texts.source import Source

_COMMENT = re.compile(r"^<!--.*?-->", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!`)`[^`\\|\[\]<\n]+`(?!`)")
_NOTE = re.compile(r"^\[\^([0-9A-Za-z]+)\]: ", re.MULTILINE)
_MARK = re.compile(r"\[\^([0-9A-Za-z]+)\](?!:)")
_BOX = re.compile(r'^::: (?:([^\W_]+)|\{\.([^\W_]+)(?: title="[^"\\&\n]*")?\}) *$', re.MULTILINE)
_FIGURE = re.compile(
    r"(?<=\n\n)!\[([^\[\]\s][^\[\]\n]*)\]\(images/[a-z0-9-]+\.(?:svg|png|jpg)\)"
    r'(?:\{(?:alt="[^"\\&\n]+"|width=[1-9][0-9]%| )*\})?(?=\n\n|\n?\Z)'
)
# A link to the web, to a text beside this one or to a heading; the anchor of a heading.
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]+)\]\((?:https?://[A-Za-z0-9][A-Za-z0-9/_.,%?=&#+:@~-]{0,500}"
    r"|(?:\.\./(?:[a-z0-9-]+/)?)?[a-z0-9-]+\.[A-Za-z]{2}\.md|#[A-Za-z0-9][A-Za-z0-9_-]*)\)"
)
_ANCHOR = re.compile(r"^(#{1,6} [^{}\n]*)\{#[A-Za-z0-9][A-Za-z0-9_-]*\} *$", re.MULTILINE)
# What is never refused, by a sign that it has, and what is left of it.
_TAKEN_OUT = (
    ("<!--", _COMMENT, ""),
    ("`", _CODE, "x"),
    ("![", _FIGURE, r"\1"),
    ("{#", _ANCHOR, r"\1"),
    ("](", _LINK, r"\1"),
)
# Raw code, escapes, attributes, entities, fences; other code, links, images; what defines a link.
_ELSE = re.compile(r"[<\\`{}~\t]|&[#\w]+;|\][(\[:]|!\[|\[\^(?![0-9A-Za-z]+\])|:::.")
# Letters that may number a list; containers in one another, a sign or an indent each, deeper than
# anybody writes.
_LINE = re.compile(
    r"^(?:\(?[^\W0-9_][.)](?: |$)|(?:[ >]|(?:[-+*:]|\(?[0-9A-Za-z#]+[.)])(?= )){17})",
    re.MULTILINE,
)
_MARGIN = re.compile(r"^(?:(?:[-+*:]|[0-9]{1,9}[.)]) +| +(?=\S))", re.MULTILINE)
_ROWS = re.compile(r"^\|.*(?:\n\|.*)*", re.MULTILINE)
_TABLE = re.compile(r"(\|(?:[^|\n]*\|)+) *\n(\|(?: *:?-+:? *\|)+) *(?:\n\|[^|\n]*\|.*)*")
_EMPHASIS = re.compile(r"[*_^]")
_MOST_EMPHASIS = 40  # signs in a block: not half as deep as the allow-list goes
_MOST_CELLS = 1_000


def read_plainly(
    source: Source, body: str, boxes: Callable[[], Set[str]]
) -> tuple[Segment, ...] | None:
    """The segments of a text, given its `readable` body; None when pandoc has to be asked.

    ``boxes`` are the words that begin a box.
    """
    begins = outline(body)
    if begins is None or len(begins) > MAX_BLOCKS or not _harmless(body, boxes):
        return None
    kinds = [_kind(begin.kinds[0]) for begin in begins]
    segments = split_at(source.body, [begin.lines for begin in begins], kinds)
    return None if any(slips(source, segments, [()] * len(segments))) else segments


def _kind(node: str) -> SegmentKind:
    """The kind of segment of a block of an outline, whose raw blocks are comments."""
    return SegmentKind.COMMENT if node == "RawBlock" else kind_of(node)


def _harmless(body: str, boxes: Callable[[], Set[str]]) -> bool:
    """Whether nothing is left that may be refused, once what never is has been taken out."""
    words = body.replace(ENTITY, "")
    for sign, pattern, left in _TAKEN_OUT:
        if sign in words:
            words = pattern.sub(left, words)
    if ":::" in words:
        if not {word for box in _BOX.findall(words) for word in box if word} <= boxes():
            return False
        words = _BOX.sub("", words)
    if set(_NOTE.findall(words)) != set(_MARK.findall(words)):
        return False
    words = _NOTE.sub("", words)
    return (
        not _ELSE.search(words)
        and not _LINE.search(words)
        and _is_indented(words)
        and all(_is_table(rows[0]) for rows in _ROWS.finditer(words))
        and all(len(_EMPHASIS.findall(block)) <= _MOST_EMPHASIS for block in words.split("\n\n"))
    )


def _is_indented(words: str) -> bool:
    """Whether what is set in below an item belongs to it: no less than the item's own words."""
    margin = 0
    for line in _MARGIN.finditer(words):
        if not line[0].startswith(" "):
            margin = len(line[0])
        elif len(line[0]) < margin:
            return False
    return True


def _is_table(rows: str) -> bool:
    """Whether rows are a table: the line below the head has as many columns as the head."""
    found = _TABLE.fullmatch(rows)
    return (
        found is not None
        and found[1].count("|") == found[2].count("|")
        and rows.count("|") <= _MOST_CELLS
    )
