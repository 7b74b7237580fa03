"""What comes back is a stranger's: bounded before it is parsed, without entities (law 9)."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from pipeline.drafts.package import open_package
from pipeline.errors import ActesError, Place, stop

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
_MADE = re.compile(rb"(<dcterms:(?:created|modified)\b[^<>]*>)[^<>]*")


def decoded(content: bytes, path: str) -> str:
    """The text of a UTF-8 file, with ``\\n`` line ends. Raises ActesError ``exchange-encoding``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise stop("exchange-encoding", path) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parsed(content: bytes, path: str) -> etree._Element:
    """The root of an XML file without a document type: no format here needs one.

    Raises ActesError ``exchange-xml`` with the line, ``exchange-doctype``.
    """
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise stop("exchange-doctype", path)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_pis=True, remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise stop("exchange-xml", Place(path, error.lineno or 0)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise stop("exchange-doctype", path)
    return root


def line_of(element: etree._Element) -> int:
    """The line on which an element begins; 0 where it is not known."""
    found: int | None = getattr(element, "sourceline", None)  # which lxml-stubs do not describe
    return found or 0


def unpacked(content: bytes, path: str) -> bytes:
    """A spreadsheet's ZIP, checked and packed again as it was read.

    Raises ActesError ``exchange-package`` for what is no sound ZIP or inflates beyond bounds.
    """
    try:
        return open_package(content, path, "accept").content
    except ActesError:
        raise stop("exchange-package", path) from None


def repacked(content: bytes) -> bytes:
    """An Office file with its parts in their order, without the time it was made (law 10)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, _MADE.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(entry)))
    return buffer.getvalue()
