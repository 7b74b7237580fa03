"""How small a text must be set to fit a page of Word, which lays out nothing before it is opened.

An estimate on the safe side: letters are counted as wide as they are in the widest of the fonts
that Word may take.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline import columns
from pipeline.proceedings.parallel import ParallelBook
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.word.measures import POINTS_PER_MM
from pipeline.texts import ast

_LATIN, _WIDE = 0.52, 1.0  # widths of letters, in parts of their size
_PITCH, _EASTERN_PITCH = 1.4, 1.65  # of lines, in parts of the size of their letters
_POINTS = 10.0
TIGHT = 0.5
"""What spaces between paragraphs are multiplied by besides: they shrink before the letters do."""
_SECTION, _HEAD, _TEXT = 30.0, 21.0, 3.0  # points: what a paragraph takes beside lines of text
_TITLE, _STATE = 54.0, 18.0
_SMALLEST, _STEP = 0.6, 0.02


def share_of(book: ParallelBook, width_mm: float, height_mm: float) -> float:
    """What sizes are to be multiplied by, between 0.6 and 1."""
    share = 1.0
    while share > _SMALLEST and _height(book, width_mm, share) > height_mm * POINTS_PER_MM:
        share = round(share - _STEP, 2)
    return share


def _height(book: ParallelBook, width_mm: float, share: float) -> float:
    width = width_mm * POINTS_PER_MM / (_POINTS * share)
    eastern = any(is_east_asian(side.language) for side in book.sides)
    line = _POINTS * (_EASTERN_PITCH if eastern else _PITCH)
    paragraphs = sum(-(-_width(words) // width) * line + around for words, around in _lines(book))
    return (_TITLE + paragraphs) * share


def _lines(book: ParallelBook) -> Iterable[tuple[str, float]]:
    """The words of each paragraph or item, and what stands around its lines."""
    yield from (("", _STATE) for marks in (book.marks, *(r.marks for r in book.rows)) if marks)
    for row in book.rows:
        for block in (block for cell in row.cells for block in cell):
            if block["t"] == "Header":
                yield "", _SECTION if row.kind == "section" else _HEAD
                continue
            for node in ast.walk([block]):
                if node["t"] in ("Para", "Plain"):
                    yield ast.plain_text(node["c"]), _TEXT
    for formula in book.closing:
        yield ast.plain_text(formula), _HEAD


def _width(words: str) -> float:
    wide = sum(map(columns.is_wide, words))
    return wide * _WIDE + (len(words) - wide) * _LATIN
