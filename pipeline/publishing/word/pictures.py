"""Pictures of a Word document: DrawingML with the alternative text that pandoc would lose."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from pipeline.publishing.word.xml import quoted

_EMU_PER_MM = 36_000
_PNG = b"\x89PNG\r\n\x1a\n"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header (PNG specification, 11.2.2 IHDR)."""
    if png[:8] != _PNG or png[12:16] != b"IHDR":
        raise ValueError("the rasteriser gave something else than a PNG")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


@dataclass
class Pictures:
    """The pictures of a document: each file once, each use with an id of its own."""

    files: dict[str, bytes] = field(default_factory=dict)  # relationship id → PNG
    uses: int = 0

    def _relationship(self, png: bytes) -> str:
        identifier = f"rIdPicture{hashlib.sha256(png).hexdigest()[:16]}"
        self.files[identifier] = png
        return identifier

    def drawing(self, png: bytes, width_mm: float, height_mm: float, alternative: str) -> str:
        """A picture in the line, at most ``width_mm`` by ``height_mm``, in its proportions."""
        across, down = png_size(png)
        scale = min(width_mm / max(across, 1), height_mm / max(down, 1))
        cx, cy = (max(1, round(side * scale * _EMU_PER_MM)) for side in (across, down))
        relationship = self._relationship(png)
        self.uses += 1
        words = quoted(alternative)
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{self.uses}" name="{self.uses}" '
            f'descr="{words}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_A}" '
            f'noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic xmlns:a="{_A}">'
            f'<a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr '
            f'id="{self.uses}" name="{self.uses}" descr="{words}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip xmlns:r="{_R}" r:embed="{relationship}"/><a:stretch>'
            f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
            "</w:drawing></w:r>"
        )
