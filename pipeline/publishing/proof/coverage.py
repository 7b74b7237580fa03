"""Runs of words found again on pages, whatever the layout, and everything that is left over.

Both ways are needed for a proof: every run of the text stands on the pages, whole and in order, and
the pages hold nothing else but what is printed around a declaration. Columns, pages and rows may
break where they like: a run that no page holds whole is looked for from the end of a line on one
page to the beginning of a line on the next.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.publishing.proof.page import Page, plain
from pipeline.publishing.proof.printed import Run
from pipeline.publishing.proof.sheets import Piece, Position, Sheets

_LABEL = re.compile(r"[(]?(?:\d{1,3}|[A-Za-z]{1,4}|[ア-ン]{1,2})[).]?")
_NOTE = re.compile(r"\d{1,3}|[*†‡]+")
_PAGE_NUMBER = re.compile(r"\d{1,4}(?:/\d{1,4})?")
_PRESENT = 1 / 3
"""A language of which less than this was found is not in the file."""


@dataclass(frozen=True)
class Coverage:
    """The runs that were not found, of the ``languages`` that the file has, and what is left.

    ``left`` holds pieces with letters or digits that nothing of the declaration accounts for.
    """

    languages: tuple[str, ...]
    missing: tuple[Run, ...]
    left: tuple[Piece, ...]

    @property
    def amiss(self) -> int:
        """How many letters are missing or left."""
        lacking = sum(len(plain(run.words)) for run in self.missing)
        return lacking + sum(piece.end - piece.begin for piece in self.left)

    @property
    def complete(self) -> bool:
        """Whether the pages hold the text, in a language at least, and nothing else."""
        return bool(self.languages) and not self.missing and not self.left


def cover(runs: Sequence[Run], around: Iterable[str], pages: Sequence[Page]) -> Coverage:
    """Find ``runs``, then what stands ``around`` them, on ``pages``."""
    sheets = Sheets(pages)
    words = [plain(run.words) for run in runs]
    places: dict[int, list[Piece]] = {}
    order = {tag: _Order() for tag in dict.fromkeys(run.language for run in runs)}
    # The longest first: short ones (headings) stand between neighbours that are found already.
    for number in sorted(range(len(runs)), key=lambda n: (runs[n].loose, -len(words[n]))):
        run, known = runs[number], order[runs[number].language]
        low, high = sheets.all if run.loose else known.around(number, sheets.all)
        if words[number] and (found := sheets.find(words[number], low, high)):
            places[number] = found
            sheets.take(found)
            if not run.loose:
                known.add(number, found)
    languages = _present(runs, words, places)
    sheets.take(_marks(runs, places, sheets))
    beside = sorted({plain(one) for one in around}, key=lambda words: (-len(words), words))
    while sum(map(sheets.take_all, beside)):  # each may stand beside another
        pass
    sheets.take_lines(beside)
    missing = [
        run for number, run in enumerate(runs)
        if words[number] and number not in places and run.language in languages
    ]  # fmt: skip
    return Coverage(tuple(languages), tuple(missing), tuple(_left(sheets, _nearest(runs, places))))


def _present(
    runs: Sequence[Run], words: Sequence[str], places: Mapping[int, object]
) -> Sequence[str]:
    every: dict[str, int] = {}
    found: dict[str, int] = {}
    for number, run in enumerate(runs):
        every[run.language] = every.get(run.language, 0) + len(words[number])
        there = len(words[number]) if number in places else 0
        found[run.language] = found.get(run.language, 0) + there
    return [tag for tag, whole in every.items() if whole and found[tag] >= whole * _PRESENT]


class _Order:
    """Where the runs of one language stand: each after those before it in the text."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._places: dict[int, list[Piece]] = {}

    def add(self, number: int, pieces: list[Piece]) -> None:
        self._numbers.insert(bisect_left(self._numbers, number), number)
        self._places[number] = pieces

    def around(self, number: int, bounds: tuple[Position, Position]) -> tuple[Position, Position]:
        """From the end of the run before it to the beginning of the one after it."""
        low, high = bounds
        at = bisect_left(self._numbers, number)
        if at:
            last = self._places[self._numbers[at - 1]][-1]
            low = (last.page, last.end)
        if at < len(self._numbers):
            first = self._places[self._numbers[at]][0]
            high = (first.page, first.begin)
        return low, high


def _marks(
    runs: Sequence[Run], places: Mapping[int, Sequence[Piece]], sheets: Sheets
) -> list[Piece]:
    """Numbers before items and notes, and marks of notes after words."""
    found: list[Piece] = []
    for number, pieces in places.items():
        run, first, last = runs[number], pieces[0], pieces[-1]
        if run.item or run.loose:
            pattern = _LABEL if run.item else _NOTE
            # On the same line, or on one of its own above a reading.
            lines = [end for end in sheets.pages[first.page].line_ends if end < first.begin][-2:]
            for begin in lines:
                if pattern.fullmatch(sheets.texts[first.page], begin, first.begin):
                    found.append(Piece(first.page, begin, first.begin))
        if run.noted:
            match = _NOTE.match(sheets.texts[last.page], last.end)
            if match:
                found.append(Piece(last.page, last.end, match.end()))
    return found


Nearest = Callable[[int, int], Run | None]


def _nearest(runs: Sequence[Run], places: Mapping[int, Sequence[Piece]]) -> Nearest:
    """The run that ends last before a place on a page, or else begins first after it."""
    ends = sorted(
        (piece.page, piece.end, number)
        for number, pieces in places.items()
        for piece in pieces
        if not runs[number].loose
    )

    def nearest(page: int, begin: int) -> Run | None:
        at = bisect_left(ends, (page, begin + 1, 0))
        found = ends[max(at - 1, 0) : at + 1]
        return next((runs[number] for there, _end, number in found if there == page), None)

    return nearest


def _left(sheets: Sheets, nearest: Nearest) -> Iterator[Piece]:
    for number, text in enumerate(sheets.texts):
        ends = sheets.pages[number].line_ends
        for match in re.finditer(r"[^\0\1]+", text):
            for begin, end in _without_page_numbers(match, ends):
                if any(map(str.isalnum, text[begin:end])):
                    yield Piece(number, begin, end, nearest(number, begin))


def _without_page_numbers(match: re.Match[str], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """What is left between the taken, without a first or last line of the page that numbers it."""
    begin, end = match.span()
    edges = {(ends[0], ends[1]), (ends[-2], ends[-1])} if len(ends) > 1 else set()
    for edge in edges:
        if begin <= edge[0] and edge[1] <= end:
            words = match.string[edge[0] : edge[1]]
            if _PAGE_NUMBER.fullmatch(words):
                begin, end = (edge[1], end) if edge[0] == begin else (begin, edge[0])
    if begin < end:
        yield begin, end
