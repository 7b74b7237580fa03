"""The typography of machine proposals put right, and one sentence a line.

The rules are those of `texts.typography`, as for print; here they are applied to inline Markdown
before a person reads it. Only white space, punctuation and the width of characters change: never a
word, a figure, code, an address, a target, the label of a note, or what Markdown makes of it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.columns import is_wide
from pipeline.texts.inline_marks import OPAQUE, Kind, Mark, marks
from pipeline.texts.sentences import SPACED_OUT, base, sentences
from pipeline.texts.typography import Edit, apply, edits
from pipeline.translation.polish_rules import QUOTES, STRAY, THING, is_quotation
from pipeline.workspace.languages import LanguageTable

_HARD_BREAK = re.compile(r"(\\\r?\n|[ ]{2,}\r?\n)")
_SOFT_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")
# What would begin a list, a quotation, a heading … at the head of a line.
_STRUCTURE = re.compile(
    r"[-+*:~](?:\s|\Z)|[-*_=]{2,}\s*\Z|#{1,6}(?:\s|\Z)|[>|]|:::|```|~~~|<[A-Za-z!/?]"
    r"|\(?(?:\w{1,9}|#|@\w*)[.)](?:\s|\Z)|\[[^\]\n]*\]:"
)

_ROUNDS = 4


def polish(unit: str, table: LanguageTable, prose: bool) -> str:
    """A proposal as an editor of its language would set it; polishing twice changes nothing more.

    Input: the inline Markdown of one unit, the table of its language, and whether it may be cut
    into lines, one a sentence (a paragraph or an item; no heading, cell or caption). Hard breaks
    stay. Outer white space is the caller's.
    """
    lead = unit[: len(unit) - len(unit.lstrip())]
    core = unit.strip()
    tail = unit[len(lead) + len(core) :]
    parts = _HARD_BREAK.split(core)
    parts[::2] = [_part(part, table, prose) for part in parts[::2]]
    return lead + "".join(parts) + tail


def _part(text: str, table: LanguageTable, prose: bool) -> str:
    """All rules, and all again where one made room for another (« l'"eau" »: first its apostrophe):
    what a line end becomes decides what is typeset, and what is typeset, where lines end. Stops
    before Markdown would see other marks, as in « ~ a ~ » without its spaces."""
    for _ in range(_ROUNDS):
        joined = _joined(text, table.tag) if prose else text
        typeset = _set(joined, table.typography)
        polished = _lines(typeset, table.tag) if prose else typeset
        if polished == text or _read(polished) != _read(text):
            break
        text = polished
    return text


_KEPT = frozenset({Kind.CODE, Kind.IMAGE, Kind.ADDRESS, Kind.NOTE, Kind.RAW})


def _read(text: str) -> list[tuple[Kind, str]]:
    """The marks that Markdown would see, with what must stay in them, however lines are joined."""
    return [
        (mark.kind, "".join(text[mark.start : mark.end].split()) if mark.kind in _KEPT else "")
        for mark in marks(text)
    ]


# -- typography ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Shown:
    """What a reader sees of a unit, and where each character of it stands in the unit.

    ``at`` has one place more than there are characters: the end. ``after`` gives, for a character
    that marks stand before, where something may go between them: after those that close.
    """

    text: str
    at: Sequence[int]
    after: Mapping[int, int]


@lru_cache(maxsize=64)
def _shown(unit: str) -> _Shown:
    """Asked for by each rule, of which most change nothing."""
    parts: list[str] = []
    at: list[int] = []
    after: dict[int, int] = {}
    done = 0
    for mark, closes in _sided(marks(unit)):
        parts.append(unit[done : mark.start])
        at += range(done, mark.start)
        if mark.shown:
            parts.append(THING if mark.kind in (Kind.CODE, Kind.IMAGE) else OPAQUE)
            at.append(mark.start)
        elif closes:
            after[len(at)] = mark.end
        else:
            after.setdefault(len(at), mark.start)
        done = mark.end
    parts.append(unit[done:])
    at += range(done, len(unit) + 1)
    return _Shown("".join(parts), at, after)


def _sided(found: Sequence[Mark]) -> Iterator[tuple[Mark, bool]]:
    """Marks, and whether each belongs to what stands before it."""
    waiting: list[int] = []
    for mark in found:
        if mark.kind is not Kind.EMPHASIS:
            yield mark, mark.kind is not Kind.OPEN
            continue
        length = mark.end - mark.start
        closes = length in waiting
        if closes:
            waiting.remove(length)
        else:
            waiting.append(length)
        yield mark, closes


def _set(unit: str, kind: str) -> str:
    unit = _mended(_quoted(unit, kind), kind)
    shown = _shown(unit)
    return _applied(unit, shown, edits(shown.text, kind))


def _mended(unit: str, kind: str) -> str:
    for pattern, replacement in STRAY.get(kind, ()):
        shown = _shown(unit)
        spans = (match.span("x") for match in pattern.finditer(shown.text))
        found = [Edit(start, end, replacement) for start, end in spans]
        unit = _applied(unit, shown, found)
    return unit


def _quoted(unit: str, kind: str) -> str:
    """Quotation marks of other languages made those of this one, outermost pairs first."""
    for pattern, opening, closing in QUOTES.get(kind, ()):
        shown = _shown(unit)
        found: list[Edit] = []
        for match in pattern.finditer(shown.text):
            if is_quotation(shown.text, match, kind):
                start, end = match.span("in")
                found += [Edit(match.start(), start, opening), Edit(end, match.end(), closing)]
        unit = _applied(unit, shown, found)
    return unit


def _applied(unit: str, shown: _Shown, found: Sequence[Edit]) -> str:
    """``unit`` with edits of what is shown made where it stands; marks stay where they are."""
    there: list[Edit] = []
    for edit in found:
        if not {OPAQUE, THING}.isdisjoint(shown.text[edit.start : edit.end]):
            continue
        if _lengthens(shown.text, edit):
            continue
        if edit.start == edit.end:
            place = shown.after.get(edit.start, shown.at[edit.start])
            there.append(Edit(place, place, edit.new))
            continue
        there += _spread(shown, edit)
    return apply(unit, sorted(there))


def _lengthens(shown: str, edit: Edit) -> bool:
    """Whether an edit beside an address would become part of it: « ａ » made « a »."""
    around = shown[max(0, edit.start - 1) : edit.start] + shown[edit.end : edit.end + 1]
    return OPAQUE in around and edit.new.isascii() and edit.new.isalnum()


def _spread(shown: _Shown, edit: Edit) -> Iterator[Edit]:
    """An edit over marks, one for each piece: words stay on their side of a mark."""
    old, new = shown.text[edit.start : edit.end], edit.new
    pieces = list(_runs(shown, edit.start, edit.end))
    by_character = len(old) == len(new)
    if len(pieces) > 1 and not by_character and any(map(str.isalnum, old)):
        return
    for number, (start, end) in enumerate(pieces):
        length = end - start if by_character and number < len(pieces) - 1 else len(new)
        yield Edit(start, end, new[:length])
        new = new[length:]


def _runs(shown: _Shown, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places in the unit of what is shown from ``start`` to ``end``: marks cut it in pieces."""
    begun = shown.at[start]
    for index in range(start + 1, end):
        if shown.at[index] != shown.at[index - 1] + 1:
            yield begun, shown.at[index - 1] + 1
            begun = shown.at[index]
    yield begun, shown.at[end - 1] + 1


# -- lines --------------------------------------------------------------------------------------


def _joined(text: str, language: str) -> str:
    """The lines of a unit made one, as print would: no space where Japanese needs none."""

    def glue(match: re.Match[str]) -> str:
        before = text[: match.start()].rstrip("*_")[-1:]
        after = text[match.end() : match.end() + 8].lstrip("*_")[:1]
        wide = [is_wide(before), is_wide(after)]
        return "" if (any(wide) if base(language) in SPACED_OUT else all(wide)) else " "

    return _SOFT_BREAK.sub(glue, text)


def _lines(text: str, language: str) -> str:
    """One sentence a line; none that Markdown would take for a list or heading."""
    lines: list[str] = []
    end = 0
    for sentence in sentences(text, language):
        start = text.index(sentence, end)
        if lines and _STRUCTURE.match(sentence):
            lines[-1] += text[end:start] + sentence
        else:
            lines.append(sentence)
        end = start + len(sentence)
    return "\n".join(lines)
