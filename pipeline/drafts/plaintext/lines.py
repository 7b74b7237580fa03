"""The lines of a text as laid out, and what their lengths tell.

A hard-wrapped line is known by arithmetic: the first word of the next line would not have fitted
on it. A line on which it would have fitted was ended on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.columns import is_wide as takes_two
from pipeline.drafts.plaintext.model import Edit, Traced
from pipeline.drafts.plaintext.tables import STOPS
from pipeline.texts.sentences import CLOSERS, SPACED_OUT, base

_ENDED = re.compile(
    rf"[{re.escape(STOPS)}][\s{re.escape(CLOSERS)}]*(?:[\d¹²³⁴-⁹]{{1,2}}|\[\d{{1,3}}\])?\Z"
)
# Columns: a wrapped text is neither narrower nor wider; a first line is set in by two at least.
NARROWEST, WIDEST, INDENT = 30, 140, 2
LOOSE = 2  # blank lines that large type leaves between the lines of one block, at most
_LABELLED = re.compile(r"[^、。：:「]{1,10}[：:](?!//)")  # 場所：市民会館
_CUT_WORD = re.compile(r"\w[-‐\u00ad]\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space at its ends, and what stood around it."""

    text: Traced
    columns: int  # width, an East Asian wide character counting two
    indent: int
    blank_width: int  # of a blank line: how many spaces it holds
    tab: bool  # a tab ends it, or it holds nothing else: what a picture leaves in extracted text
    page: bool = False  # a page, or what was taken out of the flow, comes just before
    blanks: int = 0  # blank lines just before
    anchor: bool = False  # a blank line just before looks like the place of a picture

    @property
    def blank(self) -> bool:
        """Whether the line holds nothing."""
        return not self.text.text


@dataclass(frozen=True)
class Layout:
    """How the text is laid out: its usual full width in columns, and whether it is hard-wrapped."""

    width: int
    wrapped: bool
    language: str

    @property
    def spaced_out(self) -> bool:
        """Whether the language puts no spaces between words."""
        return base(self.language) in SPACED_OUT


def columns(text: str) -> int:
    """Return the width of a text in columns."""
    if text.isascii():
        return len(text)
    return sum(1 + takes_two(char) for char in text)


def is_wide(char: str) -> bool:
    """Whether a character belongs to a script written without spaces (Hangul has spaces)."""
    return takes_two(char) and not "\uac00" <= char <= "\ud7a3"


def split_lines(text: Traced) -> tuple[list[Line], list[Edit]]:
    """Cut a text into lines at `\\n` and form feeds; output: lines, and trailing spaces dropped."""
    lines: list[Line] = []
    edits: list[Edit] = []
    page = False
    for start, end in _spans(text.text):
        raw = text.text[start:end]
        body = raw.strip()
        picture = body == "\ufffc"  # the object replacement character alone on its line
        lead = len(raw) - len(raw.lstrip())
        kept = text.cut(start + lead, start + lead + (0 if picture else len(body)))
        if body and len(raw.rstrip()) < len(raw):
            tail = raw[len(raw.rstrip()) :]
            edits.append(Edit("trailing-space", text.offset(end - len(tail)), tail, ""))
        if picture:
            edits.append(Edit("picture-place", text.offset(start + lead), body, ""))
        lines.append(
            Line(
                kept,
                columns(kept.text),
                columns(raw[:lead].expandtabs(4)),
                0 if body else len(raw.replace("\t", "")),
                picture or (raw.endswith("\t") if body else "\t" in raw),
                page,
            )
        )
        page = end < len(text.text) and text.text[end] == "\f"
    return lines, edits


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"[\n\f]", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def condense(lines: Sequence[Line]) -> list[Line]:
    """Drop blank lines; each line that stays tells how many stood before it, and of what kind."""
    kept: list[Line] = []
    blanks, page, anchor = 0, False, False
    for line in lines:
        page = page or line.page
        if line.blank:
            blanks, anchor = blanks + 1, anchor or line.tab
            continue
        kept.append(replace(line, blanks=blanks, page=page, anchor=anchor))
        blanks, page, anchor = 0, False, False
    return kept


def measure(lines: Sequence[Line], language: str) -> Layout:
    """Tell the usual full width of a text's lines, and whether they are wrapped by hand.

    Wrapped means: lines of a plausible page width, many of them near that width, and many of
    those not at the end of a sentence. A paste from a word processor has a line a paragraph.
    """
    widths = sorted(line.columns for line in lines if not line.blank)
    if not widths:
        return Layout(0, False, language)
    width = widths[-(-9 * len(widths) // 10) - 1]
    near = [line for line in lines if not line.blank and line.columns >= 0.75 * width]
    unended = sum(not ends_sentence(line.text.text) for line in near)
    wrapped = (
        NARROWEST <= width <= WIDEST
        and len(near) >= 0.2 * len(widths)
        and unended >= 0.3 * len(near)
    )
    return Layout(width, wrapped, language)


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop or its like, brackets and a note mark allowed after."""
    return _ENDED.search(text[-12:]) is not None


def is_full(line: Line, after: Line, width: int) -> bool:
    """Whether the first word of the line after would not have fitted on the line.

    A proportional font makes lines of unequal numbers of characters: 85 % of the usual width is
    full.
    """
    first = after.text.text.split(maxsplit=1)[0] if after.text.text else ""
    word = 2 if first and is_wide(first[0]) else min(columns(first[:40]), 25)
    return line.columns + 1 + word > 0.85 * width


def starts_low(text: str) -> bool:
    """Whether a text begins as the middle of a sentence does: with a small letter."""
    rest = text.lstrip("«“\"'’([ \u00a0")
    return rest[:1].islower()


def _cut_within(before: Line, after: Line, layout: Layout) -> bool:
    """Whether a line of a language without small letters or spaces broke within a sentence.

    A line of a page's usual width that no stop ends, and below it one that is not set in.
    """
    full = before.columns >= max(NARROWEST, 0.75 * layout.width)
    words = [is_wide(before.text.text[-1:]), is_wide(after.text.text[:1])]
    return layout.spaced_out and full and after.indent == 0 and all(words)


def goes_on(before: Line, after: Line, layout: Layout) -> bool:
    """Whether a plain line continues the paragraph whose last line is given.

    Inputs: two lines that follow each other once blank lines are gone, and the layout.
    """
    text = before.text.text
    ended = ends_sentence(text)
    low = starts_low(after.text.text)
    full = layout.wrapped and is_full(before, after, layout.width)
    if not after.blanks and _CUT_WORD.search(text[-2:]):
        return True
    if layout.spaced_out and _LABELLED.match(after.text.text):
        return False
    if after.page:  # a page or a footnote block cut the flow: blank lines there say nothing
        return not ended and not text.endswith((":", "：")) and (low or full)
    if after.blanks:
        # Large type leaves a blank line between wrapped lines of one block.
        pending = full or text.endswith((",", "-", "\u00ad"))
        return not ended and after.blanks <= LOOSE and low and pending
    if not layout.wrapped:
        return not ended and (low or _cut_within(before, after, layout))
    if ended and after.indent - before.indent >= INDENT:
        return False  # an indented first line
    return full or (low and not ended)
