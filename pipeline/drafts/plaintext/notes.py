"""Footnotes: their texts taken out of the flow, their marks found and matched.

A note text is believed where it stands after a line of many spaces or a rule (what is left of
the footnote separator), after a line « Notes », or at the end of a page; and only if its mark is
glued to a word before it. « 1. Économie » after nothing of the kind stays a heading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.drafts.plaintext.captions import picture_label, table_label
from pipeline.drafts.plaintext.lines import INDENT, Layout, Line, condense, is_full
from pipeline.drafts.plaintext.model import EMPTY, Edit
from pipeline.drafts.plaintext.tables import NOTE_HEADINGS

_START = re.compile(
    r"(?P<label>\d{1,3}(?!\d)|[¹²³⁰⁴-⁹]{1,3}|\[\d{1,3}\]|[(（]\d{1,3}[)）]|\*{1,3}|[†‡]"
    r"|※\d{0,2}|[(（]?注[0-9０-９]{0,2}[)）]?)"
    r"(?P<dot>[.:．：)]?)(?P<gap>[ \t\u3000\u00a0]*)(?=\S)"
)
_MARK = re.compile(
    r"(?P<num>(?:(?<=[^\W\d_])|(?<=[)\]»”\"’。、」』）.,;:!?…]))\d{1,3}"
    r"(?!\w|[.,:/，．：／－-]\d|[%％‰]))"
    r"|(?P<raised>[¹²³⁰⁴-⁹]{1,3})"
    r"|\[(?P<bracket>\d{1,3})\]|[(（](?P<paren>\d{1,3})[)）]"
    r"|(?P<kome>(?<=[^\s※])※\d{0,2})|[(（]?注(?P<chu>[0-9０-９]{1,2})[)）]?"
    r"|(?P<sign>(?<=[^\s*])\*{1,3}(?![\w*])|(?<=\S)[†‡])"
)
SEPARATOR = 10  # spaces: no margin and no justified line leaves so many alone on a line
_RULE = re.compile(r"[_‗─—–-]{5,}")
_UNIT = re.compile(r"(?:\b(?:k|c|m|d|h|µ)?m|CO|NO|SO|PM|H|O|[A-Z]{2,})\Z")

# Which forms of mark a form of note text may answer to, the likeliest first.
ANSWERS = {"num": ("num", "bracket", "paren"), "bracket": ("bracket", "num"), "paren": ("paren",)}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in the text that may be a footnote mark."""

    form: str
    label: str
    start: int
    end: int
    likely: bool  # no unit or formula: m2, CO2


@dataclass(frozen=True)
class NoteText:
    """The text of a note: its lines, the label and form it had, and the offset it stood at."""

    form: str
    label: str
    lines: tuple[Line, ...]
    head: str  # the label as typed, with what followed it
    at: int
    block: int = 0  # the notes of one page foot share a number


def marks(text: str) -> Iterator[Mark]:
    """Return what may be a footnote mark in a text, in order."""
    for match in _MARK.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 6) : start]
        form = str(match.lastgroup)
        if form == "num" and end <= _labelled(text):
            continue  # 表１　来場者
        if form == "num" and re.search(r"\d[.,:;!?]\Z", before):
            continue  # a decimal, a time
        form = "num" if form == "raised" else form
        label = unicodedata.normalize("NFKC", match.group(match.lastgroup or 0)).strip("※")
        yield Mark(form, label, start, end, _UNIT.search(before) is None)


def _labelled(text: str) -> int:
    """How much of a text is the label of a caption whose number touches its word."""
    return table_label(text) or picture_label(text, "ja") or 0


def _label(match: re.Match[str]) -> tuple[str, str]:
    """Return the (form, label) of a note's beginning."""
    typed = match.group("label")
    label = unicodedata.normalize("NFKC", typed).strip("[]()※注")
    for sign, form in (("※", "kome"), ("注", "chu"), ("[", "bracket"), ("(", "paren")):
        if sign in unicodedata.normalize("NFKC", typed):
            return form, label
    return ("num" if label.isdigit() else "sign"), label


def take_notes(
    lines: Sequence[Line], layout: Layout
) -> tuple[list[Line], list[NoteText], list[Edit]]:
    """Take the texts of footnotes out of the flow.

    Inputs: the lines, blank ones included, and the layout. Output: the lines with those made
    blank and a cut noted after them, the notes, and the edits (separators and headings dropped).
    """
    kept = list(lines)
    notes: list[NoteText] = []
    edits: list[Edit] = []
    seen: set[tuple[str, str]] = set()
    i = 0
    while i < len(kept):
        line = kept[i]
        strong = _separates(line)
        start = _next_solid(kept, i + 1, 3) if strong else i
        found: list[NoteText] = []
        end = i
        if start is not None and (strong or _may_begin(kept, i)):
            found, end = _block(kept, start, seen, layout, strong=strong)
            found = [replace(note, block=len(notes)) for note in found]
            if not strong and end < len(kept) and not kept[end].page and not _rest_blank(kept, end):
                found = []  # in the middle of a page, only a separator is evidence enough
        if found:
            if not line.blank and strong:
                edits.append(Edit("note-separator", line.text.offset(0), line.text.text, ""))
            notes += found
            for j in range(i, end):
                kept[j] = replace(kept[j], text=EMPTY, columns=0, tab=False)
            if end < len(kept):
                kept[end] = replace(kept[end], page=True)
            i = end
            continue
        seen |= {(mark.form, mark.label) for mark in marks(line.text.text)}
        i += 1
    return kept, notes, edits


def _separates(line: Line) -> bool:
    if line.blank:
        return line.blank_width >= SEPARATOR
    text = line.text.text
    return _RULE.fullmatch(text) is not None or text.casefold().rstrip(" :") in NOTE_HEADINGS


def _may_begin(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    return not line.blank and (line.page or i == 0 or lines[i - 1].blank)


def _next_solid(lines: Sequence[Line], start: int, reach: int) -> int | None:
    for i in range(start, min(start + reach, len(lines))):
        if not lines[i].blank:
            return i
    return None


def _rest_blank(lines: Sequence[Line], start: int) -> bool:
    """Whether only blank lines follow until the page or the text ends (bounded look)."""
    for i in range(start, min(start + 20, len(lines))):
        if lines[i].page:
            return True
        if not lines[i].blank:
            return False
    return start + 20 >= len(lines)


def _block(
    lines: Sequence[Line],
    start: int,
    seen: set[tuple[str, str]],
    layout: Layout,
    *,
    strong: bool,
) -> tuple[list[NoteText], int]:
    """Read notes from a line on; output: the notes, and the line after them."""
    notes: list[NoteText] = []
    i = start
    while i < len(lines):
        head = _START.match(lines[i].text.text)
        if head is None or not _believed(head, seen, notes, strong):
            break
        first = i
        i += 1
        while i < len(lines) and _continues(lines[first], lines[i - 1], lines[i], layout):
            i += 1
        form, label = _label(head)
        text = lines[first].text
        whole = replace(lines[first], text=text.cut(head.end(), len(text.text)))
        body = tuple(condense([whole, *lines[first + 1 : i]]))
        notes.append(NoteText(form, label, body, head.group(), text.offset(0)))
        following = _next_solid(lines, i, 2)
        if following is None or any(line.page for line in lines[i : following + 1]):
            break
        if following > i and (_START.match(lines[following].text.text)) is None:
            break
        i = following
    return notes, i


def _believed(
    head: re.Match[str], seen: set[tuple[str, str]], notes: Sequence[NoteText], strong: bool
) -> bool:
    form, label = _label(head)
    if form == "num" and not head.group("gap") and head.string[head.end()].isdigit():
        return False
    if form == "sign" and not head.group("gap") and head.string[head.end()].isdigit():
        return False
    if form == "num" and head.group("dot") == "." and not strong:
        return False  # « 1. Économie » is a heading or an item
    answered = any((other, label) in seen for other in ANSWERS.get(form, (form,)))
    if not strong:
        return answered
    if notes and label.isdigit() and notes[-1].label.isdigit():
        return answered or int(label) == int(notes[-1].label) + 1
    return answered or (label == "1" and not head.group("dot"))


def _continues(first: Line, before: Line, line: Line, layout: Layout) -> bool:
    """Whether a line goes on with a note: not after a short line, nor with another margin."""
    if line.blank or line.page or _START.match(line.text.text):
        return False
    if line.indent != first.indent and line.indent - first.indent < INDENT:
        return False  # a page that begins is often one space off
    return is_full(before, line, layout.width) or line.indent - first.indent >= INDENT
