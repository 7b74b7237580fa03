"""Typst, run in a process with limits of time and memory, in a folder that holds only copies.

Nothing of the workspace is in that folder but what `typst` and `images` put there, no system font
is seen, and no package is fetched (law 9): templates that import one are refused before Typst
starts, and its downloader is given a proxy that does not exist.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ActesError, Place, Problem, stop
from pipeline.publishing import fonts, interpreter

SECONDS = 900.0
MEMORY = 12 * 1024**3
"""Address space, of which threads and mapped fonts reserve far more than they use."""
STANDARDS = ("ua-1", "a-2a")
MAIN = "main.typ"
_PACKAGE_IMPORT = re.compile(r"(?:#|\b)(?:import|include)\s*\(*\s*\"@([^\"]*)\"")
_PLACE = re.compile(r"[/ ]([\w.-]+\.typ):(\d+):\d+")
_SEARCHED = re.compile(r" ?\(searched at [^)]*\)")  # a path of this machine
_TEMPLATES = "templates/typst"
_WORKER = "pipeline.publishing.typst.worker"
_MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Job:
    """What to compile: the files of the folder by their path in it, and how."""

    files: Mapping[str, bytes]
    form: str = "pdf"
    ppi: float = 144.0
    timestamp: int = 0
    seconds: float = SECONDS
    memory: int = MEMORY


def run(job: Job, folder: Path, place: Callable[[int], str] = lambda _line: "") -> bytes:
    """Compile ``main.typ`` of the job in ``folder``, which is made where it does not exist.

    ``place`` names the text that a line of ``main.typ`` belongs to. Raises ActesError
    ``pdf-failed``, ``pdf-package``, ``pdf-too-slow`` or ``pdf-crashed``.
    """
    return pages(job, folder, place)[0]


def pages(job: Job, folder: Path, place: Callable[[int], str] = lambda _line: "") -> list[bytes]:
    """What `run` gives, for a form (``png``) that has a file for each page."""
    for name, content in job.files.items():
        if name.endswith(".typ") and name != MAIN:
            _refuse_packages(name, content)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    output = folder / f"output.{job.form}"
    answer = _ask(_request(job, folder, output), job)
    if answer["problems"]:
        raise ActesError(_problem(found, place) for found in answer["problems"][:_MOST_PROBLEMS])
    return [file.read_bytes() for file in map(Path, answer["written"])]


def _refuse_packages(name: str, content: bytes) -> None:
    found = _PACKAGE_IMPORT.search(content.decode("utf-8", "replace"))
    if found:
        raise stop("pdf-package", f"templates/typst/{name}", package=found[1])


def _request(job: Job, folder: Path, output: Path) -> dict[str, Any]:
    return {
        "root": str(folder),
        "input": MAIN,
        "output": str(output),
        "format": job.form,
        "ppi": job.ppi,
        "fonts": [str(found) for found in fonts.folders()],
        "standards": list(STANDARDS) if job.form == "pdf" else [],
        "timestamp": job.timestamp,
        "memory": job.memory,
    }


def _ask(request: dict[str, Any], job: Job) -> dict[str, Any]:
    try:
        answer = interpreter.run(_WORKER, json.dumps(request).encode(), job.seconds)
    except subprocess.TimeoutExpired:
        raise stop("pdf-too-slow", seconds=int(job.seconds)) from None
    try:
        found: dict[str, Any] = json.loads(answer.stdout)
    except json.JSONDecodeError:
        lines = answer.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
        raise stop("pdf-crashed", reason=lines[-1][:300], exit=answer.returncode) from None
    return found


def _problem(found: Mapping[str, str], place: Callable[[int], str]) -> Problem:
    """At the text that it comes from, or else in the template, which is named either way."""
    places = [(name, int(line)) for name, line in _PLACE.findall(found["diagnostic"])]
    text = next((place(line) for name, line in places if name == MAIN), "")
    template = next((Place(f"{_TEMPLATES}/{n}", line) for n, line in places if n != MAIN), None)
    reason = [_SEARCHED.sub("", found["message"]), found["hint"]]
    if text and template:
        reason.append(f"({template})")
    said = " ".join(filter(None, reason))
    return Problem("pdf-failed", Place(text) if text else template or Place(""), {"reason": said})
