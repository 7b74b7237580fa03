"""One sentence a line, so that a diff of the text is a diff of its sentences."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.drafts.plaintext_model import CODE_OPEN, MARK_CLOSE, MARK_OPEN, Traced, guarded
from pipeline.drafts.plaintext_tables import (
    ABBREVIATIONS,
    CLOSERS,
    OPENERS,
    SPACED_OUT,
    base,
    look_up,
)

_AFTER = rf"(?:[\u00a0\u202f ]?[{re.escape(CLOSERS)}]|{MARK_OPEN}\d{{1,6}}{MARK_CLOSE}){{0,9}}"
_STOP = re.compile(rf"(?P<stop>[.!?…。！？]{{1,12}}){_AFTER}(?P<gap>[ \t\u3000]+)(?=\S)")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[.’'-](?=[^\W\d_]))*\Z")
_JA_SIGN = re.compile(
    rf"[。！？!?]{{1,12}}|[（(「『【〈《）)」』】〉》]|{MARK_OPEN}\d+{MARK_CLOSE}"
)
_OPEN, _CLOSE = "（(「『【〈《", "）)」』】〉》"
# After a closing bracket, these go on with the sentence that quotes: 「…。」と述べた。
_GOES_ON = re.compile(r"[ぁ-ん、。，．・！？!?,.]")


def sentences(text: Traced, language: str) -> list[Traced]:
    """Cut the text of one block into sentences.

    Inputs: the text and its language. Output: its sentences, in order; joined with a space (or
    nothing, in Japanese) they are the text.
    """
    ends = _japanese(text.text) if base(language) in SPACED_OUT else _spaced(text.text, language)
    cuts = [0, *ends, len(text.text)]
    parts = [text.cut(a, b).strip() for a, b in pairwise(cuts)]
    return [part for part in parts if part.text]


def _spaced(text: str, language: str) -> list[int]:
    short = look_up(ABBREVIATIONS, language)
    skip = guarded(text)
    ends: list[int] = []
    for match in _STOP.finditer(text):
        if any(a < match.start("stop") < b - 1 for a, b in skip):
            continue
        following = text[match.end() : match.end() + 12].lstrip(OPENERS + " \u00a0")[:1]
        if not (following.isupper() or following.isdigit() or following == CODE_OPEN):
            continue
        if match.group("stop") == "." and _abbreviated(text[: match.start("stop")][-40:], short):
            continue
        ends.append(match.start("gap"))
    return ends


def _abbreviated(before: str, short: frozenset[str]) -> bool:
    """Whether the full stop after a text ends an abbreviation, an initial or a number's label."""
    if re.fullmatch(r"\s*[\dIVX]{1,3}", before):
        return True
    word = _WORD.search(before)
    if word is None:
        return False
    found = word.group()
    return found.casefold() in short or (len(found) == 1 and found.isupper())


def _japanese(text: str) -> list[int]:
    opens = sum(text.count(sign) for sign in _OPEN)
    balanced = opens == sum(text.count(sign) for sign in _CLOSE)
    depth = 0
    ends: list[int] = []
    ended = False  # the sentence is over where the last sign stopped
    last = -1
    for match in _JA_SIGN.finditer(text):
        sign = match.group()
        if sign.startswith(MARK_OPEN):
            if ended and match.start() == last and ends:
                ends[-1] = match.end()
                last = match.end()
            continue
        ended = False
        if sign in _OPEN:
            depth += 1
            continue
        closing = sign in _CLOSE
        if closing:
            depth = max(0, depth - 1)
            ended = text[match.start() - 1 : match.start()] in tuple("。！？")
            ended = ended and not _GOES_ON.match(text, match.end())
        else:
            ended = not re.fullmatch(r"[!?]+", sign) or text[match.end() : match.end() + 1] == " "
            if text[match.end() : match.end() + 1] in tuple(_CLOSE):
                ended = False  # the bracket closes the sentence
        if ended and (depth == 0 or not balanced):
            ends.append(match.end())
            last = match.end()
        else:
            ended = False
    return ends
