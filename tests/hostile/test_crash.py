"""Law 2: killed at any moment, interrupted, run twice at once, commands leave whole files.

`make test` kills 150 builds and 50 imports, `make test-long` 750 and 250; ACTES_KILLS says another
number in all.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import LONG
from tests.drafts.test_import import PNG, word
from tests.hostile.world import WITNESS, make_world
from tests.support.launch import Running
from tests.support.workspace import (
    actes,
    outputs,
    put,
    start,
    summary,
)

KILLS = int(os.environ.get("ACTES_KILLS", "1000" if LONG else "200"))
BUILDS, IMPORTS = KILLS * 3 // 4, KILLS // 4
COMMANDS = (  # two editions each, which are made side by side
    ("build", "proceedings-fr", "proceedings-ja", "--format", "docx"),
    ("build", "proceedings-fr", "proceedings-ja", "--format", "pdf"),
)
VERSIONS = ("Une première version.", "Une seconde version, plus longue que la première.")


def _write(root: Path, version: int) -> None:
    body = f"{WITNESS}\n\n{VERSIONS[version]}"
    put(root / "sources/eco/change.fr.md", summary("Ce qui change", body))


def _workspace(folder: Path) -> Path:
    root = make_world(folder, 9).root
    _write(root, 0)
    return root


@dataclass(frozen=True)
class Peace:
    """The editions of both versions as an undisturbed build makes them, and how long each took."""

    made: Mapping[int, Mapping[str, bytes]]
    took: Mapping[str, float]


@pytest.fixture(scope="module")
def peace(tmp_path_factory: pytest.TempPathFactory) -> Peace:
    root = _workspace(tmp_path_factory.mktemp("peace"))
    made: dict[int, dict[str, bytes]] = {}
    took: dict[str, float] = {}
    for version in (0, 1):
        _write(root, version)
        for arguments in COMMANDS:
            outcome = actes(root, *arguments)
            assert outcome.code == 0, outcome.err
            took[arguments[-1]] = outcome.seconds
        made[version] = {file.name: file.read_bytes() for file in outputs(root)}
    return Peace(made, took)


def _whole(root: Path, peace: Peace) -> None:
    """Every edition opens, is one of those that an undisturbed build makes; the manifest is JSON."""
    for file in outputs(root):
        content = file.read_bytes()
        if file.suffix == ".pdf":
            assert content.startswith(b"%PDF-"), file
            assert content.rstrip().endswith(b"%%EOF"), file
        else:
            with zipfile.ZipFile(file) as archive:
                assert archive.testzip() is None, file
        assert any(made[file.name] == content for made in peace.made.values()), f"{file} is torn"
    manifest = root / "build/manifest.json"
    if manifest.exists():
        assert json.loads(manifest.read_bytes())["format"] == 2


def _strays(root: Path) -> list[Path]:
    found = [p for p in root.rglob(".*") if "actes-tmp" in p.name or p.name == ".work"]
    return [path for path in found if path.exists()]


def _group(leader: int) -> list[int]:
    """The living processes of the session that ``leader`` began."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def _left_at_work(leader: int, seconds: float = 5) -> list[str]:
    """What the processes that remain of a session are called; one that is ending is given time."""
    until = time.monotonic() + seconds
    while (left := _group(leader)) and time.monotonic() < until:
        time.sleep(0.02)
    names = [Path(f"/proc/{process}/cmdline") for process in left]
    return [name.read_text() for name in names if name.exists()]


def _kill_group(leader: int) -> None:
    for process in _group(leader):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue


@dataclass
class Moments:
    """Random moments in the life of a command, whose length is learnt: a machine has other work."""

    life: float
    chance: random.Random
    killed: int = 0

    def strike(self, process: Running) -> bool:
        """Kill a process at such a moment; False where it had ended."""
        began = time.monotonic()
        try:
            process.wait(self.chance.uniform(0.0, self.life))
        except TimeoutError:
            process.kill()
            self.killed += 1
            self.life *= 1.1
            return True
        # One that had nothing left to do says little of those that have.
        self.life = max(time.monotonic() - began, self.life * 0.8)
        return False


def test_killed_at_any_moment(peace: Peace, tmp_path: Path) -> None:
    """No file is torn, and the next full run leaves no trace and the same bytes."""
    root = _workspace(tmp_path)
    chance = random.Random(20241118)
    moments = {form: Moments(life, chance) for form, life in peace.took.items()}
    for number in range(BUILDS):
        arguments = COMMANDS[number % len(COMMANDS)]
        version = (number // len(COMMANDS)) % 2
        _write(root, version)
        process = start(root, *arguments)
        if moments[arguments[-1]].strike(process) and number % 3:
            _kill_group(process.pid)  # as when the power fails; else what it started is orphaned
        _whole(root, peace)
        if number % 20 == 19 or number == BUILDS - 1:
            for after in COMMANDS:
                outcome = actes(root, *after)
                assert outcome.code == 0, outcome.err
            assert not _strays(root)
            assert {file.name: file.read_bytes() for file in outputs(root)} == peace.made[version]
        _kill_group(process.pid)
    assert sum(some.killed for some in moments.values()) > BUILDS // 3


def test_imports_killed_at_any_moment(tmp_path: Path) -> None:
    """A text is there whole or not at all, never over another; what is left is no obstacle."""
    draft = word(tmp_path / "essai.docx")
    calm = actes(
        _workspace(tmp_path / "peace"), "import", str(draft), "--to", "eco", "--lang", "fr"
    )
    assert calm.code == 0, calm.err
    expected = next((tmp_path / "peace").rglob("essai.fr.md")).read_bytes()
    root = _workspace(tmp_path / "war")
    text, picture = root / "sources/eco/essai.fr.md", root / "sources/eco/images/essai-1.png"
    moments = Moments(calm.seconds, random.Random(20241120))
    for number in range(IMPORTS):
        process = start(root, "import", str(draft), "--to", "eco", "--lang", "fr")
        moments.strike(process)
        if text.exists():
            assert text.read_bytes() == expected
            assert picture.read_bytes() == PNG
        if picture.exists():
            assert picture.read_bytes() == PNG
        if number % 5 == 4 or number == IMPORTS - 1:
            again = actes(root, "import", str(draft), "--to", "eco", "--lang", "fr")
            assert again.code in (0, 4), again.err
            assert text.exists()
            assert picture.read_bytes() == PNG
            assert not _strays(root)
        text.unlink(missing_ok=True)
        picture.unlink(missing_ok=True)
    assert moments.killed > IMPORTS // 3


def test_two_at_once(peace: Peace, tmp_path: Path) -> None:
    """Of two builds at once one waits for nobody and says so, or both find their turn."""
    root = _workspace(tmp_path)
    for version in (1, 0):
        _write(root, version)
        logs = [tmp_path / f"{number}.err" for number in range(2)]
        pair = [start(root, *COMMANDS[-1], err=log) for log in logs]
        codes = sorted(process.wait(120) for process in pair)
        said = [log.read_text("utf-8") for log in logs]
        assert codes in ([0, 0], [0, 5]), said
        if codes == [0, 5]:
            assert any("[workspace-busy]" in words for words in said)
        _whole(root, peace)
        assert not _strays(root)


@pytest.mark.parametrize("whom", ["terminal", "process"])
def test_interrupted(whom: str, peace: Peace, tmp_path: Path) -> None:
    """Ctrl-C: exit code 130, no traceback, whole files, nobody left at work."""
    root = _workspace(tmp_path)
    chance = random.Random(20241119)
    codes = []
    for number in range(100 if LONG else 8):
        arguments = COMMANDS[number % len(COMMANDS)]
        _write(root, (number // len(COMMANDS)) % 2)
        log = tmp_path / "interrupted.err"
        process = start(root, *arguments, err=log)
        # Before this the command is still being called, which nobody can catch.
        time.sleep(chance.uniform(0.05, max(0.1, peace.took[arguments[-1]] * 0.8)))
        if whom == "terminal":
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.killpg(process.pid, signal.SIGINT)
        else:
            process.signal(signal.SIGINT)
        codes.append(process.wait(120))
        said = log.read_text("utf-8")
        # Dead of the signal itself: while the interpreter starts or ends, nobody can catch it.
        assert codes[-1] in (0, 130, -signal.SIGINT), said
        assert "Traceback" not in said
        assert not _left_at_work(process.pid)
        _whole(root, peace)
    assert 130 in codes
    for after in COMMANDS:
        assert actes(root, *after).code == 0
    assert not _strays(root)
