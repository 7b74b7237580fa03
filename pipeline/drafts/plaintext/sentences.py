"""One sentence a line, so that a diff of the text is a diff of its sentences."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.drafts.plaintext.model import CODE_CLOSE, CODE_OPEN, MARK_CLOSE, MARK_OPEN, Traced
from pipeline.texts.inline_marks import NOTE, OPAQUE, masked
from pipeline.texts.sentences import starts

_SHIELDED = re.compile(rf"{MARK_OPEN}\d{{1,6}}{MARK_CLOSE}|{CODE_OPEN}[^{CODE_CLOSE}]*{CODE_CLOSE}")


def sentences(text: Traced, language: str) -> list[Traced]:
    """Cut the text of one block into sentences.

    Inputs: the text and its language. Output: its sentences, in order; joined with a space (or
    nothing, in Japanese) they are the text.
    """
    shown = _SHIELDED.sub(_sign, masked(text.text))
    cuts = [0, *starts(shown, language), len(text.text)]
    parts = [text.cut(a, b).strip() for a, b in pairwise(cuts)]
    return [part for part in parts if part.text]


def _sign(match: re.Match[str]) -> str:
    return (NOTE if match[0][0] == MARK_OPEN else OPAQUE) * len(match[0])
