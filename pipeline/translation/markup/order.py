"""The marks of an answer in an order that Markdown can say, or the answer refused."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.translation.markup.cloth import Answer, Cloth, answer_of, parts_of
from pipeline.translation.markup.pieces import Piece, Role, What


def nested(cloth: Cloth, answer: Answer) -> Answer | None:
    """The answer with ends of pairs that only changed places put right.

    None when pairs cross, left the pair they stood in, or lost their words.
    """
    words, indices = parts_of(answer)
    parents = _parents(cloth.marks)
    open_: list[int] = []
    for place in range(len(indices)):
        mark = cloth.marks[indices[place]]
        if mark.role is Role.CLOSE:
            if not open_ or not _closes(cloth, words, indices, place, open_[-1]):
                return None
            open_.pop()
            continue
        if not _may_stand(cloth, indices[place], parents[indices[place]], open_):
            return None
        if mark.role is Role.OPEN:
            open_.append(indices[place])
    if open_ or _emptied(cloth, words, indices):
        return None
    return answer_of(words, indices)


def _closes(
    cloth: Cloth, words: Sequence[str], indices: list[int], place: int, opened: int
) -> bool:
    """Whether the end of a pair is at a place, put there if it stood right behind."""
    wanted = cloth.marks[opened].mate
    for later in range(place, len(indices)):
        mark = cloth.marks[indices[later]]
        if mark is wanted:
            indices[place], indices[later] = indices[later], indices[place]
            return True
        if mark.role is not Role.CLOSE or words[later + 1].strip():
            return False
    return False


def _parents(marks: Sequence[Piece]) -> list[tuple[int, ...]]:
    """For each mark, the pairs it stands in."""
    found: list[tuple[int, ...]] = []
    open_: list[int] = []
    for index, mark in enumerate(marks):
        if mark.role is Role.CLOSE:
            open_.pop()
        found.append(tuple(open_))
        if mark.role is Role.OPEN:
            open_.append(index)
    return found


def _may_stand(cloth: Cloth, index: int, was: Sequence[int], now: Sequence[int]) -> bool:
    """Pairs stay in the pairs they stood in; what stands alone may move, but into no link."""
    if list(was) == list(now):
        return True
    closed = {What.LINK, What.IMAGE}
    entered = any(cloth.marks[other].what in closed for other in set(now) - set(was))
    return cloth.marks[index].role is Role.ALONE and not entered


def _emptied(cloth: Cloth, words: Sequence[str], indices: Sequence[int]) -> bool:
    """Whether a pair lost the words that stood in it."""
    for place in range(len(indices) - 1):
        mark, after = cloth.marks[indices[place]], cloth.marks[indices[place + 1]]
        if mark.role is Role.OPEN and after is mark.mate and not words[place + 1].strip():
            was_empty = indices[place + 1] == indices[place] + 1
            if not was_empty or cloth.gaps[indices[place] + 1].words.strip():
                return True
    return False
