"""The organiser's own program: one that works, and the ones that do not."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import ActesError
from pipeline.translation.engines.command import VARIABLE, Command
from pipeline.translation.engines.gate import Gated
from pipeline.translation.engines.pace import Pace
from pipeline.translation.engines.protocol import Engine, Request
from pipeline.translation.paid import Paid
from pipeline.translation.sending import Sent, estimate, send
from tests.support.servers import FakeClock
from tests.translation.engines.scripted import jobs, sentences

Gate = Callable[[Engine], Gated]

READ = "import json, sys\nasked = [json.loads(line) for line in sys.stdin]\n"
SAY = "def say(**answer): print(json.dumps(answer, ensure_ascii=False), flush=True)\n"
RIGHT = "for a in asked: say(id=a['id'], text='訳：' + a['text'])\n"
WAIT = "import time\ntime.sleep(60)\n"

# What each does with ten sentences: how many have an answer, and what the others lack.
PROGRAMS: dict[str, tuple[str, int, str]] = {
    "works": (RIGHT, 10, ""),
    "out of order": ("for a in reversed(asked): say(id=a['id'], text='訳：' + a['text'])", 10, ""),
    "chats": ("print('Loading model…')\n" + RIGHT + "print('Done.')", 10, ""),
    "answers all twice": (RIGHT + RIGHT, 10, ""),
    # The ten hostile ones. Marks lost or doubled are found when they are put back (test_protect).
    "loses tokens": ("for a in asked: say(id=a['id'], text='市場の話です、そのとおり。')", 10, ""),
    "doubles tokens": ("for a in asked: say(id=a['id'], text='ZQ1X' * 2 + a['text'])", 10, ""),
    "answers None": ("for a in asked: say(id=a['id'], text=None)", 0, "garbage"),
    "empty": ("for a in asked: say(id=a['id'], text='  ')", 0, "empty"),
    "echo": ("for a in asked: say(id=a['id'], text=a['text'])", 0, "echo"),
    "a page": ("print('<!DOCTYPE html><html><body>502</body></html>')", 0, "garbage"),
    "pages as texts": ("for a in asked: say(id=a['id'], text='<html>502</html>')", 0, "garbage"),
    "too few lines": ("for a in asked[:7]: say(id=a['id'], text='訳：' + a['text'])", 7, "lost"),
    "garbage bytes": ("sys.stdout.buffer.write(bytes(range(256)) * 99)", 0, "garbage"),
    "never": (WAIT, 0, "timeout"),
    # And some more.
    "seven lines, then never": (
        "for a in asked[:7]: say(id=a['id'], text='訳：' + a['text'])\n" + WAIT, 7, "lost",
    ),
    "two answers for one": (
        "for a in asked: say(id=a['id'], text='訳：' + a['text'])\nsay(id='1', text='別の訳文です。')",
        9, "lost",
    ),
    "endless": ("while True: sys.stdout.write('x' * 65536)", 0, "garbage"),
    "deep": ("print('[' * 100000)", 0, "garbage"),
    "fails": ("sys.exit(3)", 0, "program"),
    "closes and stays": ("import os\nos.close(1)\n" + WAIT, 0, "program"),
}  # fmt: skip


def command(folder: Path, program: str, *arguments: str) -> Command:
    file = folder / "program.py"
    file.write_text(READ + SAY + program, encoding="utf-8")
    words = shlex.join([sys.executable, "-X", "utf8", str(file), *arguments])
    return Command({VARIABLE: words, "PATH": os.environ["PATH"]})


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_each_program_leads_to(name: str, tmp_path: Path, gated: Gate) -> None:
    program, answered, failure = PROGRAMS[name]
    clock = FakeClock()
    seconds = {"never": 0.5, "seven lines, then never": 3}.get(name, 20)
    bounds = Pace(seconds=seconds, attempts=1, failures=1, sleep=clock.sleep)
    sent: Sent = send(sentences(10), gated(command(tmp_path, program)), pace=bounds)
    assert len(sent.answers) == answered
    assert set(sent.failures.values()) == ({failure} if failure else set())
    assert len(sent.failures) == 10 - answered


def test_it_is_asked_in_json_lines_in_a_folder_without_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program = "import os\nsay(id='1', text=json.dumps([asked, os.listdir(), sys.argv[1:]]))"
    answer = command(tmp_path, program, "a b", "$HOME").translate(
        Request(("Un\u2028marché « là ».",), "fr", "ja"), 20
    )
    asked = '[{"id": "1", "text": "Un\\u2028march\\u00e9 \\u00ab l\\u00e0 \\u00bb.", "source": "fr", "target": "ja"}]'
    assert answer == [f'[{asked}, [], ["a b", "$HOME"]]']


@pytest.mark.skipif(os.name == "nt", reason="groups of processes")
def test_its_children_end_with_it(tmp_path: Path, gated: Gate) -> None:
    file = tmp_path / "child"
    program = (
        "import subprocess\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(file)!r}, 'w').write(str(child.pid))\n" + RIGHT
    )
    sent = send(jobs("Un marché."), gated(command(tmp_path, program)))
    assert sent.answers == {"1": "訳：Un marché."}
    assert _gone(int(file.read_text()))


@pytest.mark.skipif(os.name == "nt", reason="groups of processes")
def test_stop_ends_what_is_running(tmp_path: Path) -> None:
    file = tmp_path / "self"
    program = f"import os\nopen({str(file)!r}, 'w').write(str(os.getpid()))\n" + WAIT
    engine = command(tmp_path, program)

    def ask() -> None:
        with contextlib.suppress(Exception):
            engine.translate(Request(("Un marché.",), "fr", "ja"), 60)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    _await(file)
    engine.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert _gone(int(file.read_text()))


@pytest.mark.skipif(os.name == "nt", reason="groups of processes")
def test_ctrl_c_keeps_what_a_program_had_said_of_a_request(
    tmp_path: Path, gated: Gate, press_ctrl_c: Callable[[], None]
) -> None:
    file = tmp_path / "said"
    program = (
        "for a in asked[:3]: say(id=a['id'], text='訳：' + a['text'])\n"
        f"open({str(file)!r}, 'w').write('3')\n" + WAIT
    )
    engine = gated(command(tmp_path, program))
    paid = Paid(tmp_path, tmp_path / "build/paid.db")

    def interrupt() -> None:
        _await(file)
        press_ctrl_c()

    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        send(sentences(10), engine, paid=paid)
    assert estimate(sentences(10), engine, paid=paid).kept == 3


def _await(file: Path) -> None:
    for _moment in range(1000):
        if file.exists() and file.read_text():
            break
        time.sleep(0.01)


def _gone(process: int) -> bool:
    for _moment in range(500):
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat")
            if state.exists() and ") Z" in state.read_text():
                return True
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    return False


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("", "engine-command-missing"),
        ("   ", "engine-command-missing"),
        ("no-such-program-anywhere", "engine-command-unknown"),
        ("./program.py", "engine-command-unknown"),
        ("folder/program.py", "engine-command-unknown"),
        ("/no/such/file", "engine-command-unknown"),
        ('"unclosed', "engine-command-unknown"),
    ],
)
def test_a_program_is_named_in_full_or_installed(
    words: str, rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for file in (tmp_path / "program.py", tmp_path / "folder/program.py"):
        file.write_text("#!/bin/sh\n")
        file.chmod(0o755)
    with pytest.raises(ActesError) as caught:
        Command({VARIABLE: words, "PATH": os.environ["PATH"]})
    assert caught.value.problems[0].rule == rule


def test_a_program_of_this_folder_is_not_found_through_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "translate-it").write_text("#!/bin/sh\n")
    (tmp_path / "translate-it").chmod(0o755)
    for path in (".", "", f".{os.pathsep}/usr/bin"):
        with pytest.raises(ActesError):
            Command({VARIABLE: "translate-it", "PATH": path})
