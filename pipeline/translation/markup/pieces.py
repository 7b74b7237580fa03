"""What a unit is made of: words, and marks that stand alone or in pairs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto


class What(Enum):
    """What a piece is."""

    WORDS = auto()
    CODE = auto()
    NOTE = auto()
    ADDRESS = auto()  # <https://…>
    BARE = auto()  # https://… in the words; pandoc makes no link of it
    HTML = auto()
    BREAK = auto()
    EMPHASIS = auto()
    LINK = auto()
    IMAGE = auto()
    SPAN = auto()
    CAPTION = auto()
    FIXED = auto()  # words that the glossary says how to print


class Role(Enum):
    """How a piece stands."""

    WORDS = auto()
    ALONE = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass
class Piece:
    """A stretch of a unit: ``raw`` exactly, ``words`` as a reader sees it (words only).

    ``value`` is a link's target, an image's path, a note's label, what a code says; ``mate`` the
    other half of a pair. ``starts`` says where in ``raw`` each character of ``words`` begins.
    """

    what: What
    role: Role
    raw: str
    value: str = ""
    words: str = ""
    starts: tuple[int, ...] | None = None
    mate: Piece | None = field(default=None, repr=False, compare=False)

    def cut(self, start: int, end: int) -> Piece:
        """The piece of words from ``start`` to ``end``."""
        first = self.starts[start] if self.starts else start
        last = len(self.raw) if end >= len(self.words) else end
        if self.starts and end < len(self.words):
            last = self.starts[end]
        starts = None
        if self.starts:
            starts = tuple(place - first for place in self.starts[start:end])
        first = 0 if start == 0 else first
        return Piece(
            What.WORDS, Role.WORDS, self.raw[first:last], words=self.words[start:end], starts=starts
        )


def joined_words(pieces: list[Piece]) -> Piece:
    """Several pieces of words as one."""
    if len(pieces) == 1:
        return pieces[0]
    raw = "".join(piece.raw for piece in pieces)
    words = "".join(piece.words for piece in pieces)
    if raw == words:
        return Piece(What.WORDS, Role.WORDS, raw, words=words)
    starts: list[int] = []
    base = 0
    for piece in pieces:
        places = piece.starts if piece.starts is not None else range(len(piece.words))
        starts += [base + place for place in places]
        base += len(piece.raw)
    return Piece(What.WORDS, Role.WORDS, raw, words=words, starts=tuple(starts))
