"""The jobs of the editions, done side by side; what fails does not stop the others.

Where the system can fork, each edition has a process of its own: what a book is merged and composed
by holds the interpreter's lock, and two editions would wait for each other. Elsewhere they share
threads. Either way the files are the same, and only this process writes them.

Such a process and all it starts are a process group, so that one signal ends it whole, and it ends
itself when the process that began it is gone: nobody is left at work.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import selectors
import signal
import sys
import threading
import traceback
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import NoReturn

from pipeline.errors import ActesError, Exit, Place, Problem
from pipeline.publishing.jobs import Job, Say

# macOS has fork, but its system libraries do not survive it (CPython issue 77906).
FORKS = hasattr(os, "fork") and sys.platform != "darwin"
_CHUNK = 1024 * 1024
Editions = Mapping[str, Mapping[str, Job]]


@dataclass(frozen=True)
class Outcome:
    """What became of the file ``name``: its content, or none, and the problems on the way.

    ``code`` is what a job that failed asks for beyond its problems.
    """

    name: str
    content: bytes | None
    problems: tuple[Problem, ...] = ()
    code: Exit = Exit.OK


Outcomes = Generator[Outcome, None, None]


def outcomes(editions: Editions, say: Say, apart: bool = FORKS) -> Outcomes:
    """Do the jobs of every edition (by file name); the outcomes as they come.

    ``apart`` gives each edition a process of its own when there are several. Whatever a job raises
    beside ActesError is raised here, and ends the others.
    """
    if apart and len(editions) > 1:
        return _in_processes(editions, say)
    jobs = {name: job for found in editions.values() for name, job in found.items()}
    return _in_threads(jobs, 2, say)


def _in_threads(jobs: Mapping[str, Job], workers: int, say: Say) -> Outcomes:
    def run(name: str) -> Outcome:
        say(name)
        return _done(name, jobs[name])

    with ThreadPoolExecutor(workers) as pool:
        try:
            for future in as_completed([pool.submit(run, name) for name in _longest_first(jobs)]):
                yield future.result()
        except BaseException:  # Ctrl-C: what has not begun does not begin
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _done(name: str, job: Job) -> Outcome:
    left_out: list[Problem] = []
    try:
        content = job(left_out)
    except ActesError as error:
        return Outcome(name, None, (*left_out, *error.problems), error.code)
    return Outcome(name, content, tuple(left_out))


def _longest_first(jobs: Mapping[str, Job]) -> Sequence[str]:
    return sorted(jobs, key=lambda name: (not name.endswith(".pdf"), name))


# -- an edition in a process of its own -----------------------------------------------------------


@dataclass
class _Child:
    """A process at work: what it is to make, and what it has said so far."""

    process: int
    names: tuple[str, ...]
    said: bytearray = field(default_factory=bytearray)

    def end(self) -> None:
        """End it and all it has started, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)

    def outcomes(self) -> Sequence[Outcome]:
        """Its answer, once it has ended by itself; raises what stopped it."""
        os.waitpid(self.process, 0)
        try:
            answer = pickle.loads(self.said)  # noqa: S301 - from this very program
        except (pickle.UnpicklingError, EOFError):  # it was killed, for want of memory perhaps
            crash = Problem("edition-crashed", Place(""), {"names": ", ".join(self.names)})
            return [Outcome(name, None, (crash,)) for name in self.names]
        if isinstance(answer, BaseException):
            raise answer
        return list(answer)


def _in_processes(editions: Editions, say: Say) -> Outcomes:
    cores = os.cpu_count() or 1
    threads = -(-cores // len(editions))  # no core is left without work
    waiting = list(editions.values())
    alive, alive_here = os.pipe()  # closed by the system when this process is gone
    children: dict[int, _Child] = {}
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or children:
                while waiting and len(children) <= cores:
                    jobs = waiting.pop(0)
                    for name in jobs:
                        say(name)
                    answer, child = _fork(jobs, threads, alive)
                    children[answer] = child
                    selector.register(answer, selectors.EVENT_READ)
                for key, _events in selector.select():
                    chunk = os.read(key.fd, _CHUNK)
                    children[key.fd].said += chunk
                    if not chunk:
                        selector.unregister(key.fd)
                        os.close(key.fd)
                        yield from children.pop(key.fd).outcomes()
        finally:
            for child in children.values():
                child.end()
            for descriptor in (*children, alive, alive_here):
                os.close(descriptor)


def _fork(jobs: Mapping[str, Job], threads: int, alive: int) -> tuple[int, _Child]:
    answer, to_parent = os.pipe()
    # Ctrl-C in a child that is still its parent's copy would clear away what its parent works with.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process = os.fork()
    if not process:
        _work(jobs, threads, alive, to_parent)
    with contextlib.suppress(OSError):  # whoever of the two comes first
        os.setpgid(process, process)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(to_parent)
    return answer, _Child(process, tuple(jobs))


def _work(jobs: Mapping[str, Job], threads: int, alive: int, to_parent: int) -> NoReturn:
    """All that a child does. It never returns: what its parent was about is not its business."""
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _keep_only(alive, to_parent)
        threading.Thread(target=_end_with_parent, args=(alive,), daemon=True).start()
        content = pickle.dumps(_answer(jobs, threads))
        with os.fdopen(to_parent, "wb") as file:
            file.write(content)
    finally:
        os._exit(0)


def _keep_only(*descriptors: int) -> None:
    """Close what else was open: the lock of the workspace is not to outlive its holder."""
    last = 3  # the three standard streams stay
    for descriptor in sorted(descriptors):
        os.closerange(last, descriptor)
        last = descriptor + 1
    os.closerange(last, os.sysconf("SC_OPEN_MAX"))


def _end_with_parent(alive: int) -> None:
    os.read(alive, 1)
    os.killpg(0, signal.SIGKILL)


def _answer(jobs: Mapping[str, Job], threads: int) -> list[Outcome] | BaseException:
    try:
        return list(_in_threads(jobs, threads, lambda _words: None))
    except BaseException as error:
        error.add_note(traceback.format_exc())
        return error
