"""A module of this program in an interpreter of its own, which may be given up or killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_DEAD_PROXY = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def run(module: str, given: bytes, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """What ``module`` prints when it is given ``given``; nothing of it reaches a network by proxy.

    Raises subprocess.TimeoutExpired.
    """
    file = _ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return subprocess.run(
        [sys.executable, "-S", str(file)],  # all that is found by site is in the path it is given
        input=given,
        capture_output=True,
        env=_environment(),
        timeout=seconds,
        check=False,
    )


def _environment() -> dict[str, str]:
    return {
        # Where this very program was found, whatever the folder it is called from.
        "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)]),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **{name: _DEAD_PROXY for proxy in _PROXIES for name in (proxy, proxy.upper())},
        **{name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ},
    }
