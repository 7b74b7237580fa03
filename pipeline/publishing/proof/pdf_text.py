"""The words of a PDF, page by page, read in a process with limits: the file is a stranger's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pipeline.errors import stop
from pipeline.publishing.proof.page import Page

SECONDS = 60.0


def pages(content: bytes, path: str, seconds: float = SECONDS) -> list[Page]:
    """The pages of a PDF.

    Raises ActesError ``verify-unreadable`` for what is no PDF, is locked, or takes too long.
    """
    root = Path(__file__).resolve().parents[3]
    environment = {
        "PYTHONPATH": os.pathsep.join([str(root), *filter(None, sys.path)]),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **{name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ},
    }
    command = [sys.executable, "-m", "pipeline.publishing.proof.pdf_worker"]
    try:
        answer = subprocess.run(
            command, input=content, capture_output=True, env=environment, timeout=seconds,
            check=False,
        )  # fmt: skip
        found = json.loads(answer.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        raise stop("verify-unreadable", path) from None
    return [Page(text) for text in found]
