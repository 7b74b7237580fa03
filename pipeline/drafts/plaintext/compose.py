"""Each part of the outline made one text: lines joined, labels turned into Markdown's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.drafts.plaintext.join import Vocabulary, join_lines
from pipeline.drafts.plaintext.lines import Layout, Line, ends_sentence, is_wide
from pipeline.drafts.plaintext.model import (
    CODE_CLOSE,
    CODE_OPEN,
    MARK_CLOSE,
    MARK_OPEN,
    Edit,
    Flag,
    Traced,
    concat,
    substitute,
    written,
)
from pipeline.drafts.plaintext.openers import Opener
from pipeline.drafts.plaintext.outline import Part

# How Markdown writes the number of an item; a style absent here keeps its label in the text.
_MARKERS = {"dot": "{}.", "comma": "{}.", "spaced": "{}.", "circled": "({})", "paren": "{})",
            "parens": "({})", "degree": "{}.", "slash": "{})"}  # fmt: skip
_LETTERS = {"alpha": "{})", "alphaslash": "{})", "alphas": "({})"}
_NOTE_END = re.compile(rf"(?:{MARK_OPEN}\d{{1,6}}{MARK_CLOSE}){{1,9}}\Z")

# What is long enough to be prose; less may be a signature or an address.
PROSE_WORDS, PROSE_SIGNS = 8, 20


@dataclass(frozen=True)
class Draft:
    """A block before its marks and typography. `kind`: title, heading, item, caption, paragraph."""

    kind: str
    text: Traced
    level: int = 0
    marker: str = "-"
    depth: int = 0


def compose(
    parts: Sequence[Part], layout: Layout, words: Vocabulary
) -> tuple[list[Draft], list[Edit], list[Flag]]:
    """Make each part one text.

    Inputs: the outline, the layout, the words of the text. Output: the drafts in order, what was
    repaired, what is doubtful. Heading levels begin at 2 and follow the ranks met in the text.
    """
    drafts: list[Draft] = []
    edits: list[Edit] = []
    flags: list[Flag] = []
    ranks = sorted({part.rank for part in parts if part.kind == "heading"})
    before: Part | None = None
    counted = True
    for part in parts:
        text, changes, doubts = _joined(part, layout, words)
        edits += changes
        flags += doubts
        level = min(6, 2 + ranks.index(part.rank)) if part.kind == "heading" else 0
        marker = "-"
        head = part.group.opener
        if part.kind == "item" and head is not None:
            counted = not part.ordered or _counts_on(before, part, counted)
            if not counted:
                flags.append(Flag("list-numbering", text.offset(0), text.text[:40]))
            text, marker, edit = _label(text, head, part.ordered and counted)
            edits += [edit] if edit else []
        elif part.kind in ("heading", "title"):
            text, edit = _headed(text, head, level)
            edits.append(edit)
            if part.guessed:
                flags.append(Flag("heading-guessed", text.offset(0), text.text[:60]))
        drafts.append(Draft(part.kind, text, level, marker, part.depth))
        before = part
    return drafts, edits, flags


def _joined(part: Part, layout: Layout, words: Vocabulary) -> tuple[Traced, list[Edit], list[Flag]]:
    """Join the lines of a part; lines of a title begun on purpose are set off by a dash."""
    runs: list[list[Line]] = []
    for i, line in enumerate(part.group.lines):
        if not runs or i in part.group.fresh:
            runs.append([])
        runs[-1].append(line)
    edits: list[Edit] = []
    flags: list[Flag] = []
    texts: list[Traced] = []
    for run in runs:
        text, changes, doubts = join_lines(run, layout, words)
        edits += changes
        flags += doubts
        if texts:
            glue = "　" if layout.spaced_out else " – "
            glue = " " if text.text[:1] in "(（" and not layout.spaced_out else glue
            at = texts[-1].offset(len(texts[-1].text) - 1)
            edits.append(Edit("title-join", at, "\n", glue))
            texts.append(written(glue, at))
        texts.append(text)
    return concat(texts), edits, flags


def _counts_on(before: Part | None, part: Part, counted: bool) -> bool:
    """Whether Markdown will give an item the number it has: it counts by itself from the first."""
    head = part.group.opener
    if before is None or before.kind != "item" or head is None or before.group.opener is None:
        return True
    last = before.group.opener
    marker = _MARKERS.get(head.style, _LETTERS.get(head.style))
    if before.depth != part.depth or marker != _MARKERS.get(last.style, _LETTERS.get(last.style)):
        return True
    return counted and head.value == last.value + 1


def _label(text: Traced, head: Opener, ordered: bool) -> tuple[Traced, str, Edit | None]:
    """Take the label off an item; output: the rest, Markdown's marker, the edit if any."""
    typed = text.text[: head.length]
    rest = text.cut(head.length, len(text.text))
    if head.kind == "bullet":
        return rest, "-", Edit("bullet", text.offset(0), typed, "- ")
    if ordered and head.style in _MARKERS:
        marker = _MARKERS[head.style].format(head.value)
    elif ordered and head.style in _LETTERS:
        marker = _LETTERS[head.style].format(chr(ord("a") + head.value - 1))
    else:
        return text, "-", None
    same = typed.strip() == marker
    edit = None if same else Edit("list-number", text.offset(0), typed, f"{marker} ")
    return rest, marker, edit


def _headed(text: Traced, head: Opener | None, level: int) -> tuple[Traced, Edit]:
    """Take the sign off a heading or title; output: the rest, and the edit."""
    length = head.length if head is not None and head.kind in ("bullet", "hash") else 0
    rest = text.cut(length, len(text.text))
    after = "#" * level + " " + rest.text if level else rest.text
    return rest, Edit("heading" if level else "title", text.offset(0), text.text, after)


def plain_title(title: Traced) -> Traced:
    """Return a title without the noncharacters that typography put around unreadable runs."""
    pattern = re.compile(f"[{CODE_OPEN}{CODE_CLOSE}]")
    return substitute(title, pattern, lambda _: ("", ""))[0]


def lacks_stop(text: str) -> bool:
    """Whether a paragraph that reads like prose does not end with a stop."""
    bare = _NOTE_END.sub("", text)
    if ends_sentence(bare) or bare.endswith((":", "：")):
        return False
    if any(is_wide(char) for char in bare[:PROSE_SIGNS]):
        return len(bare) >= PROSE_SIGNS
    return len(bare.split(maxsplit=PROSE_WORDS)) >= PROSE_WORDS
