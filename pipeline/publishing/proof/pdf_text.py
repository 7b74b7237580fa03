"""The words of a PDF, page by page, read in a process with limits: the file is a stranger's."""

from __future__ import annotations

import json
import subprocess

from pipeline.errors import stop
from pipeline.publishing import interpreter
from pipeline.publishing.proof.page import Page

SECONDS = 60.0
_WORKER = "pipeline.publishing.proof.pdf_worker"


def pages(content: bytes, path: str, seconds: float = SECONDS) -> list[Page]:
    """The pages of a PDF.

    Raises ActesError ``verify-unreadable`` for what is no PDF, is locked, or takes too long.
    """
    try:
        answer = interpreter.run(_WORKER, content, seconds)
        found = json.loads(answer.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        raise stop("verify-unreadable", path) from None
    return [Page(text) for text in found]
