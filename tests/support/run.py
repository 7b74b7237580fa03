"""Running the command as a person would, and reading what it made."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

CHECKOUT = Path(__file__).resolve().parent.parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def actes(
    *arguments: str,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    timeout: float = 300,
) -> subprocess.CompletedProcess[str]:
    """Run `actes` in ``cwd`` in a process of its own, speaking English unless told otherwise."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("ACTES_")}
    return subprocess.run(
        [sys.executable, "-c", "from pipeline.cli.main import main; main()", *arguments],
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(CHECKOUT), "ACTES_LANG": "en", **(environment or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def pdf_pages(file: Path) -> list[str]:
    """The text of each page, as a PDF reader extracts it."""
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(file).pages]


def docx_text(file: Path, part: str = "word/document.xml") -> str:
    """The text of a Word part in reading order, a line a paragraph; cached field results too."""
    with zipfile.ZipFile(file) as archive:
        root = ElementTree.fromstring(archive.read(part))  # noqa: S314 - our own file
    lines = []
    for paragraph in root.iter(f"{W}p"):
        parts = []
        for node in paragraph.iter():
            if node.tag == f"{W}t":
                parts.append(node.text or "")
            elif node.tag in (f"{W}tab", f"{W}br"):
                parts.append(" ")
        lines.append("".join(parts))
    return "\n".join(lines)


def squeezed(text: str) -> str:
    """Text without white space, hyphens or presentation forms: what two extractions share."""
    normal = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", normal)
