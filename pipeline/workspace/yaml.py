"""Reading YAML that a stranger may have written.

The parse events are walked one by one, so that anchors (alias bombs), tags (object construction),
deep nesting and oversized files are refused before anything is built. Scalars stay strings: the
schema says what is a number or a date, so that `title: 2024` or `no` keep their spelling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import ActesError, Place, Problem, stop
from pipeline.workspace import characters, yaml_plain
from pipeline.workspace.yaml_slips import slips

MAX_BYTES = 64 * 1024
MAX_DEPTH = 20
_MOST = 50  # problems of one kind listed for one file

Path = tuple[str | int, ...]
Value = dict[str, Any] | list[Any] | str | None


@dataclass(frozen=True)
class Document:
    """A YAML document: its value, and the place of each key and item by its path.

    Hidden characters, also those written as escapes, are not in the value but in ``hidden``.
    """

    file: str
    value: Value
    places: dict[Path, Place] = field(default_factory=dict)
    hidden: tuple[Problem, ...] = ()  # characters that were taken out of it

    def place(self, path: Path) -> Place:
        """The place of ``path``, or of the nearest ancestor that has one."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file, 1, 1))


def parse(text: str, file: str, line_offset: int = 0, limit: int = MAX_BYTES) -> Document:
    """Parse one YAML document; ``line_offset`` is what precedes it in the file, in lines.

    Raises ActesError with one of ``yaml-too-large``, ``yaml-syntax``, ``yaml-anchor``,
    ``yaml-tag``, ``yaml-too-deep``, ``yaml-duplicate-key``, ``yaml-several-documents``, or all of
    the usual slips (`yaml_slips`) at once.
    """
    if len(text) > limit:
        raise stop("yaml-too-large", file, limit=limit)
    pile = characters.ACCENTS.search(text)
    if pile:
        raise stop("text-accents", Place(file, text.count("\n", 0, pile.start()) + 1 + line_offset))
    usual = yaml_plain.read(text, file, line_offset)
    return Document(file, *usual) if usual else _parsed(text, file, line_offset)


def _parsed(text: str, file: str, line_offset: int) -> Document:
    """The document by the parser of YAML, whatever is in it; raises as `parse`."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return _Builder(file, line_offset).build(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        found = slips(text, file, line_offset, mark.line if mark else None)
        if found:
            raise ActesError(found) from None
        place = _place(file, line_offset, mark) if mark else Place(file)
        raise stop("yaml-syntax", place, reason=error.problem or "") from None
    except (YAMLError, ValueError) as error:
        position = getattr(error, "position", None)  # of a character that YAML forbids
        line = text.count("\n", 0, position) + 1 + line_offset if position is not None else 0
        reason = characters.printable(str(error).splitlines()[0])
        raise stop("yaml-syntax", Place(file, line), reason=reason) from None


def _place(file: str, offset: int, mark: Any) -> Place:
    return Place(file, mark.line + 1 + offset, mark.column + 1)


class _Builder:
    """Builds values from parse events, noting places; one use each."""

    def __init__(self, file: str, line_offset: int) -> None:
        self.file = file
        self.offset = line_offset
        self.places: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self.hidden: list[Problem] = []

    def build(self, events: Iterator[Any]) -> Document:
        value: Value = None
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise stop("yaml-several-documents", self._at(event))
                value = self._value(next(events), events, ())
        if self.problems:
            raise ActesError(self.problems[:_MOST])
        return Document(self.file, value, self.places, tuple(self.hidden[:_MOST]))

    def _at(self, event: Any) -> Place:
        return _place(self.file, self.offset, event.start_mark)

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Value:
        kind = type(event).__name__
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            raise stop("yaml-anchor", self._at(event))
        if getattr(event, "tag", None):
            raise stop("yaml-tag", self._at(event), tag=str(event.tag))
        if len(path) >= MAX_DEPTH:
            raise stop("yaml-too-deep", self._at(event), limit=MAX_DEPTH)
        self.places.setdefault(path, self._at(event))
        if kind == "MappingStartEvent":
            return self._mapping(events, path)
        if kind == "SequenceStartEvent":
            return self._sequence(events, path)
        plain_null = event.style is None and event.value in ("", "~", "null")
        return None if plain_null else self._visible(event)

    def _visible(self, event: Any) -> str:
        """A scalar without hidden characters, each of which is noted."""
        value = characters.compose_accents(str(event.value))
        if value.isascii() and value.isprintable():
            return value
        place = self._at(event)
        for rule, code, _line, _column in characters.hidden(value):
            self.hidden.append(Problem(rule, place, {"code": code}))
        return characters.visible(value)

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while type(event := next(events)).__name__ != "MappingEndEvent":
            if type(event).__name__ != "ScalarEvent":
                raise stop("yaml-syntax", self._at(event), reason="a key must be a word")
            key = self._visible(event)
            where = self._at(event)
            if key in result:
                self.problems.append(Problem("yaml-duplicate-key", where, {"key": key}))
            self.places[(*path, key)] = where
            result[key] = self._value(next(events), events, (*path, key))
        return result

    def _sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        result: list[Any] = []
        while type(event := next(events)).__name__ != "SequenceEndEvent":
            result.append(self._value(event, events, (*path, len(result))))
        return result
