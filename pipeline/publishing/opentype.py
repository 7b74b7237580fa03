"""The two tables of a font that Actes asks for: its names and the characters it has.

OpenType 1.9, «otff», «name» and «cmap»: read where they stand, in the hundredth of the time that a
library takes to open the rest of a font beside them.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

Data = bytes | mmap.mmap
FAMILY, FULL_NAME, VERSION, TYPOGRAPHIC_FAMILY = 1, 4, 5, 16
_WINDOWS, _MACINTOSH, _UNICODE = 3, 1, 0
_ENGLISH = {_WINDOWS: 0x409, _MACINTOSH: 0}
_ENCODINGS = {_WINDOWS: "utf-16-be", _UNICODE: "utf-16-be", _MACINTOSH: "mac-roman"}
_FULL, _BASIC = 12, 4  # formats of a table of characters: all of Unicode, its first plane
_MOST_TABLES = 30


class NotAFontError(ValueError):
    """The bytes are no font, or one without these tables."""


def opened(file: Path) -> mmap.mmap:
    """The bytes of a file, read as they are asked for."""
    with file.open("rb") as whole:
        return mmap.mmap(whole.fileno(), 0, access=mmap.ACCESS_READ)


def names(data: Data, start: int = 0) -> Mapping[int, str]:
    """The English names of the font at ``start``, by their number. Raises NotAFontError."""
    table = _table(data, start, b"name")
    found: dict[int, str] = {}
    english: set[int] = set()
    try:
        _version, count, storage = struct.unpack_from(">HHH", table)
        for record in struct.iter_unpack(">6H", table[6 : 6 + 12 * count]):
            platform, _encoding, language, number, length, offset = record
            words = table[storage + offset : storage + offset + length]
            if number in english or platform not in _ENCODINGS:
                continue
            found[number] = words.decode(_ENCODINGS[platform], "replace")
            if _ENGLISH.get(platform) == language:
                english.add(number)
    except struct.error:
        raise NotAFontError from None
    return found


def family(data: Data, start: int = 0) -> str:
    """The name by which Typst knows the family of the font. Raises NotAFontError."""
    found = names(data, start)
    return found.get(TYPOGRAPHIC_FAMILY) or found.get(FAMILY, "")


def characters(data: Data, start: int = 0) -> frozenset[int]:
    """The code points that have a glyph in the font at ``start``. Raises NotAFontError."""
    table = _table(data, start, b"cmap")
    try:
        offsets = {offset for _p, _e, offset in struct.iter_unpack(">HHI", _records(table))}
        by_format = {struct.unpack_from(">H", table, offset)[0]: offset for offset in offsets}
        if _FULL in by_format:
            return frozenset().union(*_full(table, by_format[_FULL]))
        return frozenset(_basic(table, by_format[_BASIC]))
    except (struct.error, KeyError):
        raise NotAFontError from None


def _table(data: Data, start: int, tag: bytes) -> bytes:
    count = int.from_bytes(data[start + 4 : start + 6], "big")
    if not 1 <= count <= _MOST_TABLES:
        raise NotAFontError
    directory = data[start + 12 : start + 12 + 16 * count]
    if len(directory) < 16 * count:
        raise NotAFontError
    for name, _checksum, offset, length in struct.iter_unpack(">4sIII", directory):
        if name == tag:
            return data[start + offset : start + offset + length]
    raise NotAFontError


def _records(table: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", table, 2)
    return table[4 : 4 + 8 * count]


def _full(table: bytes, at: int) -> Iterator[range]:
    """Format 12: ranges of characters whose glyphs follow one another."""
    (count,) = struct.unpack_from(">I", table, at + 12)
    for first, last, glyph in struct.iter_unpack(">III", table[at + 16 : at + 16 + 12 * count]):
        yield range(first + (glyph == 0), last + 1)


def _basic(table: bytes, at: int) -> Iterator[int]:
    """Format 4: ranges too, with glyphs that follow one another or stand in a list."""
    length, _language, double = struct.unpack_from(">HHH", table, at + 2)
    count = double // 2
    words = struct.unpack(f">{(length - 14) // 2}H", table[at + 14 : at + 14 + length - 14])
    lasts, firsts = words[:count], words[count + 1 : 2 * count + 1]
    steps, places = words[2 * count + 1 : 3 * count + 1], 3 * count + 1
    for index in range(count):
        place = words[places + index]
        for character in range(firsts[index], lasts[index] + 1):
            glyph = character
            if place:
                where = places + index + place // 2 + character - firsts[index]
                glyph = words[where] if where < len(words) else 0
                if not glyph:
                    continue
            if (glyph + steps[index]) & 0xFFFF:
                yield character
