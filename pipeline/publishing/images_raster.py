"""PNG and JPEG made safe: they are what their first bytes say, of bounded size, and a PNG keeps
only the chunks that draw (PNG 3rd edition, 11)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.errors import stop

MAX_PIXELS = 50_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_DRAWING_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM",
                             b"sRGB", b"pHYs"})  # fmt: skip


@dataclass(frozen=True)
class Clean:
    """An image that has passed: its bytes, the suffix of its kind, its size (pixels or units)."""

    content: bytes
    suffix: str
    width: float
    height: float


def cleaned(content: bytes, kind: str, path: str) -> Clean:
    """The image ``path``, which says that it is a ``png`` or a ``jpeg``.

    Raises ActesError ``image-refused-content`` or ``image-too-large``.
    """
    if kind == "png" and content.startswith(_PNG):
        width, height, kept = _png(content, path)
        return _bounded(Clean(kept, ".png", width, height), path)
    if kind == "jpeg" and content.startswith(_JPEG):
        width, height = _jpeg_size(content, path)
        return _bounded(Clean(content, ".jpg", width, height), path)
    raise stop("image-refused-content", path, found="≠ " + PurePosixPath(path).suffix.lower())


def _bounded(image: Clean, path: str) -> Clean:
    if image.width < 1 or image.height < 1:
        raise stop("image-refused-content", path, found="0 × 0")
    if image.width * image.height > MAX_PIXELS:
        raise stop("image-too-large", path, limit=f"{MAX_PIXELS // 10**6} Mpx")
    return image


def _png(content: bytes, path: str) -> tuple[int, int, bytes]:
    """Width, height and the chunks that draw. Text, profiles and what follows the end go."""
    kept, position = [_PNG], len(_PNG)
    while position + 12 <= len(content):
        length = int.from_bytes(content[position : position + 4], "big")
        name = content[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(content):
            break
        if name in _DRAWING_CHUNKS:
            kept.append(content[position:end])
        position = end
        if name == b"IEND":
            break
    if kept[-1][4:8] != b"IEND" or len(kept) < 2 or kept[1][4:8] != b"IHDR":  # noqa: PLR2004
        raise stop("image-refused-content", path, found="PNG")
    header = kept[1][8:16]
    return int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big"), b"".join(kept)


def _jpeg_size(content: bytes, path: str) -> tuple[int, int]:
    """Width and height from the frame header (ITU-T T.81, B.2.2)."""
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:  # noqa: PLR2004
        marker = content[position + 1]
        if marker == 0xFF:  # noqa: PLR2004 - a fill byte
            position += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004
            height = int.from_bytes(content[position + 5 : position + 7], "big")
            return int.from_bytes(content[position + 7 : position + 9], "big"), height
        position += 2 + max(2, int.from_bytes(content[position + 2 : position + 4], "big"))
    raise stop("image-refused-content", path, found="JPEG")
