"""Many pairs of texts, looked at in several processes: as in one, whatever happens to them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pipeline import forks
from pipeline.checks import examined
from pipeline.errors import Problem
from pipeline.publishing.status.overview import overview
from tests.support.workspace import counterpart, make_workspace, summary

pytestmark = pytest.mark.skipif(not forks.FORKS, reason="no process is made by fork here")
_HERE = os.getpid()


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair of texts is worth a process, on any machine."""
    monkeypatch.setattr(examined, "_FEW", 1)
    monkeypatch.setattr(examined, "_SLICE", 1)
    monkeypatch.setattr(forks, "cores", lambda: 2)


def event(folder: Path) -> Path:
    """Five texts, of which every second one says another number than its original."""
    texts = {}
    for n in range(5):
        fr, ja = f"Le port compte {40 + n} bateaux.", f"港には{40 + n + n % 2}隻の船がある。"
        texts[f"eco/port-{n}.fr.md"] = summary("Le port", fr)
        texts[f"eco/port-{n}.ja.md"] = counterpart(f"port-{n}.fr.md", "港", [(fr, ja)], "Le port")
    return make_workspace(folder, texts=texts)


def contradicted(root: Path, said: list[str]) -> list[Problem]:
    return [p for p in overview(root, say=said.append).blocking["ja"] if p.rule == "check-number"]


def test_several_processes_find_what_one_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    found = contradicted(event(tmp_path / "apart"), said)
    assert [problem.place.file for problem in found] == [
        "sources/eco/port-1.fr.md",
        "sources/eco/port-3.fr.md",
    ]
    assert said[-4:] == ["2/5", "3/5", "4/5", "5/5"]
    monkeypatch.setattr(forks, "FORKS", False)
    assert contradicted(event(tmp_path / "alone"), []) == found


def test_what_a_killed_process_had_to_do_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = examined._examined

    def killed(beside: examined.Beside) -> examined.Examined:
        if os.getpid() != _HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(beside)

    monkeypatch.setattr(examined, "_examined", killed)
    assert len(contradicted(event(tmp_path), [])) == 2
