"""What one counterpart lacks: its segments and metadata values, taken apart into units.

Pure: from texts that were read to questions (`Ask`), and from answers to proposals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.texts.definitions import TARGET
from pipeline.texts.read import Text
from pipeline.texts.segments import definitions
from pipeline.translation import update
from pipeline.translation.decide import Proposal
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.front import update as front
from pipeline.translation.markup.units import Template, extract, fill
from pipeline.workspace.layout import TextFile

_PROSE_FIELDS = frozenset({"abstract"})


@dataclass(frozen=True)
class Ask:
    """A unit that wants a translation, with what helps to find the right one.

    ``context`` is what the unit before it says, None for a metadata value; ``within`` is the path
    of the original; ``labels`` are those of the text's link definitions.
    """

    source: str
    target: str
    text: str
    prose: bool
    confidential: bool
    labels: frozenset[str] = frozenset()
    context: str | None = field(default=None, compare=False)
    within: str = field(default="", compare=False)

    @property
    def before(self) -> str | None:
        """The fingerprint of the unit before it, as the memory keeps it (see `memory.entries`)."""
        return fingerprint(self.context) if self.context else self.context


Answers = Mapping[Ask, str]
Remarks = Callable[[str, str, Sequence[Ask]], str]
"""From a source segment, its translation and its units to what a person should know, in words."""


@dataclass(frozen=True)
class Task:
    """A counterpart to write or to bring up to date: ``counterpart`` is None where none is there.

    ``segments`` are the indices of the original's segments that want a translation, ``fields`` the
    metadata values that do, by name.
    """

    original: Text
    file: TextFile
    counterpart: Text | None
    segments: tuple[int, ...]
    fields: Mapping[str, str]

    @cached_property
    def templates(self) -> Mapping[int, Template]:
        """The wanted segments taken apart."""
        return {index: extract(self.original.body.segments[index]) for index in self.segments}

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """Every unit that wants a translation, in the text's order; metadata first."""
        return (*(self._of_field(name, text) for name, text in self.fields.items()),
                *(ask for asks in self._of_segments.values() for ask in asks))  # fmt: skip

    def _of_field(self, name: str, text: str) -> Ask:
        return self._ask(text, name in _PROSE_FIELDS, frozenset(), None)

    @cached_property
    def _of_segments(self) -> Mapping[int, tuple[Ask, ...]]:
        labels = frozenset(_labels(self.original))
        found: dict[int, tuple[Ask, ...]] = {}
        last = ""
        for index, segment in enumerate(self.original.body.segments):
            wanted = index in self.templates
            template = self.templates[index] if wanted else extract(segment)
            asks = []
            for unit in template.units:
                asks.append(self._ask(unit.text, unit.prose, labels, last))
                last = unit.text if unit.text.strip() else last
            if wanted:
                found[index] = tuple(asks)
        return found

    def _ask(self, text: str, prose: bool, labels: frozenset[str], context: str | None) -> Ask:
        languages = self.original.file.language, self.file.language
        confidential = self.original.metadata.confidential
        within = self.original.file.path
        return Ask(*languages, text, prose, confidential, labels, context, within)

    def proposals(self, answers: Answers, remarks: Remarks) -> Mapping[int, Proposal]:
        """A proposal for each segment whose units are all answered."""
        found: dict[int, Proposal] = {}
        for index, template in self.templates.items():
            given = [answers.get(ask) for ask in self._of_segments[index]]
            whole = [answer for answer in given if answer is not None]
            if len(whole) == len(given):
                source = update.shown(self.original.body.segments[index])
                text = fill(template, whole).strip("\r\n")
                found[index] = Proposal(text, remarks(source, text, self._of_segments[index]))
        return found

    def values(self, answers: Answers) -> Mapping[str, str]:
        """A proposal for each metadata value that is answered."""
        found = {n: answers.get(self._of_field(n, text)) for n, text in self.fields.items()}
        return {name: answer for name, answer in found.items() if answer is not None}


def task(original: Text, file: TextFile, counterpart: Text | None, retranslate: bool) -> Task:
    """What the counterpart ``file`` of ``original`` lacks."""
    there = counterpart.body.segments if counterpart else ()
    segments = update.wanted(original.body.segments, there, retranslate)
    metadata = counterpart.metadata if counterpart else None
    fields = front.wanted(original.metadata, metadata, retranslate)
    return Task(original, file, counterpart, segments, fields)


def _labels(text: Text) -> Iterable[str]:
    for segment in definitions(text.body.segments):
        target = TARGET.match(segment.raw)
        if target:
            yield target[1]


def asked(tasks: Sequence[Task]) -> tuple[Ask, ...]:
    """The questions of all tasks, each once, in order."""
    return tuple(dict.fromkeys(ask for task in tasks for ask in task.asks))
