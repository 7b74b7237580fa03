"""Everything on a shelf read from its beginning to its end, beside whoever asks for a page.

One thread reads, so that no text is read twice at once: what somebody waits for, then the texts
whose comments say that something needs a person, then the others, then the remarks of all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from pipeline import files
from pipeline.errors import ActesError
from pipeline.review.web.sheets import needs
from pipeline.review.web.shelf import Shelf
from pipeline.texts.source import MAX_BYTES

_FIRST_LOT, _LARGEST_LOT = 4, 32
"""Works that are read at once: few while somebody waits for the first, then more and more."""
_BATCH = 25
"""Items whose remarks are found before the thread looks whether somebody asks."""
_TURN = 2.0
"""Seconds that the thread waits for whoever makes a page or takes a decision, at most."""


class Filler:
    """The thread and what it is asked for. It ends when nothing is left to read; `fill` begins
    again where files have changed since."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._news = threading.Condition()
        self._wanted: Sequence[str] = ()
        self._lot = _FIRST_LOT
        self._askers = 0
        self._ended = False
        self._failure: Exception | None = None
        self._thread: threading.Thread | None = None

    def fill(self) -> None:
        """Read what is not read yet, in the background."""
        with self._news:
            if self._ended or (self._thread and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._run, name="filler", daemon=True)
            self._thread.start()

    @property
    def reading(self) -> bool:
        """Whether texts are still to be read."""
        return bool(self._unread())

    def wait(
        self, keys: Sequence[str], enough: Callable[[], bool], seconds: float, *, first: bool
    ) -> None:
        """Wait until of ``keys`` is read what is ``enough``, or all, or too long; with ``first``,
        have them read before all others. Raises what kept the thread from reading."""
        with self._news:
            self._wanted = keys if first else ()
        self.fill()
        with self._news:
            self._news.wait_for(
                lambda: self._failure or enough() or not self._unread(keys), seconds
            )
            failure, self._failure = self._failure, None
        if failure:
            raise failure

    @contextmanager
    def asked(self) -> Iterator[None]:
        """While a page is being made or a decision taken, who asked for it goes first."""
        with self._news:
            self._askers += 1
        try:
            yield
        finally:
            with self._news:
                self._askers -= 1
                self._news.notify_all()

    def end(self) -> None:
        """Stop reading; what is being read is left."""
        with self._news:
            self._ended = True
            self._news.notify_all()

    # -- the thread -------------------------------------------------------------------------------

    def _run(self) -> None:
        steps = self._steps()
        while not self._ended:
            try:
                if not next(steps, False):
                    return
            except Exception as error:  # told to whoever waits, who answers as for any question
                with self._news:
                    self._failure = error
                    self._news.notify_all()
                return
            with self._news:
                self._news.notify_all()
                self._news.wait_for(lambda: not self._askers or self._ended, _TURN)

    def _steps(self) -> Iterator[bool]:
        """One step at a time, True after each: what is not read is read, then all is inspected."""
        claimed = self._claimed()
        inspections = self._inspections()
        while True:
            lot = self._next_lot(claimed)
            if lot:
                self.shelf.read(lot)
                self._lot = min(self._lot * 2, _LARGEST_LOT)
                inspections = self._inspections()
            elif not next(inspections, False):
                return
            yield True

    def _inspections(self) -> Iterator[bool]:
        """The remarks of a few items at a time, True after each; what needs a person first."""
        for chosen in (needs, bool):
            for sheet in self.shelf.sheets():
                names = [item.key for item in sheet.items if chosen(item)]
                for start in range(0, len(names), _BATCH):
                    self.shelf.inspect(sheet.key, names[start : start + _BATCH])
                    yield True

    def _next_lot(self, claimed: Iterator[str]) -> Sequence[str]:
        with self._news:
            wanted = self._unread(self._wanted)[: self._lot]
        return wanted or [*islice(claimed, self._lot)] or self._unread()[: self._lot]

    def _claimed(self) -> Iterator[str]:
        """The works that say themselves that something in them waits, found while they are read."""
        for sheet in self.shelf.sheets():
            if not sheet.read and any(map(self._claims, self.shelf.paths(sheet.key))):
                yield sheet.key

    def _claims(self, path: str) -> bool:
        """Whether a counterpart's comments name another state than « reviewed ». Only the order in
        which texts are read depends on it: what they say is not believed."""
        root = self.shelf.root
        try:
            content = files.read_bytes(root, root / path, MAX_BYTES)
        except ActesError:
            return True
        return any(
            content.count(state) != content.count(state + b"reviewed")
            for state in (b"\n<!-- ", b"state: ")
        )

    def _unread(self, keys: Sequence[str] | None = None) -> Sequence[str]:
        """Those of ``keys`` (all by default) that are on the shelf and not read."""
        there = {sheet.key: sheet.read for sheet in self.shelf.sheets()}
        return [key for key in (there if keys is None else keys) if there.get(key) is False]
