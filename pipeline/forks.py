"""Work done side by side, each piece in a process of its own where the system has fork.

Such a process holds all that its parent held when it was forked, and gives back one answer. It and
all it starts are a process group, so that one signal ends it whole, and it ends itself when the
process that began it is gone: nobody is left at work.
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
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

# macOS has fork, but its system libraries do not survive it (CPython issue 77906).
FORKS = hasattr(os, "fork") and sys.platform != "darwin"
_CHUNK = 1024 * 1024
T = TypeVar("T")


_sharing = 1  # how many processes such as this one the cores are for


def cores() -> int:
    """How many processes this one can have at work at once."""
    return max(1, (os.cpu_count() or 1) // _sharing)


@dataclass
class _Child:
    """A process at work: which piece it has, and what it has said so far."""

    process: int
    piece: int
    said: bytearray = field(default_factory=bytearray)

    def end(self) -> None:
        """End it and all it has started, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)

    def answer(self) -> Any:
        """Its answer, once it has ended by itself; None from one that was killed."""
        os.waitpid(self.process, 0)
        try:
            answer, error = pickle.loads(self.said)  # noqa: S301 - from this very program
        except (pickle.UnpicklingError, EOFError):  # for want of memory perhaps
            return None
        if error is not None:
            raise error
        return answer


def answers(pieces: Iterable[Callable[[], T]], most: int) -> Generator[tuple[int, T | None]]:
    """Do pieces of work, ``most`` at once: the number and answer of each, as they come.

    The answer is None where the process was killed. Whatever a piece raises is raised here, and
    ends the others, as does who stops listening. A piece is taken when its turn comes.
    """
    waiting = enumerate(pieces)
    alive, alive_here = os.pipe()  # closed by the system when this process is gone
    children: dict[int, _Child] = {}
    with selectors.DefaultSelector() as selector:
        try:
            while True:
                while len(children) < most and (next_ := next(waiting, None)):
                    descriptor, child = _forked(*next_, alive, most)
                    children[descriptor] = child
                    selector.register(descriptor, selectors.EVENT_READ)
                if not children:
                    return
                for key, _events in selector.select():
                    chunk = os.read(key.fd, _CHUNK)
                    children[key.fd].said += chunk
                    if not chunk:
                        selector.unregister(key.fd)
                        os.close(key.fd)
                        child = children.pop(key.fd)
                        yield child.piece, child.answer()
        finally:
            for child in children.values():
                child.end()
            for descriptor in (*children, alive, alive_here):
                os.close(descriptor)


def _forked(piece: int, work: Callable[[], object], alive: int, many: int) -> tuple[int, _Child]:
    answer, to_parent = os.pipe()
    # Ctrl-C in a child that is still its parent's copy would clear away what its parent works with.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process = os.fork()
    if not process:
        _work(work, alive, to_parent, many)
    with contextlib.suppress(OSError):  # whoever of the two comes first
        os.setpgid(process, process)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(to_parent)
    return answer, _Child(process, piece)


def _work(work: Callable[[], object], alive: int, to_parent: int, many: int) -> NoReturn:
    """All that a child does. It never returns: what its parent was about is not its business."""
    global _sharing  # noqa: PLW0603 - a process that has just begun
    try:
        _sharing = many
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _keep_only(alive, to_parent)
        threading.Thread(target=_end_with_parent, args=(alive,), daemon=True).start()
        content = pickle.dumps(_done(work))
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


def _done(work: Callable[[], object]) -> tuple[object, BaseException | None]:
    try:
        return work(), None
    except BaseException as error:
        error.add_note(traceback.format_exc())
        return None, error
