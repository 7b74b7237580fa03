"""What each group of lines is: title, heading, item, caption or paragraph.

A number at the head of a line says nothing by itself. « 1. » is an item where 2. follows at once,
and a heading where a paragraph stands between; no number is trusted without its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.drafts.plaintext.blocks import LONGEST_TITLE, Group
from pipeline.drafts.plaintext.captions import is_caption, table_label
from pipeline.drafts.plaintext.lines import Layout, ends_sentence, is_wide, starts_low
from pipeline.drafts.plaintext.notes import marks
from pipeline.drafts.plaintext.openers import LISTED, Opener, are_lettered
from pipeline.drafts.plaintext.tables import HEADING_SIGNS
from pipeline.texts.sentences import base

# Headings, the highest division first.
RANKS = ("division", "caps", "roman", "kanji", "upper", "dot", "comma", "spaced", "multi", "paren",
         "parens", "sign", "guessed")  # fmt: skip
# Numbers that may head a section without a sibling.
_ALONE = ("dot", "division", "multi", "comma", "spaced")
# The width in columns of a heading that nothing marks, of one in Japanese, of a title, at most.
SHORT, SHORT_WIDE, LONG = 60, 40, 80
HEAD_LINES = 3
_BRACKETED = re.compile(r"【[^】]{1,40}】")
DEEPEST = 4  # levels of items


@dataclass(frozen=True)
class Part:
    """A group and what it is. `kind`: title, heading, item, caption, paragraph.

    `rank` orders headings; `depth` nests items; `ordered` tells that an item keeps its number.
    """

    kind: str
    group: Group
    rank: int = 0
    depth: int = 0
    ordered: bool = False
    guessed: bool = False


@dataclass(frozen=True)
class _Near:
    """What a group is judged by: whether it is the first, the next one, what it counts on with."""

    first: bool
    after: Group | None
    sibling: str
    sourced: frozenset[str]


def outline(groups: Sequence[Group], layout: Layout, sourced: frozenset[str]) -> list[Part]:
    """Decide what each group is.

    Inputs: the groups in order, the layout, the labels of notes that give a source. Output: one
    part a group, in order.
    """
    siblings = _siblings(groups)
    parts: list[Part] = []
    for i, group in enumerate(groups):
        after = groups[i + 1] if i + 1 < len(groups) else None
        parts.append(_part(group, _Near(i == 0, after, siblings.get(i, ""), sourced), layout))
    return _nested(parts)


def _siblings(groups: Sequence[Group]) -> dict[int, str]:
    """Tell of each numbered group whether it counts on with another, near ("list") or far ("far").

    Near: nothing stands between but other items. Linear: the last group of each style is kept.
    """
    last: dict[str, tuple[int, int]] = {}  # style → (number, index)
    broken = -1  # index of the last group that is no item
    found: dict[int, str] = {}
    for i, group in enumerate(groups):
        head = group.opener
        if head is None or head.kind in ("caps", "hash"):
            broken = i
            continue
        if head.kind != "number":
            continue
        value, j = last.get(head.style, (0, -1))
        if j >= 0 and head.value == value + 1:
            near = "list" if broken < j else "far"
            found[i] = near
            if found.get(j) != "list":
                found[j] = near
        last[head.style] = (head.value, i)
    for run in _lettered_runs(groups, found):
        opened = groups[run[0]].opener
        if opened and not are_lettered([groups[i].text for i in run], opened.value):
            found = {i: near for i, near in found.items() if i not in run}
    return found


def _lettered_runs(groups: Sequence[Group], siblings: Mapping[int, str]) -> list[list[int]]:
    """The groups that capital letters open, each run counting on."""
    runs: list[list[int]] = []
    for i in siblings:
        head = groups[i].opener
        if head is None or head.style != "upper":
            continue
        before = groups[runs[-1][-1]].opener if runs else None
        if before and head.value == before.value + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _part(group: Group, near: _Near, layout: Layout) -> Part:
    head = group.opener
    if head is None:
        return _plain(group, near, layout)
    if head.kind == "caps" and _labelled(group, layout):  # FIGURE 2 – LES HALLES
        return _plain(group, near, layout)
    if head.kind in ("caps", "hash"):
        return _titled(group, head, near)
    if head.kind == "bullet":
        return _signed(group, near, layout)
    return _numbered(group, head, near, layout) or _plain(group, near, layout)


def _titled(group: Group, head: Opener, near: _Near) -> Part:
    """Decide on lines in capitals, and on Markdown's own headings."""
    if head.kind == "caps" and len(group.lines) >= LONGEST_TITLE:
        return Part("paragraph", group)
    if near.first:
        return Part("title", group)
    rank = RANKS.index("caps") if head.kind == "caps" else len(RANKS) + head.value
    return Part("heading", group, rank)


def _signed(group: Group, near: _Near, layout: Layout) -> Part:
    """Decide on a group that a bullet opens: in Japanese, ■ alone before a paragraph heads it."""
    heads = (
        base(layout.language) == "ja"
        and group.text[0] in HEADING_SIGNS
        and near.after is not None
        and near.after.opener is None
        and _heads(group, near.after, SHORT_WIDE)
    )
    return Part("heading", group, RANKS.index("sign")) if heads else Part("item", group)


def _numbered(group: Group, head: Opener, near: _Near, layout: Layout) -> Part | None:
    """Decide on a group that a number opens; None if the number says nothing."""
    style = head.style
    if near.sibling == "list" and style in LISTED:
        return Part("item", group, ordered=True)
    trusted = style in RANKS and (near.sibling or style in _ALONE)
    if trusted and _heads(group, near.after, int(1.9 * max(layout.width, SHORT))):
        return Part("heading", group, RANKS.index(style))
    if style in ("dot", "paren", "parens", "circled") and (head.value == 1 or near.sibling):
        return Part("item", group, ordered=True)
    return None


def _heads(group: Group, after: Group | None, limit: int) -> bool:
    """Whether a group can head what follows: short, no sentence, and something does follow."""
    text = group.text
    if after is None or len(group.lines) > HEAD_LINES or group.columns > limit:
        return False
    if _over(text) and not text.endswith(("?", "!", "？", "！")):
        return False
    if after.opener is None:
        return not starts_low(after.text)
    return after.opener.style != (group.opener.style if group.opener else "")


def _over(text: str) -> bool:
    """Whether a text ends as prose does, not as a heading."""
    return ends_sentence(text) or text.endswith((":", "：", ";", "；", ",", "、"))


def _plain(group: Group, near: _Near, layout: Layout) -> Part:
    """Decide what a group is that nothing opens."""
    if _captions(group, near, layout):
        return Part("caption", group)
    if near.first and "@" not in group.text and _heads(group, near.after, LONG):
        return Part("title", group)
    if _BRACKETED.fullmatch(group.text) and near.after is not None:
        return Part("heading", group, RANKS.index("sign"))
    if _stands_out(group, near):
        return Part("heading", group, RANKS.index("guessed"), guessed=True)
    return Part("paragraph", group)


def _labelled(group: Group, layout: Layout) -> bool:
    """Whether a group begins as a caption of a picture or a table does."""
    return is_caption(group.text, layout.language) or table_label(group.text) is not None


def _captions(group: Group, near: _Near, layout: Layout) -> bool:
    """Whether a group is the caption of a picture.

    It says so (« Figure 2 : »); or it is one line that is no sentence, and a picture left its
    traces there: a tab, an object sign, a note that gives a source.
    """
    text, line = group.text, group.lines[0]
    if is_caption(text, layout.language):
        return len(group.lines) <= HEAD_LINES
    if len(group.lines) > 1 or near.first or _over(text):
        return False
    glued = [mark.label for mark in marks(text) if mark.end == len(text)]
    return line.anchor or line.tab or bool(near.sourced.intersection(glued))


def _stands_out(group: Group, near: _Near) -> bool:
    """Whether a plain short line, alone between blank lines, heads the paragraph that follows."""
    text, after = group.text, near.after
    if len(group.lines) > 1 or after is None or after.opener is not None:
        return False
    if not (group.lines[0].blanks or near.first) or not after.lines[0].blanks:
        return False
    if starts_low(text) or not text[:1].isalnum() or table_label(text) is not None:
        return False
    prose = len(after.lines) > 1 or ends_sentence(after.text)
    limit = SHORT_WIDE if any(is_wide(char) for char in text) else SHORT
    return prose and _heads(group, after, limit)


def _announces(parts: Sequence[Part]) -> bool:
    """Whether the last part announces a list."""
    return bool(parts) and parts[-1].group.text.endswith((":", "："))


def _nested(parts: Sequence[Part]) -> list[Part]:
    """Give each item its depth, from the signs and margins of the items before it in its list.

    A sign not met yet in the list opens a level, a sign met goes back to its own; the same sign
    two columns further in opens one too. Four levels at most.
    """
    nested: list[Part] = []
    stack: list[tuple[str, int]] = []
    for part in parts:
        head = part.group.opener
        if part.kind != "item" or head is None:
            stack = []
            nested.append(part)
            continue
        line = part.group.lines[0]
        indent = stack[-1][1] if line.page and stack else line.indent
        for level in range(len(stack) - 1, -1, -1):
            if stack[level][0] == head.style and indent <= stack[level][1] + 1:
                if indent < stack[level][1] - 1 and any(
                    style == head.style for style, _ in stack[:level]
                ):
                    continue
                stack = stack[: level + 1]
                break
        else:
            if line.blanks and not _announces(nested[-1:]):
                stack = []  # another list
            if len(stack) < DEEPEST:
                stack.append((head.style, indent))
        nested.append(
            Part("item", part.group, part.rank, len(stack) - 1, part.ordered, part.guessed)
        )
    return nested
