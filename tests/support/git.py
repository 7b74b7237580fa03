"""git as a team uses it, in a repository of a test's own, untouched by this machine's settings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(
    root: Path, *arguments: str, check: bool = True, day: str = "2024-11-18", **more: str
) -> str:
    """What git says in ``root``, with ``more`` in its environment."""
    names = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Essai"), ("EMAIL", "essai@exemple.fr"),
                            ("DATE", f"{day}T12:00:00Z"))
    }  # fmt: skip
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    own = {"HOME": str(root.parent), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
    env = {**kept, **own, **names, **more}
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=env, check=check, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def commit(root: Path, day: str, *paths: str) -> None:
    """Commit ``paths`` as on ``day``."""
    for arguments in (("init", "-q", "-b", "main"), ("add", *paths), ("commit", "-qm", day)):
        git(root, *arguments, day=day)
