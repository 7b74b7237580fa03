"""A process that has loaded the program once, and forks a command from itself whenever one is wanted.

Loading the program takes longer than most commands do, and the tests run thousands. A command born
here is one in all that they look at: a process of its own, with its own arguments, folder,
environment and files, a session of its own, killed and waited for like any other. It is a child of
the tests: the process between them dies at once, and orphans come to the tests (a "subreaper", which
Linux has; elsewhere, and where a new interpreter is the point, `launch` starts one).
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER, <linux/prctl.h>
_ROOM = 1024 * 1024  # of a request: an environment and arguments
UNSYNCED = "ACTES_TEST_UNSYNCED"
"""Set for a command that need not wait for the disk: it runs to its end, and the power stays on."""


@cache
def line() -> socket.socket | None:
    """The line to this process's nursery; none where the system cannot give us its children."""
    if sys.platform != "linux" or ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0) != 0:
        return None
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    number = theirs.fileno()
    process = subprocess.Popen(
        [sys.executable, "-c", f"from tests.support.nursery import serve; serve({number})"],
        cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        pass_fds=[number], start_new_session=True,
    )  # fmt: skip
    process.returncode = 0  # nobody waits for it: it ends when our end of the line closes
    theirs.close()
    atexit.register(ours.close)
    return ours


def born(
    to: socket.socket,
    arguments: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str],
    files: Sequence[int],
) -> int:
    """The number of a new process that runs `actes`; ``files`` are its input, output and errors."""
    wanted = json.dumps([list(arguments), str(cwd), dict(environment)]).encode()
    socket.send_fds(to, [wanted], list(files))
    number = int(to.recv(32))
    to.recv(1)  # the process between is gone: the new one is ours to wait for
    return number


# -- in the nursery -------------------------------------------------------------------------------


def serve(number: int) -> None:
    """Load the program, then fork a command a request until the line closes; in it, run `actes`."""
    requests = socket.socket(fileno=number)
    _load()
    gc.freeze()
    while True:
        wanted, files, _flags, _address = socket.recv_fds(requests, _ROOM, 3)
        if not wanted:
            return
        between = os.fork()
        if not between:
            break
        os.waitpid(between, 0)
        requests.send(b".")
        for file in files:
            os.close(file)
    child = os.fork()
    if child:
        requests.send(str(child).encode())
        os._exit(0)
    requests.close()
    _become(*json.loads(wanted), files)


def _load() -> None:
    import click  # noqa: F401 - what the commands themselves, loaded by each, are made with

    import pipeline
    from pipeline import program
    from pipeline.publishing.warm import warm
    from pipeline.wording import catalogue
    from pipeline.workspace.languages import load_language, own_markup

    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not module.name.startswith("pipeline.cli"):  # whose help is in the caller's language
            importlib.import_module(module.name)
    # What a process keeps of the program's own files and packages, which no test changes.
    catalogue()
    program.code()
    own_markup()
    warm(load_language(REPOSITORY, tag) for tag in ("fr", "ja"))


def _become(
    arguments: list[str], cwd: str, environment: dict[str, str], files: Sequence[int]
) -> None:
    """Run `actes`, and end as the interpreter ends, but that nothing is freed: to take apart all that
    the nursery has loaded takes three times as long as a short command."""
    from pipeline.cli.main import main

    os.setsid()
    for target, file in enumerate(files):
        os.dup2(file, target)
        os.close(file)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    if os.environ.pop(UNSYNCED, None):
        os.fsync = lambda _file: None
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        main(arguments)
    except SystemExit as end:  # anything else ends it as it ends any program
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # nobody is left who could catch it
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code)  # type: ignore[arg-type] - a number: see `main`
