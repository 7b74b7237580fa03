"""A unit as marks and the words in the gaps around them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.translation.markup.pieces import Piece, Role, What, joined_words

Answer = list[str | int]
"""Words and the indices of marks, in turn: words first and last, empty where there are none."""


@dataclass(frozen=True)
class Cloth:
    """The marks of a unit and its gaps, one more than marks, in order."""

    marks: tuple[Piece, ...]
    gaps: tuple[Piece, ...]
    labels: frozenset[str]


def unravel(pieces: Sequence[Piece], labels: Collection[str]) -> Cloth:
    """The marks and gaps of a scanned unit."""
    marks: list[Piece] = []
    gaps: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.role is Role.WORDS:
            gaps[-1].append(piece)
        else:
            marks.append(piece)
            gaps.append([])
    empty = Piece(What.WORDS, Role.WORDS, "")
    known = frozenset(label.casefold() for label in labels)
    return Cloth(tuple(marks), tuple(joined_words(gap or [empty]) for gap in gaps), known)


def in_order(cloth: Cloth) -> Answer:
    """The unit itself, as an answer."""
    answer: Answer = [cloth.gaps[0].words]
    for index, gap in enumerate(cloth.gaps[1:]):
        answer += [index, gap.words]
    return answer


def parts_of(answer: Answer) -> tuple[list[str], list[int]]:
    """The words of an answer, and the indices of its marks."""
    words = [item for item in answer if isinstance(item, str)]
    return words, [item for item in answer if isinstance(item, int)]


def answer_of(words: Sequence[str], indices: Sequence[int]) -> Answer:
    """The inverse of `parts_of`."""
    answer: Answer = [words[0]]
    for index, following in zip(indices, words[1:], strict=True):
        answer += [index, following]
    return answer
