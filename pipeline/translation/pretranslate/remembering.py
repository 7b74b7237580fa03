"""The memory of a run: of each text that is read, and of those that may hold what is asked.

After an edit few units are asked for, and few texts hold one of them. Only these are read; what the
index held of the others stays, and what it did not is left for a run that needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from pipeline import files
from pipeline.errors import ActesError
from pipeline.texts.read import Text, read_texts
from pipeline.texts.source import MAX_BYTES
from pipeline.translation.memory.desk import tmx_inputs
from pipeline.translation.memory.entries import Entry, Input
from pipeline.translation.memory.gather import entries_of, input_digest, workspace_inputs
from pipeline.translation.memory.index import Memory, open_memory
from pipeline.translation.pretranslate.reading import Reading
from pipeline.translation.pretranslate.tasks import Ask
from pipeline.workspace.characters import compose_accents
from pipeline.workspace.layout import TextFile
from pipeline.workspace.load import Workspace

_MOST = 100_000  # looks for a unit in a text; beyond, all texts are read
_MARKS = str.maketrans("", "", ">|\\")

_Pair = tuple[TextFile, TextFile]


class Remembering:
    """The memory of the texts of ``reading``, opened when something is first asked of it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._left = list(_unread(reading))
        self._shelf = _Shelf(reading.workspace)
        self._memory: Memory | None = None

    def __call__(self, asks: Sequence[Ask]) -> Memory:
        """The memory with everything that translates one of ``asks``, cosmetics aside."""
        units = {bare(ask.text) for ask in asks} if self._left else set()
        if len(units) * len(self._left) > _MOST:
            found = self._left
        else:
            found = [pair for pair in self._left if self._shelf.may_hold(pair, units)]
        if self._memory is None or found:
            chosen = set(found)
            self._left = [pair for pair in self._left if pair not in chosen]
            self._shelf.pairs += found
            self._memory = self._opened()
        return self._memory

    def _opened(self) -> Memory:
        if self._memory is not None:
            self._memory.close()
        reading, workspace = self._reading, self._reading.workspace
        inputs = [
            *workspace_inputs(reading.works),
            *tmx_inputs(workspace.root, workspace.event.languages),
            *map(self._input, self._shelf.pairs),
        ]
        others = map(self._input, self._left)
        index = workspace.build / "cache" / "memory.sqlite"
        return open_memory(workspace.root, index, inputs, others)

    def _input(self, pair: _Pair) -> Input:
        original, file = pair
        digests = self._reading.inputs
        digest = input_digest(original.path, digests[original.path], digests[file.path])
        return Input(file.path, digest, partial(self._shelf.entries, *pair))


def bare(text: str) -> str:
    """A text without white space, and without what begins its lines in a quotation or a table.

    What a unit says is in a file that holds it, however that wraps or quotes it:

    >>> bare("La ville\\u00a0: un marché") in bare("> La ville :\\n> un\\n> marché ouvre.")
    True
    """
    return "".join(compose_accents(text).split()).translate(_MARKS)


def _unread(reading: Reading) -> Iterable[_Pair]:
    """Originals and counterparts that were in order, and so not read; confidential ones apart."""
    for key, text in sorted(reading.known.items()):
        there = {file.language: file for file in reading.found if file.key == key}
        original = there.get(text.original)
        for tag, file in sorted(there.items()):
            if original is not None and not text.confidential and tag != text.original:
                yield original, file


@dataclass
class _Shelf:
    """Originals and counterparts that only the memory wants (``pairs``), read when it asks for one.

    It asks for few or for nearly all: each time it does, twice as many are read at once.
    """

    workspace: Workspace
    pairs: list[_Pair] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)
    many: int = 1

    def may_hold(self, pair: _Pair, units: Iterable[str]) -> bool:
        """Whether a counterpart may translate one of some units (`bare`)."""
        said = [self._said(file) for file in pair]
        return any(unit in text for unit in units for text in said)

    def _said(self, file: TextFile) -> str:
        """The file, `bare`; nothing where it cannot be read, as it then says nothing."""
        if file.path not in self.said:
            try:
                root = self.workspace.root
                content = files.read_bytes(root, root / file.path, MAX_BYTES)
            except ActesError:
                content = b""
            self.said[file.path] = bare(content.decode("utf-8", "replace"))
        return self.said[file.path]

    def entries(self, original: TextFile, file: TextFile) -> Iterable[Entry]:
        """The entries of a counterpart; none where either text cannot be read."""
        if file.path not in self.seen:
            start = self.pairs.index((original, file))
            some = self.pairs[start : start + self.many]
            self.many *= 2
            self.seen |= {counterpart.path for _original, counterpart in some}
            wanted = list(dict.fromkeys(text for pair in some for text in pair))
            self.texts |= read_texts(self.workspace, wanted, segments_only=True).texts
        if original.path not in self.texts or file.path not in self.texts:
            return []
        return entries_of(self.texts[original.path], self.texts[file.path])
