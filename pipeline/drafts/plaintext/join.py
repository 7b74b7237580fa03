"""The lines of one block made one text: spaces put between words, cut words made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.drafts.plaintext.lines import Layout, Line, is_wide
from pipeline.drafts.plaintext.model import Edit, Flag, Traced, concat, written
from pipeline.drafts.plaintext.tables import COMPOUND_FIRST, COMPOUND_LAST, COMPOUND_SURE, look_up

_CUT = re.compile(r"(?P<first>[^\W_]+(?:[-‐’'][^\W_]+){0,4})(?P<sign>[-‐\u00ad])\Z")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[-/=&?_#%]\Z")
_WORD = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")


@dataclass(frozen=True)
class Vocabulary:
    """The words of the text, small letters, with how often each is met."""

    counts: Counter[str]

    def has(self, word: str) -> bool:
        """Whether the text has the word elsewhere."""
        return self.counts[word.casefold().replace("‐", "-")] > 0


def vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Collect the words of a text; a word cut at the end of a line counts for none.

    Input: the lines. The first word after a cut one is left out too: it is no word.
    """
    counts: Counter[str] = Counter()
    cut = False
    for text in texts:
        words = [match.group().casefold().replace("‐", "-") for match in _WORD.finditer(text)]
        if cut:
            words = words[1:]
        cut = text.endswith(("-", "‐", "\u00ad"))
        if cut:
            words = words[:-1]
        counts.update(words)
    return Vocabulary(counts)


def join_lines(
    lines: Sequence[Line], layout: Layout, words: Vocabulary
) -> tuple[Traced, list[Edit], list[Flag]]:
    """Join the lines of a block.

    Inputs: its lines, the layout, the words of the text. Output: one text without line ends, what
    was joined, and a doubt for each cut word that could be read two ways.
    """
    if not lines:
        return Traced("", ()), [], []
    parts: list[Traced] = [lines[0].text]
    edits: list[Edit] = []
    flags: list[Flag] = []
    for line in lines[1:]:
        before, after = parts[-1].text, line.text.text
        at = parts[-1].offset(len(before) - 1)
        cut = _CUT.search(before[-80:])
        second = _WORD.match(after)
        rule, glue, drop = "line-join", _glue(before, after, layout), 0
        if _ADDRESS.search(before[-200:]):
            # Where the address ends is for a person to say; a hyphen in it is its own.
            flags.append(Flag("address-cut", at, _tail(before)))
            if cut and second:
                rule, glue = "hyphen-kept", ""
        elif cut and second:
            rule, doubtful = _mend(cut, second.group(), layout.language, words)
            glue, drop = "", int(rule == "hyphen-removed")
            if doubtful:
                found = f"{cut.group()}{second.group()}"
                flags.append(Flag("uncertain-hyphen", at, found))
        if line.page:
            rule = "page-join" if rule == "line-join" else rule
        first = _tail(before)
        last, *_ = after.split(maxsplit=1)
        kept = before[len(before) - len(first) : len(before) - drop] if first else ""
        edits.append(
            Edit(
                rule,
                parts[-1].offset(len(before) - len(first)),
                f"{first}\n{last}",
                f"{kept}{glue}{last}",
            )
        )
        if drop:
            parts[-1] = parts[-1].cut(0, len(before) - drop)
        parts += [written(glue, at), line.text]
    return concat(parts), edits, flags


def _tail(text: str) -> str:
    """Return the last word of a text, for showing it."""
    return text[-60:].rsplit(maxsplit=1)[-1]


def _glue(before: str, after: str, layout: Layout) -> str:
    """Return what goes between two lines: a space, unless the scripts have none."""
    if before.endswith(("-", "‐")) and before[-2:-1].isdigit() and after[:1].isdigit():
        return ""  # a range of numbers
    wide = [is_wide(before[-1:]), is_wide(after[:1])]
    return "" if (any(wide) if layout.spaced_out else all(wide)) else " "


def _mend(cut: re.Match[str], second: str, language: str, words: Vocabulary) -> tuple[str, bool]:
    """Decide on a hyphen at the end of a line; output: the rule, and whether it is uncertain.

    In order: what the text itself writes elsewhere; then what a compound looks like (a hyphen
    before, a capital or a figure after, a pronoun of an inverted verb, a prefix before a word that
    the text knows by itself); then the plain case, a word cut by the typesetter.
    """
    if cut.group("sign") == "\u00ad":
        return "hyphen-removed", False
    first = cut.group("first")
    last = re.sub(".*[-‐'’]", "", first)
    if words.has(f"{first}-{second}"):
        return "hyphen-kept", False
    if words.has(first + second):
        return "hyphen-removed", False
    spelled_out = (
        "-" in first
        or "‐" in first
        or "-" in second
        or (second[0].isupper() and not first.isupper())
        or first[-1].isdigit()
        or second[0].isdigit()
        or second.casefold() in look_up(COMPOUND_LAST, language)
        or last.casefold() in look_up(COMPOUND_SURE, language)
    )
    if spelled_out:
        return "hyphen-kept", False
    if last.casefold() in look_up(COMPOUND_FIRST, language):
        known = words.has(second)
        return ("hyphen-kept" if known else "hyphen-removed"), not known
    return "hyphen-removed", False
