"""git as a program: which one is run, and how it is asked."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 20.0


@dataclass(frozen=True)
class Answer:
    """The code that git ended with, and what it printed."""

    code: int
    out: bytes


def program(root: Path) -> str | None:
    """git, by its full path; never one that lies in the workspace."""
    found = shutil.which("git")
    if found is None or not Path(found).is_absolute():
        return None
    return None if Path(found).is_relative_to(root.resolve()) else found


def ask(
    git: str,
    folder: Path,
    arguments: Sequence[str],
    *,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Answer | None:
    """Run git in ``folder``; None where it cannot be started, or does not end in time."""
    try:
        done = subprocess.run(
            [git, *arguments],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Answer(done.returncode, done.stdout)
