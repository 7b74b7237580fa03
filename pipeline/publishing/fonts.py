"""The fonts of the PDF: where they are, in which order, and what they can print.

All of them come with the installed packages (law 10: nothing from the system): Libertinus Serif,
New Computer Modern and DejaVu Sans Mono inside Typst itself, the Japanese ones in two packages,
Korean and Chinese ones in packages that are installed on demand (`extras`).
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import ActesError, Exit, Place, Problem, stop
from pipeline.proceedings.book import Book, Chapter
from pipeline.publishing import opentype
from pipeline.publishing.extras import EXTRAS, lacking
from pipeline.publishing.scripts import is_east_asian
from pipeline.publishing.typst.markup import quoted

GOTHIC = ("Noto Sans CJK JP",)
MONO = ("DejaVu Sans Mono", "Noto Sans JP")
LAST_RESORT = ("New Computer Modern", "DejaVu Sans Mono", *GOTHIC)
"""What no text font has: symbols, and East Asian letters foreign to the event's languages."""

_PACKAGES = ("pylopdf_fonts_jp", "noto_cjk_sans_jp_bold")
# The upright faces inside Typst: the first bytes of such a file, and its full name.
_INSIDE_TYPST = {
    "Libertinus Serif": (b"OTTO", "Libertinus Serif Regular"),
    "New Computer Modern": (b"OTTO", "NewComputerModern10-Regular"),
    "DejaVu Sans Mono": (b"\0\1\0\0", "DejaVu Sans Mono"),
}
# Never drawn: joiners, marks of direction, variation selectors, white space.
_INVISIBLE = frozenset(
    {
        *range(0x21),
        *range(0x7F, 0xA1),
        *range(0x2000, 0x2010),
        *range(0x2028, 0x2030),
        *range(0x205F, 0x2070),
        *range(0xFE00, 0xFE10),
        *(0xAD, 0x3000, 0xFEFF),
    }
)


@lru_cache(maxsize=1)
def folders() -> tuple[Path, ...]:
    """The folders of the font packages. Raises ActesError ``fonts-missing`` (exit code 3)."""
    found = []
    for name in (*_PACKAGES, *(extra.package for extra in EXTRAS if extra.is_installed)):
        spec = find_spec(name)
        if spec is None or not spec.origin:
            raise stop("fonts-missing", code=Exit.MISSING_TOOL, package=name)
        found.append(Path(spec.origin).parent)
    return tuple(found)


def stack(names: Iterable[str], language: str) -> list[str]:
    """Fonts in order of preference as Typst code, the last resort added.

    Those of an extra that is not installed are left out: what stands after them is used.
    In an eastern language a font without kana may give Latin letters only: its dashes and quotation
    marks are not those of the script (JLREQ 3.1.1).
    """
    found = []
    wanted = tuple(dict.fromkeys((*names, *LAST_RESORT)))
    absent = frozenset().union(*(extra.families for extra in lacking(wanted)))
    for name in (name for name in wanted if name not in absent):
        if is_east_asian(language) and name not in LAST_RESORT and not _has_kana(name):
            found.append(f'(name: {quoted(name)}, covers: "latin-in-cjk")')
        else:
            found.append(quoted(name))
    return found


def _has_kana(family: str) -> bool:
    return 0x3042 in coverage(family)  # noqa: PLR2004 - あ


@lru_cache(maxsize=32)
def coverage(family: str) -> frozenset[int]:
    """The code points that the upright face of ``family`` has; none for an unknown family."""
    data, start = _face(family)
    return opentype.characters(data, start) if data else frozenset()


def _face(family: str) -> tuple[opentype.Data, int]:
    """The bytes that hold the upright face of ``family``, and where in them it begins."""
    if family in _INSIDE_TYPST:
        return _library(), _place_in_typst(*_INSIDE_TYPST[family])
    files = (file for folder in folders() for file in sorted(folder.glob("*.[ot]tf")))
    faces = (opentype.opened(file) for file in files)
    return next((face for face in faces if opentype.family(face) == family), b""), 0


def _place_in_typst(signature: bytes, name: str) -> int:
    """Where the font of this full name begins in Typst's library, found by its header."""
    data = _library()
    position = data.find(signature)
    while position >= 0:
        with suppress(opentype.NotAFontError):  # four bytes of the program that look like one
            if opentype.names(data, position).get(opentype.FULL_NAME) == name:
                return position
        position = data.find(signature, position + 4)
    raise stop("fonts-missing", code=Exit.MISSING_TOOL, package="typst")


@lru_cache(maxsize=1)
def _library() -> mmap.mmap:
    spec = find_spec("typst")
    if spec is None or not spec.origin:
        raise stop("fonts-missing", code=Exit.MISSING_TOOL, package="typst")
    return opentype.opened(next(iter(sorted(Path(spec.origin).parent.glob("_typst*")))))


# -- what a book prints -------------------------------------------------------------------------


def printable(book: Book) -> frozenset[int]:
    """The code points that the fonts of ``book`` have between them."""
    return _together((*_own(book), *LAST_RESORT, *MONO))


def _own(book: Book) -> tuple[str, ...]:
    styles = (book.style, *(side.style for side in book.sides))
    return tuple(
        name for s in styles for name in (*s.body_fonts, *s.heading_fonts, *s.emphasis_fonts)
    )


def _together(names: Iterable[str]) -> frozenset[int]:
    return frozenset().union(_INVISIBLE, *(coverage(name) for name in dict.fromkeys(names)))


def missing_glyphs(book: Book, pieces: Sequence[object] | None = None) -> list[tuple[str, str]]:
    """Characters that no font of the book has, each with the place it stands in, in order.

    The place is the chapter's plain title, or the kind of piece (« Cover »).
    """
    known = printable(book)
    found: dict[tuple[str, str], None] = {}
    for piece in book.pieces if pieces is None else pieces:
        place = piece.running if isinstance(piece, Chapter) else type(piece).__name__
        for letter in sorted(letter for letter in letters(piece) if ord(letter) not in known):
            found[letter, place] = None
    return list(found)


def check(book: Book, source: Iterable[str], pieces: Sequence[object] | None = None) -> None:
    """Raise ActesError ``glyph-missing``, one problem a place: nothing is lost in silence.

    ``source`` holds every character that is printed, as the book does as it is set: when the fonts
    have all of them there is no need to look where each stands. ``pieces`` replace the book's own.
    """
    if _together(_own(book)).issuperset(map(ord, set(source))):
        return
    by_place: dict[str, list[str]] = {}
    for letter, place in missing_glyphs(book, pieces):
        by_place.setdefault(place, []).append(f"{letter} (U+{ord(letter):04X})")
    if by_place:
        raise ActesError(
            Problem("glyph-missing", Place(place), {"characters": ", ".join(missing)})
            for place, missing in by_place.items()
        )


_KEYS_NOT_PRINTED = frozenset({"t"})


def letters(value: object) -> set[str]:
    """Every character of every string in a piece; what is not printed (ids, URLs) is ASCII."""
    found: set[str] = set()
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            found.update(item)
        elif isinstance(item, dict):
            pending += [part for key, part in item.items() if key not in _KEYS_NOT_PRINTED]
        elif isinstance(item, (list, tuple)):
            pending += item
        elif is_dataclass(item):
            pending += [getattr(item, part.name) for part in fields(item)]
    return found
