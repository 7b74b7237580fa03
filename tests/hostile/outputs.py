"""What no edition may hold, whatever its texts said."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.support.workspace import docx_parts

_LINK = re.compile(r"^(?:https?://|mailto:|#)")
_FIELDS = re.compile(
    r"^\s*(?:PAGE|NUMPAGES|SECTIONPAGES|TOC|PAGEREF|REF|STYLEREF|SEQ|INDEX|XE|NOTEREF|HYPERLINK\s+\\l)\b"
)
_CODE = re.compile(rb"<w:(?:altChunk|object|control|subDoc)\b|vbaProject|oleObject|activeX")
_ACTIVE = ("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/EmbeddedFile",
           "/RichMedia", "/Sound", "/Movie", "/XFA")  # fmt: skip


def forbidden(file: Path, secret: str) -> Iterator[str]:
    """Code, foreign files, links of other kinds than an edition has, the canary."""
    if file.suffix == ".docx":
        yield from _in_docx(file, secret)
    else:
        yield from _in_pdf(file.read_bytes(), secret)


def _in_docx(file: Path, secret: str) -> Iterator[str]:
    for name, content in docx_parts(file).items():
        if secret.encode() in content:
            yield f"the canary in {name}"
        if _CODE.search(content) or "vba" in name or "embeddings" in name:
            yield f"code in {name}"
        text = content.decode("utf-8", "replace")
        if name.endswith(".rels"):
            for target in re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', text):
                found = re.search(r'Target="([^"]*)"', target)
                if not found or not _LINK.match(found[1]):
                    yield f"{target} in {name}"
        instructions = re.findall(r"<w:instrText[^>]*>([^<]*)", text)
        instructions += re.findall(r'<w:fldSimple[^>]*w:instr="([^"]*)"', text)
        for code in instructions:
            if code.strip() and not _FIELDS.match(code):
                yield f"the field « {code[:60]} » in {name}"


@lru_cache(maxsize=16)
def _in_pdf(content: bytes, secret: str) -> Sequence[str]:
    """Kept: most attacks change no byte of an edition."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    found = [] if content.rstrip().endswith(b"%%EOF") else ["no end"]
    for number in range(1, reader.trailer["/Size"]):
        found += _in_object(reader.get_object(number), secret)
    return found


def _in_object(value: Any, secret: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for key in _ACTIVE:
        if key in value or value.get("/S") == key:
            yield f"the key {key}"
    target = value.get("/URI")
    if isinstance(target, str) and not _LINK.match(target):
        yield f"the link {target[:80]}"
    streamed = hasattr(value, "get_data") and value.get("/Subtype") != "/Image"
    if streamed and secret.encode() in value.get_data():
        yield "the canary in a stream"
