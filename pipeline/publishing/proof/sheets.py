"""Pages on which words are looked for, and crossed out once they are found.

The pages are a stranger's: all that is done with them is counted in letters that were looked at,
and given up beyond a bound (law 9).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.publishing.proof.page import Page
from pipeline.publishing.proof.printed import Run

TAKEN, AROUND = "\0", "\1"
"""What stands on a page in place of words that were found: those of runs, those around them."""
_MOST_WORK = 100_000_000  # letters looked at: a second or two; a declaration takes three million
_HARDLY_A_WORD = 3
_OF_A_PAGE = 60
"""Letters that a page holds at the least of a run that begins before and ends after it."""

Position = tuple[int, int]
Ends = Callable[[Page], Sequence[int]]


class TooMuchError(Exception):
    """The pages are such that comparing them would take too long."""


@dataclass(frozen=True)
class Piece:
    """A part of a page, ``plain[begin:end]``; what is left stands ``near`` a run, or none."""

    page: int
    begin: int
    end: int
    near: Run | None = None


def _line_ends(page: Page) -> Sequence[int]:
    return page.line_ends


def _word_ends(page: Page) -> Sequence[int]:
    return page.word_ends


class Sheets:
    """The pages of a file. Raises TooMuchError from any of its methods."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self.texts = [page.plain for page in pages]
        self._work = _MOST_WORK
        last = len(pages) - 1
        end = len(self.texts[last]) if pages else 0
        self.all: tuple[Position, Position] = ((0, 0), (last, end))

    def _spend(self, letters: int) -> None:
        self._work -= letters
        if self._work < 0:
            raise TooMuchError

    def take(self, pieces: Iterable[Piece], sign: str = TAKEN) -> None:
        """Cross out what was found."""
        for piece in pieces:
            text = self.texts[piece.page]
            self._spend(len(text))
            crossed = sign * (piece.end - piece.begin)
            self.texts[piece.page] = text[: piece.begin] + crossed + text[piece.end :]

    def take_all(self, words: str) -> bool:
        """Cross out ``words`` where they begin or end a line, a word or two where they are one.

        Whether any were.
        """
        taken = False
        if not words or words.isdigit():
            return taken
        for number in range(len(self.pages)):
            begin = self._find(number, words, 0)
            while begin >= 0:
                end = begin + len(words)
                sides = self._edges(number, begin, end)
                if all(sides) or (any(sides) and len(words) > _HARDLY_A_WORD):
                    self.take([Piece(number, begin, end)], AROUND)
                    taken = True
                begin = self._find(number, words, end)
        return taken

    def take_lines(self, words: Sequence[str]) -> None:
        """Cross out what is left of lines that are made of ``words`` alone, one after the other."""
        for number, page in enumerate(self.pages):
            for begin, end in pairwise(page.line_ends):
                line = self.texts[number][begin:end]
                left = line.strip(TAKEN + AROUND)
                if left and TAKEN not in left and self._made_of(left, words):
                    at = begin + line.index(left)
                    self.take([Piece(number, at, at + len(left))], AROUND)

    def _made_of(self, line: str, words: Sequence[str]) -> bool:
        reached = {0}
        for begin in range(len(line)):
            if begin in reached:
                self._spend(len(words))
                reached |= {begin + len(word) for word in words if line.startswith(word, begin)}
        return len(line) in reached

    def _find(self, page: int, words: str, begin: int, end: int | None = None) -> int:
        found = self.texts[page].find(words, begin, end)
        self._spend((found if found >= 0 else len(self.texts[page])) - begin + 1)
        return found

    def _edges(self, page: int, begin: int, end: int) -> tuple[bool, bool]:
        """Whether the line begins, and ends, with these words, but for others of their kind."""
        text, ends = self.texts[page], self.pages[page].line_ends
        return (
            _among(ends, begin) or text[begin - 1] == AROUND,
            _among(ends, end) or text[end] == AROUND,
        )

    def find(self, words: str, low: Position, high: Position) -> list[Piece]:
        """The pieces that hold ``words``: one, or several that end and begin with a page."""
        for page in range(low[0], high[0] + 1):
            at = self._find(page, words, *self._window(page, low, high))
            if at >= 0:
                return [Piece(page, at, at + len(words))]
        # A page ends with a line; where two columns have one line each, they are read as one.
        for ends in (_line_ends, _word_ends):
            for page in range(low[0], high[0]):
                if found := self._broken(words, page, (low, high), ends):
                    return found
        return []

    def _window(self, page: int, low: Position, high: Position) -> tuple[int, int]:
        begin = low[1] if page == low[0] else 0
        return begin, high[1] if page == high[0] else len(self.texts[page])

    def _broken(
        self, words: str, page: int, bounds: tuple[Position, Position], ends: Ends
    ) -> list[Piece]:
        """``words`` up to an end on ``page``, and on from a beginning on one of the next."""
        begin, end = self._window(page, *bounds)
        for start in _within(self.pages[page].word_ends, begin, end - 1):
            if self.texts[page][start] == words[0]:
                whole = self._from(words, page, start, 1, bounds, ends)
                if whole:
                    return whole
        return []

    def _from(
        self,
        words: str,
        page: int,
        start: int,
        least: int,
        bounds: tuple[Position, Position],
        ends: Ends,
    ) -> list[Piece]:
        """``words`` from ``start``, ``least`` letters on this page, and the rest on the next."""
        _begin, end = self._window(page, *bounds)
        last = min(end, start + len(words) - 1)
        for stop in reversed(_within(ends(self.pages[page]), start + least, last)):
            self._spend(stop - start)
            if words.startswith(self.texts[page][start:stop]):
                rest = self._continued(words[stop - start :], page + 1, bounds, ends)
                if rest:
                    return [Piece(page, start, stop), *rest]
        return []

    def _continued(
        self, words: str, page: int, bounds: tuple[Position, Position], ends: Ends
    ) -> list[Piece]:
        """``words`` from a beginning on ``page``, and on over the next pages."""
        if page > bounds[1][0]:
            return []
        begin, end = self._window(page, *bounds)
        at = self._find(page, words, begin, end)
        while at >= 0:
            if _among(ends(self.pages[page]), at):
                return [Piece(page, at, at + len(words))]
            at = self._find(page, words, at + 1, end)
        head = words[:_OF_A_PAGE]  # a whole page, of a paragraph longer than that
        at = self._find(page, head, begin, end) if len(words) > _OF_A_PAGE else -1
        while at >= 0:
            whole = self._from(words, page, at, _OF_A_PAGE, bounds, ends)
            if whole:
                return whole
            at = self._find(page, head, at + 1, end)
        return []


def _within(ends: Sequence[int], low: int, high: int) -> Sequence[int]:
    return ends[bisect_left(ends, low) : bisect_right(ends, high)]


def _among(ends: Sequence[int], place: int) -> bool:
    at = bisect_left(ends, place)
    return at < len(ends) and ends[at] == place
