"""Lines gathered into groups: what belongs to one title, item or paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.drafts.plaintext.lines import Layout, Line, ends_sentence, goes_on, is_full
from pipeline.drafts.plaintext.openers import Opener, letter_bullets, opener

LONGEST_TITLE = 6  # lines; more of them in capitals are prose


@dataclass(frozen=True)
class Group:
    """Lines that belong together. `fresh` holds the indexes of lines begun on purpose."""

    opener: Opener | None
    lines: tuple[Line, ...]
    fresh: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """The lines as one text, for judging it."""
        return " ".join(line.text.text for line in self.lines)

    @property
    def columns(self) -> int:
        """The width of the group written on one line."""
        return sum(line.columns for line in self.lines)


def group_lines(lines: Sequence[Line], layout: Layout) -> list[Group]:
    """Gather lines into groups.

    Inputs: the lines that hold something, in order, and the layout. Output: the groups, in order,
    every line in exactly one of them.
    """
    letters = letter_bullets((line.text.text for line in lines), layout.language)
    groups: list[Group] = []
    head: Opener | None = None
    run: list[Line] = []
    fresh: list[int] = []
    for line in lines:
        found = opener(line.text.text, layout.language, letters)
        if run and found is not None and _is_wrapped_opener(found, head, run[-1], line, layout):
            found = None
        if run and _joins(found, head, run, line, layout):
            if head is not None and head.kind == "caps" and not _caps_wrap(run, line, layout):
                fresh.append(len(run))
            run.append(line)
            continue
        if run:
            groups.append(Group(head, tuple(run), frozenset(fresh)))
        head, run, fresh = found, [line], []
    if run:
        groups.append(Group(head, tuple(run), frozenset(fresh)))
    return groups


def _is_wrapped_opener(
    found: Opener, head: Opener | None, before: Line, line: Line, layout: Layout
) -> bool:
    """Whether what looks like an opener is a sentence that wrapped just there.

    « en mai / 2014. De leur côté », « la ville / – qui achète – »: the line before is full and
    its sentence not over. The next member of the list being read is always an opener.
    """
    if found.sure or line.blanks or not layout.wrapped or ends_sentence(before.text.text):
        return False
    if before.text.text.endswith((":", ";", "：", "；", "、")):
        return False
    if head is not None and head.kind == found.kind:
        if found.kind == "caps":
            return False
        if head.style == found.style and found.value == head.value + (found.kind == "number"):
            return False
    return is_full(before, line, layout.width)


def _joins(
    found: Opener | None, head: Opener | None, run: Sequence[Line], line: Line, layout: Layout
) -> bool:
    """Whether a line belongs to the group being read."""
    before = run[-1]
    if head is not None and head.kind == "caps":
        if found is not None and found.kind == "caps" and len(run) < LONGEST_TITLE:
            # Lines of one title touch each other, or wrap.
            return (line.blanks == 0 and not line.page) or _caps_wrap(run, line, layout)
        return False
    if found is not None:
        return False
    if head is not None and head.kind == "bullet" and not line.page and not line.blanks:
        hanging = line.indent > before.indent if len(run) == 1 else line.indent == before.indent > 0
        if hanging and not ends_sentence(before.text.text):
            return True
    return goes_on(before, line, layout)


def _caps_wrap(run: Sequence[Line], line: Line, layout: Layout) -> bool:
    """Whether a line in capitals is the rest of the one before, too long for its measure.

    Titles are set in larger type, so their measure is that of the longest line among them; where
    blank lines stand between, the line must be long for the page too.
    """
    before = run[-1]
    widest = max(line.columns, *(other.columns for other in run), 0)
    if not is_full(before, line, widest) or line.text.text.startswith("("):
        return False
    if line.blanks:
        return line.blanks == 1 and before.columns >= 0.45 * layout.width
    return before.columns >= 0.6 * widest
