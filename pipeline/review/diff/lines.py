"""Words in several styles as lines of a terminal, each no wider than there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.columns import UNBROKEN, width


@dataclass(frozen=True)
class Piece:
    """A run of text in one style (empty: plain)."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


def wrapped(pieces: Iterable[Piece], room: int | None) -> list[Line]:
    """The lines of ``pieces``, broken at their line ends and where ``room`` is used up.

    >>> [[piece.text for piece in line] for line in wrapped([Piece("市場は週3回開かれる。")], 12)]
    [['市場は週3回'], ['開かれる。']]
    """
    lines: list[list[Piece]] = [[]]
    used = 0
    for unit in _units(pieces):
        if unit[0].text == "\n":
            lines.append([])
            used = 0
            continue
        places = sum(width(piece.text) for piece in unit)
        if room is not None and used and used + places > room:
            lines.append([])
            used = 0
            if not unit[0].text.strip():
                continue
        lines[-1] += unit
        used += places
    return [_joined(line) for line in lines]


def _units(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """What is not broken, each unit in the styles that it has."""
    styles = [(letter, piece.style) for piece in pieces for letter in piece.text]
    for match in UNBROKEN.finditer("".join(letter for letter, _style in styles)):
        yield [Piece(*pair) for pair in styles[match.start() : match.end()]]


def _joined(line: Sequence[Piece]) -> Line:
    """Neighbours in one style as one piece."""
    found: list[Piece] = []
    for piece in line:
        if found and found[-1].style == piece.style:
            found[-1] = Piece(found[-1].text + piece.text, piece.style)
        else:
            found.append(piece)
    return tuple(found)
