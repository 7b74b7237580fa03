"""One PDF read in a process of its own, that can be limited and killed.

Reads the file on standard input and answers with a list of pages as JSON; with nothing where it
cannot be read. Run as ``python -m pipeline.publishing.proof.pdf_worker``, by `pdf_text` alone.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

from pipeline.publishing.proof.page import MOST_LETTERS

_MEMORY = 2 * 1024**3
_MOST_PAGES = 1_000


def main() -> None:
    """Read the pages."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    logging.disable()
    with contextlib.suppress(Exception):  # whatever a broken file does to its reader
        json.dump(_pages(sys.stdin.buffer.read()), sys.stdout)


def _pages(content: bytes) -> list[str]:
    from pypdf import PdfReader

    found: list[str] = []
    for page in PdfReader(io.BytesIO(content)).pages:
        found.append("\n".join([page.extract_text(), *_laid_over(page)]))
        if len(found) > _MOST_PAGES or sum(map(len, found)) > MOST_LETTERS:
            raise ValueError(len(found))
    return found


def _laid_over(page: Any) -> Iterator[str]:
    """What stands on a page without being of its text: typewritten notes, fields filled in."""
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        key = {"/FreeText": "/Contents", "/Stamp": "/Contents", "/Widget": "/V"}
        words = note.get(key.get(note.get("/Subtype"), ""), "")
        if isinstance(words, str):
            yield words


if __name__ == "__main__":
    main()
