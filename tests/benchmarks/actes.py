"""`actes` on a synthetic event: built cold, after one change, and with nothing changed."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.generator import Summary, change
from tests.benchmarks.measure import Run, run
from tests.support import machine

_ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PYTHONPATH": str(_ROOT)}
PROGRAM = (sys.executable, "-c", "from pipeline.cli.main import main; main()")


def help_page(folder: Path) -> Run:
    """`actes --help`."""
    return run([*PROGRAM, "--help"], folder, ENVIRONMENT)


def cold(root: Path) -> Run:
    """A build with nothing under ``build/``."""
    shutil.rmtree(root / "build", ignore_errors=True)
    return unchanged(root)


def unchanged(root: Path) -> Run:
    """A build as things stand."""
    return run([*PROGRAM, "build", "-C", str(root)], root.parent, ENVIRONMENT)


def editions(root: Path, *names: str) -> Run:
    """The PDFs of some editions made anew, from texts that may have been read before."""
    for made in (root / "build").glob("*.*"):
        made.unlink()
    command = [*PROGRAM, "build", *names, "--format", "pdf", "-C", str(root)]
    return run(command, root.parent, ENVIRONMENT)


def changed(root: Path, summary: Summary, edition: int) -> tuple[Run, bool, int]:
    """A build after one text changed, whether that text alone was read again, and how many were."""
    path = change(root, summary, edition)
    log = root.parent / "read.log"
    log.unlink(missing_ok=True)
    program = [sys.executable, "-m", "tests.benchmarks.traced", str(log)]
    taken = run([*program, "build", "-C", str(root)], root.parent, ENVIRONMENT)
    read: Sequence[str] = log.read_text(encoding="utf-8").split() if log.exists() else ()
    return taken, list(read) == [path], len(read)


def translated(root: Path, *arguments: str) -> tuple[Run, list[str]]:
    """`actes translate` as things stand, and the texts that its engine was sent."""
    log = root.parent / "asked.jsonl"
    log.unlink(missing_ok=True)
    engine = {"ACTES_ENGINE_COMMAND": f"{sys.executable} {machine.__file__}", machine.LOG: str(log)}
    command = [*PROGRAM, "translate", "-C", str(root), *arguments]
    taken = run(command, root.parent, {**ENVIRONMENT, **engine})
    notes = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return taken, [json.loads(note)["text"] for note in notes]
