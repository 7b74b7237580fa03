"""What each group of lines is: title, heading, item, caption or paragraph.

A number at the head of a line says nothing by itself. « 1. » is an item where 2. follows at once,
and a heading where a paragraph stands between; no number is trusted without its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.drafts.plaintext_blocks import LONGEST_TITLE, Group
from pipeline.drafts.plaintext_lines import Layout, ends_sentence, is_wide, starts_low
from pipeline.drafts.plaintext_notes import marks
from pipeline.drafts.plaintext_openers import is_caption
from pipeline.drafts.plaintext_tables import HEADING_SIGNS, base

# Headings, the highest division first.
RANKS = ("division", "caps", "roman", "upper", "dot", "comma", "spaced", "multi", "paren",
         "parens", "sign", "guessed")  # fmt: skip
_LISTS = ("dot", "comma", "spaced", "paren", "parens", "alpha", "alphas", "upper", "circled",
          "kana", "kanas")  # fmt: skip


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


def outline(groups: Sequence[Group], layout: Layout, sourced: frozenset[str]) -> list[Part]:
    """Decide what each group is.

    Inputs: the groups in order, the layout, the labels of notes that give a source. Output: one
    part a group, in order.
    """
    siblings = _siblings(groups)
    parts: list[Part] = []
    for i, group in enumerate(groups):
        after = groups[i + 1] if i + 1 < len(groups) else None
        parts.append(_part(i, group, after, siblings.get(i, ""), layout, sourced))
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
    return found


def _part(
    i: int,
    group: Group,
    after: Group | None,
    sibling: str,
    layout: Layout,
    sourced: frozenset[str],
) -> Part:
    head = group.opener
    if head is None:
        return _plain(i, group, after, layout, sourced)
    if head.kind in ("caps", "hash"):
        if head.kind == "caps" and len(group.lines) >= LONGEST_TITLE:
            return Part("paragraph", group)
        if i == 0:
            return Part("title", group)
        if head.kind == "caps":
            return Part("heading", group, RANKS.index("caps"))
        return Part("heading", group, len(RANKS) + head.value)
    if head.kind == "bullet":
        alone = after is not None and after.opener is None and group.lines[0].text.text[0]
        if alone and alone in HEADING_SIGNS and _heads(group, after, layout, 40):
            if base(layout.language) == "ja" and not after_is_item(after):
                return Part("heading", group, RANKS.index("sign"))
        return Part("item", group)
    style = head.style
    if sibling == "list" and style in _LISTS:
        return Part("item", group, ordered=True)
    if style in RANKS and (sibling or style in ("dot", "division", "multi", "comma", "spaced")):
        if _heads(group, after, layout, int(1.9 * max(layout.width, 60))):
            return Part("heading", group, RANKS.index(style))
    if style in ("dot", "paren", "parens", "circled") and (head.value == 1 or sibling):
        return Part("item", group, ordered=True)
    return _plain(i, group, after, layout, sourced)


def after_is_item(group: Group | None) -> bool:
    """Whether a group opens with a bullet."""
    return group is not None and group.opener is not None and group.opener.kind == "bullet"


def _heads(group: Group, after: Group | None, layout: Layout, limit: int) -> bool:
    """Whether a group can head what follows: short, no sentence, and something does follow."""
    text = group.text
    if after is None or len(group.lines) > 3 or group.columns > limit:
        return False
    if ends_sentence(text) and not text.endswith(("?", "!", "？", "！")):
        return False
    if text.endswith((",", ";", ":", "、", "；", "：")):
        return False
    if after.opener is None:
        return not starts_low(after.text)
    return after.opener.style != (group.opener.style if group.opener else "")


def _plain(
    i: int, group: Group, after: Group | None, layout: Layout, sourced: frozenset[str]
) -> Part:
    """Decide what a group is that nothing opens."""
    text = group.text
    first = group.lines[0]
    ended = ends_sentence(text) or text.endswith((":", "：", ";", ",", "、"))
    if is_caption(text, layout.language) and len(group.lines) <= 3:
        return Part("caption", group)
    if len(group.lines) == 1 and not ended and i > 0:
        # What a picture leaves behind: a tab, an object sign; or a note that gives its source.
        if first.anchor or first.tab:
            return Part("caption", group)
        glued = [mark.label for mark in marks(text) if mark.end == len(text)]
        if glued and glued[0] in sourced:
            return Part("caption", group)
    wide = any(is_wide(char) for char in text)
    if i == 0 and len(group.lines) <= 2 and _heads(group, after, layout, 100):
        return Part("title", group)
    apart = first.blanks > 0 or i == 0
    if len(group.lines) == 1 and apart and not starts_low(text) and text[:1].isalnum():
        follows = after is not None and after.opener is None and after.lines[0].blanks > 0
        solid = after is not None and (len(after.lines) > 1 or ends_sentence(after.text))
        if follows and solid and _heads(group, after, layout, 40 if wide else 60):
            return Part("heading", group, RANKS.index("guessed"), guessed=True)
    return Part("paragraph", group)


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
            if len(stack) < 4:
                stack.append((head.style, indent))
        nested.append(
            Part("item", part.group, part.rank, len(stack) - 1, part.ordered, part.guessed)
        )
    return nested
