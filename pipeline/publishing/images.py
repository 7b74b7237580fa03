"""An author's image, opened safely: what a writer gets is clean bytes and a size (law 9).

Drawings are made safe in `images_svg`, pictures of pixels in `images_raster`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pipeline.errors import ActesError, Problem, stop
from pipeline.files import read_bytes
from pipeline.publishing import images_raster, images_svg
from pipeline.publishing.images_raster import Clean
from pipeline.publishing.typst import run as typst_run

MAX_BYTES = 10 * 1024 * 1024
_KINDS = {".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


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
    return images_raster.cleaned(content, kind, path)


def workspace_of(path: str, real: str) -> Path:
    """The workspace of an image, from its path there and its real path."""
    whole = Path(real).as_posix()
    return Path(whole.removesuffix(path)) if whole.endswith(f"/{path}") else Path(real).parent


def raster(content: bytes, path: str, width_mm: float, ppi: float = 220.0) -> bytes:
    """A clean image as PNG, ``width_mm`` wide, for Word."""
    return rasters({path: content}, width_mm, ppi)[0]


def rasters(contents: Mapping[str, bytes], width_mm: float, ppi: float = 220.0) -> list[bytes]:
    """Clean images, by path, as PNG in their order, each ``width_mm`` wide.

    Raises ActesError ``image-refused-content``, of the first, when one of them cannot be drawn.
    """
    width = f"{max(1.0, min(width_mm, 400.0)):.2f}mm"
    files = {
        f"image{number}{PurePosixPath(path).suffix.lower()}": content
        for number, (path, content) in enumerate(contents.items())
    }
    pages = [f'#page(image("{name}", width: {width}))\n' for name in files]
    main = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n" + "".join(pages)
    job = typst_run.Job({typst_run.MAIN: main.encode(), **files}, form="png", ppi=ppi, seconds=60.0)
    with tempfile.TemporaryDirectory(prefix="actes-image-") as folder:
        try:
            return typst_run.pages(job, Path(folder))
        except ActesError as error:
            reason = error.problems[0].values.get("reason", error.problems[0].rule)
            raise stop("image-refused-content", next(iter(contents)), found=str(reason)) from None


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
                    else {**problem.values, "image": path},
                )
                for problem in error.problems
            ],
            error.code,
        ) from None
