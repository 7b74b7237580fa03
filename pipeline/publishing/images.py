"""An author's image, opened safely: what a writer gets is clean bytes and a size (law 9).

An SVG is parsed without DTD, entities or network, refused if it holds or calls anything that is
not drawing, and written out again. A PNG or JPEG is what its first bytes say, has bounded pixels,
and a PNG keeps only the chunks that draw (PNG 3rd edition, 11).
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import ActesError, Problem, stop
from pipeline.files import read_bytes
from pipeline.publishing import images_svg
from pipeline.publishing.typst import run as typst_run

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_DRAWING_CHUNKS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM",
                             b"sRGB", b"pHYs"})  # fmt: skip
_KINDS = {".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


@dataclass(frozen=True)
class Clean:
    """An image that has passed: its bytes, the suffix of its kind, its size (pixels or units)."""

    content: bytes
    suffix: str
    width: float
    height: float


def prepared(root: Path, path: str) -> bytes:
    """The clean bytes of the image ``path`` of the workspace ``root`` (see `checked`)."""
    return checked(root, path).content


def checked(root: Path, path: str) -> Clean:
    """Open and check an image.

    Raises ActesError ``image-missing``, ``image-too-large``, ``image-refused-content`` or
    ``path-outside``.
    """
    return clean(_read(root, path), path)


def clean(content: bytes, path: str) -> Clean:
    """Check the bytes of an image whose name is ``path``; raises as `checked`."""
    kind = _KINDS.get(PurePosixPath(path).suffix.lower(), "")
    if kind == "svg":
        drawing = images_svg.cleaned(content, path)
        return Clean(drawing.content, ".svg", drawing.width, drawing.height)
    if kind == "png" and content.startswith(_PNG):
        width, height, kept = _png(content, path)
        return _bounded(Clean(kept, ".png", width, height), path)
    if kind == "jpeg" and content.startswith(_JPEG):
        width, height = _jpeg_size(content, path)
        return _bounded(Clean(content, ".jpg", width, height), path)
    raise stop("image-refused-content", path, found="≠ " + PurePosixPath(path).suffix.lower())


def workspace_of(path: str, real: str) -> Path:
    """The workspace of an image, from its path there and its real path."""
    whole = Path(real).as_posix()
    return Path(whole.removesuffix(path)) if whole.endswith(f"/{path}") else Path(real).parent


def raster(content: bytes, path: str, width_mm: float, ppi: float = 220.0) -> bytes:
    """A clean image as PNG, ``width_mm`` wide, for Word."""
    name = f"image{PurePosixPath(path).suffix.lower()}"
    main = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        f'#image("{name}", width: {max(1.0, min(width_mm, 400.0)):.2f}mm)\n'
    )
    job = typst_run.Job(
        {typst_run.MAIN: main.encode(), name: content}, form="png", ppi=ppi, seconds=60.0
    )
    with tempfile.TemporaryDirectory(prefix="actes-image-") as folder:
        try:
            return typst_run.run(job, Path(folder))
        except ActesError as error:
            reason = error.problems[0].values.get("reason", error.problems[0].rule)
            raise stop("image-refused-content", path, found=str(reason)) from None


def _read(root: Path, path: str) -> bytes:
    try:
        return read_bytes(root, Path(path), MAX_BYTES)
    except ActesError as error:
        rules = {"file-missing": "image-missing", "not-a-file": "image-missing",
                 "file-too-large": "image-too-large"}  # fmt: skip
        raise ActesError(
            [
                Problem(
                    rules.get(problem.rule, problem.rule),
                    problem.place,
                    {**problem.values, "limit": f"{MAX_BYTES // 1024**2} MB"}
                    if problem.rule == "file-too-large"
                    else problem.values,
                )
                for problem in error.problems
            ],
            error.code,
        ) from None


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
