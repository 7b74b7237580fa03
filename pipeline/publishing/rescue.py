"""When one text or image keeps an edition from being set, the others are set without it (law 9).

In a draft it is replaced by a notice and named with its file; a final edition is not made.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import ActesError, Place, Problem
from pipeline.proceedings.book import Book, Chapter, Notice
from pipeline.texts.typeset import words
from pipeline.workspace.languages import LanguageTable

ATTEMPTS = 8
Draw = Callable[[str, float], bytes]
"""Gives an image (its path, its width in mm) as PNG; raises the errors of `images`."""
_TRIAL_MM, _TRIAL_PPI = 20.0, 36.0


@dataclass(frozen=True)
class Rescue:
    """What is needed to leave something out of a book, and where to report it.

    ``files`` are the texts' files by the ids of their chapters; what is left out is added to
    ``problems``.
    """

    root: Path
    table: LanguageTable
    files: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def printable(self, book: Book) -> Book:
        """A draft without the texts that hold a character no font has, for every format alike.

        Where one stands elsewhere, and in a final edition, the PDF is refused by its own check.
        """
        from pipeline.publishing import fonts

        try:
            fonts.check(book, fonts.letters(book.pieces))
        except ActesError as error:
            return self.without(book, error) or book
        return book

    def without(self, book: Book, error: ActesError) -> Book | None:
        """The book without what ``error`` complains of; None when nothing can be left out."""
        if not book.draft:
            return None
        broken = dict(self._broken_images(book)) if _of_setting(error) else {}
        if broken:
            self.problems.extend(broken.values())
            return replace(book, images={p: f for p, f in book.images.items() if p not in broken})
        guilty = {problem.place.file: problem for problem in error.problems}
        chapters = [p for p in book.pieces if isinstance(p, Chapter) and p.running in guilty]
        if len(chapters) > len(guilty):  # two texts of one title: only the one with the fault
            chapters = [c for c in chapters if self._at_fault(c, book)] or chapters
        if {chapter.running for chapter in chapters} != set(guilty):
            return None
        for chapter in chapters:
            place = Place(self.files.get(chapter.id, chapter.id))
            self.problems.append(replace(guilty[chapter.running], place=place))
        left_out = {id(chapter) for chapter in chapters}
        return replace(
            book, pieces=tuple(self._notice(p) if id(p) in left_out else p for p in book.pieces)
        )

    def pictures(self, draw: Draw) -> Draw:
        """``draw`` for a draft in Word: a blank picture, reported, where one cannot be read."""

        def drawn(path: str, width_mm: float) -> bytes:
            try:
                return draw(path, width_mm)
            except ActesError as error:
                self.problems.extend(error.problems)
                return _BLANK

        return drawn

    def _broken_images(self, book: Book) -> Iterable[tuple[str, Problem]]:
        from pipeline.publishing import images

        for path in book.images:
            try:
                images.raster(images.prepared(self.root, path), path, _TRIAL_MM, _TRIAL_PPI)
            except ActesError as error:
                yield path, error.problems[0]

    @staticmethod
    def _at_fault(chapter: Chapter, book: Book) -> bool:
        from pipeline.publishing import fonts

        return bool(fonts.missing_glyphs(replace(book, pieces=(chapter,))))

    def _notice(self, piece: object) -> Chapter:
        assert isinstance(piece, Chapter)  # noqa: S101 - chosen by the caller
        said = self.table.label("broken-text", file=self.files.get(piece.id, piece.id))
        notice = Notice(words(said, self.table.typography))
        title = words(piece.id, self.table.typography)
        return replace(piece, title=title, running=piece.id, head=None, content=(notice,))


def _of_setting(error: ActesError) -> bool:
    return any(problem.rule == "pdf-failed" for problem in error.problems)


def _blank() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    header = struct.pack(">IIBBBBB", 4, 1, 8, 0, 0, 0, 0)
    chunks = {b"IHDR": header, b"IDAT": zlib.compress(b"\0\xff\xff\xff\xff"), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*found) for found in chunks.items())


_BLANK = _blank()
