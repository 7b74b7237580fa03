"""Other tools that keep translated Markdown up to date, at work on a folder of originals.

Both through PO files, in the way that suits them best: po4a with one configuration for all texts,
mdpo in one process for all.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from tests.benchmarks.measure import Run, run


class Peer(Protocol):
    """A tool: whether it is there, its command for the originals in ``masters/``, and its PO files
    filled, as a translator would."""

    name: str

    def available(self) -> bool: ...

    def prepared(self, folder: Path, names: Sequence[str]) -> Callable[[], Run]: ...

    def fill(self, folder: Path) -> None: ...


class Po4a:
    """po4a, from Debian."""

    name = "po4a"

    def available(self) -> bool:
        return bool(shutil.which("po4a") and shutil.which("msgen"))

    def prepared(self, folder: Path, names: Sequence[str]) -> Callable[[], Run]:
        lines = ["[po4a_langs] ja", "[po4a_paths] po/all.pot $lang:po/all.$lang.po"]
        lines.append('[po4a_alias: markdown] text opt:"-o markdown -k 0"')
        lines += [f"[type: markdown] masters/{name}.md $lang:out/{name}.$lang.md" for name in names]
        (folder / "po4a.cfg").write_text("\n".join([*lines, ""]), "utf-8")
        command = ["po4a", "--quiet", "--keep", "0", "--master-charset", "UTF-8", "po4a.cfg"]
        return lambda: run(command, folder)

    def fill(self, folder: Path) -> None:
        file = folder / "po/all.ja.po"
        subprocess.run(["msgen", "-o", file, file], check=True)


class Mdpo:
    """mdpo, from PyPI."""

    name = "mdpo"

    def available(self) -> bool:
        return importlib.util.find_spec("mdpo") is not None

    def prepared(self, folder: Path, names: Sequence[str]) -> Callable[[], Run]:
        for made in ("po", "out"):
            (folder / made).mkdir()
        return lambda: run([*self._script, "update"], folder)

    def fill(self, folder: Path) -> None:
        subprocess.run([*self._script, "fill"], cwd=folder, check=True)

    @property
    def _script(self) -> list[str]:
        return [sys.executable, str(Path(__file__).with_name("mdpo_update.py"))]
