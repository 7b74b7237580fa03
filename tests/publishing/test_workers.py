"""Editions made side by side: whole answers, what fails alone, nobody left at work."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pipeline import files, forks
from pipeline.errors import ActesError, Exit, Place, Problem
from pipeline.publishing.jobs import Job
from pipeline.publishing.workers import Outcome, outcomes

REMARK = Problem(
    "image-missing", Place("sources/eco/a.fr.md"), {"image": "sources/eco/images/a.png"}
)
needs_fork = pytest.mark.skipif(not forks.FORKS, reason="no process is made by fork here")


def making(content: bytes) -> Job:
    return lambda _left_out: content


def failing(left_out: list[Problem]) -> bytes:
    left_out.append(REMARK)
    raise ActesError([Problem("fonts-missing", Place(""), {"package": "x"})], Exit.MISSING_TOOL)


def made(editions: Mapping[str, Mapping[str, Job]], apart: bool) -> list[Outcome]:
    found = outcomes(editions, lambda _words: None, apart)
    return sorted(found, key=lambda outcome: outcome.name)


@pytest.mark.parametrize("apart", [False, pytest.param(True, marks=needs_fork)])
def test_what_fails_does_not_stop_the_others(apart: bool) -> None:
    large = os.urandom(3_000_000)  # more than a pipe holds
    editions = {
        "fr": {"fr.pdf": making(large), "fr.docx": failing},
        "ja": {"ja.pdf": making(b"ja")},
        "declaration": {},
    }
    assert made(editions, apart) == [
        Outcome(
            "fr.docx",
            None,
            (REMARK, Problem("fonts-missing", Place(""), {"package": "x"})),
            Exit.MISSING_TOOL,
        ),
        Outcome("fr.pdf", large),
        Outcome("ja.pdf", b"ja"),
    ]


@pytest.mark.parametrize("apart", [False, pytest.param(True, marks=needs_fork)])
def test_a_full_disk_is_said_of_each_file_that_it_costs(apart: bool) -> None:
    def full(_left_out: list[Problem]) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    editions = {"fr": {"fr.pdf": full, "fr.docx": making(b"fr")}, "ja": {"ja.pdf": full}}
    whole, *lost = made(editions, apart)
    assert whole == Outcome("fr.docx", b"fr")
    assert [one.problems[0].render("fr").splitlines()[0] for one in lost] == [
        f"build/{name}.pdf: ce fichier ne peut pas être écrit (le disque est plein)"
        " [file-unwritable]"
        for name in ("fr", "ja")
    ]


@pytest.mark.parametrize("apart", [False, pytest.param(True, marks=needs_fork)])
def test_a_defect_is_raised_here(apart: bool) -> None:
    def broken(_left_out: list[Problem]) -> bytes:
        raise ZeroDivisionError("a defect")

    with pytest.raises(ZeroDivisionError, match="a defect"):
        made({"fr": {"fr.pdf": broken}, "ja": {"ja.pdf": making(b"")}}, apart)


@needs_fork
def test_an_edition_whose_process_was_killed_is_named() -> None:
    def killed(_left_out: list[Problem]) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    editions = {"fr": {"fr.pdf": killed, "fr.docx": killed}, "ja": {"ja.pdf": making(b"ja")}}
    crash = Problem("edition-crashed", Place(""), {"names": "fr.pdf, fr.docx"})
    assert made(editions, True) == [
        Outcome("fr.docx", None, (crash,)),
        Outcome("fr.pdf", None, (crash,)),
        Outcome("ja.pdf", b"ja"),
    ]


def gone(process: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        with contextlib.suppress(OSError):  # a zombie that init has not yet taken
            return ") Z " in Path(f"/proc/{process}/stat").read_text()
        return False
    return True


def soon(condition: Callable[[], bool]) -> bool:
    limit = time.monotonic() + 30
    while not condition() and time.monotonic() < limit:
        time.sleep(0.01)
    return condition()


def napping(folder: Path) -> Job:
    """A job that never ends by itself, and starts a process that does not either."""

    def nap(_left_out: list[Problem]) -> bytes:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        (folder / f"{os.getpid()}").write_text(str(child.pid))
        time.sleep(600)
        return b""

    return nap


def started(folder: Path) -> list[int]:
    named = [file for file in folder.iterdir() if file.name.isdigit() and file.read_text()]
    return [int(number) for file in named for number in (file.name, file.read_text())]


@needs_fork
def test_whoever_stops_listening_leaves_nobody_at_work(tmp_path: Path) -> None:
    editions = {"fr": {"fr.pdf": napping(tmp_path)}, "ja": {"ja.pdf": making(b"ja")}}
    running = outcomes(editions, lambda _words: None, apart=True)
    assert next(running) == Outcome("ja.pdf", b"ja")
    assert soon(lambda: len(started(tmp_path)) == 2)
    running.close()
    assert soon(lambda: all(map(gone, started(tmp_path))))


@needs_fork
def test_a_process_does_not_outlive_the_one_that_began_it(tmp_path: Path) -> None:
    """Nor does the lock of the workspace."""
    parent = os.fork()
    if not parent:
        with files.locked(tmp_path, tmp_path / "build"):
            editions = {name: {f"{name}.pdf": napping(tmp_path)} for name in ("fr", "ja")}
            made(editions, True)
        os._exit(0)
    assert soon(lambda: len(started(tmp_path)) == 4)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    with files.locked(tmp_path, tmp_path / "build"):
        assert soon(lambda: all(map(gone, started(tmp_path))))


def test_files_are_the_same_either_way() -> None:
    editions = {
        tag: {f"{tag}.{form}": making(f"{tag}{form}".encode()) for form in ("pdf", "docx")}
        for tag in ("fr", "ja")
    }
    assert made(editions, False) == made(editions, forks.FORKS)
    assert sys.platform != "linux" or forks.FORKS
