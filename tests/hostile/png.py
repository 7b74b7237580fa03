"""A small builder of PNG files, sound or not."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _around(width: int, height: int, packed: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def png(width: int, height: int, data: bytes) -> bytes:
    """A grey PNG of that size whose data unfold to ``data``, whatever the size asks for."""
    return _around(width, height, zlib.compress(data))


def png_of_zeros(width: int, height: int, length: int) -> bytes:
    """A grey PNG whose data unfold to ``length`` zeros."""
    packer, block = zlib.compressobj(9), b"\0" * 2**20
    parts = [packer.compress(block) for _ in range(length // len(block))]
    parts += [packer.compress(b"\0" * (length % len(block))), packer.flush()]
    return _around(width, height, b"".join(parts))
