"""The pictures of a book as PNG, for Word: small drawings are drawn together, the others alone.

A process of Typst takes longer to begin than to draw. Which pictures will be asked for is known,
and nearly all are as wide as the first one: so the first request draws what is small and plain in
one process. Where that fails, each is drawn alone, and a bad one costs nothing but itself (law 9).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ActesError
from pipeline.publishing import images

_SMALL = 256 * 1024
_MANY = 64  # drawings in one process


@dataclass
class Album:
    """The pictures ``paths`` of the workspace ``root``, as they are asked for."""

    root: Path
    paths: Collection[str]
    _ahead: dict[tuple[str, float], bytes] = field(default_factory=dict)
    _begun: bool = False

    def picture(self, path: str, width_mm: float) -> bytes:
        """An image as PNG, ``width_mm`` wide; raises the errors of `images`."""
        if not self._begun:
            self._begun = True
            self._draw_ahead(width_mm)
        found = self._ahead.get((path, width_mm))
        return found or images.raster(images.prepared(self.root, path), path, width_mm)

    def _draw_ahead(self, width_mm: float) -> None:
        plain: dict[str, bytes] = {}
        for path in self.paths:
            if path.lower().endswith(".svg") and len(plain) < _MANY:
                try:
                    content = images.prepared(self.root, path)
                except ActesError:
                    continue  # said when it is asked for
                if len(content) <= _SMALL and b"data:" not in content:
                    plain[path] = content
        try:
            drawn = images.rasters(plain, width_mm) if len(plain) > 1 else []
        except ActesError:
            return
        if len(drawn) == len(plain):  # as many pages as drawings: none was parted
            self._ahead = {(path, width_mm): png for path, png in zip(plain, drawn, strict=True)}
