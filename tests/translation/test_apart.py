"""Texts that nobody translated yet, worked on in several processes: as in one, whatever happens."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pipeline import forks
from pipeline.errors import ActesError, stop
from pipeline.translation.pretranslate import run
from pipeline.translation.pretranslate.begin import translate
from pipeline.translation.pretranslate.wish import Report, Wish
from pipeline.translation.pretranslate.work import work
from tests.support.workspace import counterpart, make_workspace, put, summary

pytestmark = pytest.mark.skipif(not forks.FORKS, reason="no process is made by fork here")
PAIRS = [("Un marché ouvre.", "市場が開く。")]
_HERE = os.getpid()


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few texts are worth a process, on any machine."""
    monkeypatch.setattr(run, "_MANY", 3)
    monkeypatch.setattr(forks, "cores", lambda: 2)


def event(folder: Path) -> Path:
    """Five texts without a counterpart, of which one is broken and one confidential; a sixth with
    a reviewed one, whose words the others share."""
    texts = {f"eco/t{n}.fr.md": summary(f"Titre {n}", f"Un marché ouvre.\n\n{n}.") for n in "123"}
    texts["eco/casse.fr.md"] = summary("Cassé", "Mot.", session="{date: hier}")
    texts["eco/secret.fr.md"] = summary("Secret", "Un marché ouvre.", confidential="true")
    texts["eco/relu.fr.md"] = summary("Relu", PAIRS[0][0])
    texts["eco/relu.ja.md"] = counterpart("relu.fr.md", "校閲済み", PAIRS, "Relu")
    return make_workspace(folder, texts=texts)


def translated(root: Path) -> Report:
    return translate(root, Wish(engine="memory"), {})


def stands(root: Path) -> dict[str, bytes]:
    """What the workspace holds, and what the next run will know of it."""
    kept = [*root.glob("sources/**/*.md"), root / "build/cache/translated.json"]
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in kept}


@pytest.fixture
def expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Report, dict[str, bytes]]:
    """What one process makes of it."""
    with monkeypatch.context() as alone:
        alone.setattr(forks, "FORKS", False)
        root = event(tmp_path / "alone")
        return translated(root), stands(root)


def test_several_processes_do_what_one_does(
    tmp_path: Path, expected: tuple[Report, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = event(tmp_path / "apart")
    with monkeypatch.context() as watched:
        watched.setattr(run, "work", _nothing_but_the_reviewed)
        report = translated(root)
    assert (report, stands(root)) == expected
    assert len(report.written) == 4
    assert "市場が開く。" in (root / "sources/eco/t1.ja.md").read_text("utf-8")
    assert {problem.place.file for problem in report.problems} == {"sources/eco/casse.fr.md"}
    assert translated(root).written == ()


def _nothing_but_the_reviewed(at_work: run.Run, reading: run.Reading) -> None:
    if os.getpid() == _HERE:
        assert [*reading.works] == ["eco/relu"]
    work(at_work, reading)


def awaiting(folder: Path) -> Path:
    """Texts translated without an engine, so that their counterparts await all their words; then
    the first was edited, and somebody began the second, whose words only the one process reads."""
    texts = {f"eco/t{n}.fr.md": summary(f"Titre {n}", f"Mot {n}.") for n in "12345"}
    root = make_workspace(folder, texts=texts)
    translated(root)
    first, second = root / "sources/eco/t1.fr.md", root / "sources/eco/t2.ja.md"
    put(first, first.read_text("utf-8").replace("Mot 1.", "Mot 1.\n\nMot 2."))
    put(second, second.read_text("utf-8").replace("Mot 2.\n-->", "Mot 2.\n-->\n語2。"))
    return root


def test_counterparts_that_await_all_their_words_are_worked_on_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here: list[str] = []

    def watched(at_work: run.Run, reading: run.Reading) -> None:
        here.extend(reading.works)  # of a process of its own, nothing comes back
        work(at_work, reading)

    monkeypatch.setattr(run, "work", watched)
    with monkeypatch.context() as alone:
        alone.setattr(forks, "FORKS", False)
        one = awaiting(tmp_path / "alone")
        expected = translated(one), stands(one)
    root = awaiting(tmp_path / "apart")
    here.clear()
    assert (translated(root), stands(root)) == expected
    assert here == ["eco/t2"]
    assert "語2。" in (root / "sources/eco/t1.ja.md").read_text("utf-8")


def test_what_a_killed_process_had_to_do_is_done(
    tmp_path: Path, expected: tuple[Report, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(at_work: run.Run, reading: run.Reading) -> None:
        work(at_work, reading)
        if os.getpid() != _HERE and "eco/t2" in reading.works:
            os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(run, "work", killed)
    root = event(tmp_path / "apart")
    report = translated(root)
    assert stands(root) == expected[1]
    assert report.waiting == expected[0].waiting
    assert report.problems == expected[0].problems


def test_a_translation_that_somebody_begins_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = summary("題", "市場が開く、と人が書いた。", translation="{of: t1.fr.md}")

    def late(at_work: run.Run, reading: run.Reading) -> None:
        if "eco/t1" in reading.works:
            put(at_work.root / "sources/eco/t1.ja.md", theirs)
        work(at_work, reading)

    monkeypatch.setattr(run, "work", late)
    root = event(tmp_path)
    translated(root)
    assert "市場が開く、と人が書いた。" in (root / "sources/eco/t1.ja.md").read_text("utf-8")


def test_what_stops_one_process_stops_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(at_work: run.Run, reading: run.Reading) -> None:
        if os.getpid() != _HERE and "eco/t2" in reading.works:
            raise stop("file-unwritable", "sources/eco/t2.ja.md", reason="No space left on device")
        work(at_work, reading)

    monkeypatch.setattr(run, "work", stopped)
    with pytest.raises(ActesError) as caught:
        translated(event(tmp_path))
    assert [str(problem.place) for problem in caught.value.problems] == ["sources/eco/t2.ja.md"]
