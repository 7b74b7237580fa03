"""A YAML text made to say something else, with the fewest lines changed.

What says the same afterwards keeps its bytes, comments too. Lists and mappings are put together
again from the lines of their items; only what got other keys is written anew. Whoever calls must
parse the result and compare: a layout that nobody foresaw comes out wrong, never unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.translation import scalars
from pipeline.translation.front.render import (
    Value,
    entry_lines,
    item_lines,
    own_line_text,
    scalar_text,
)
from pipeline.workspace import characters

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_COLON = re.compile(r"\s*:")
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)
_HEADER = re.compile(r"[|>][^\s#]*[ \t]*")


@dataclass(frozen=True)
class Node:
    """A value of a document with its lines.

    ``text[begin:end]`` are its lines, comments above it included. ``entry`` is where a scalar
    stands; ``children`` are a collection's values, by key in a mapping and by number in a list.
    ``name`` is the place of its key, ``spans`` the places of all keys and scalars in it.
    """

    begin: int
    end: int
    column: int
    flow: bool = False
    name: tuple[int, int] = (0, 0)
    entry: scalars.Entry | None = None
    children: Mapping[str | int, Node] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()


def rewritten(text: str, old: Mapping[str, Value], new: Mapping[str, Value]) -> str | None:
    """``text``, which says ``old``, made to say ``new``, its keys in the order of ``new``.

    None where it is no block mapping.
    """
    eol = _eol(text)
    whole = text if text.endswith(("\n", "\r")) else text + eol
    root = _tree(whole)
    if root is None or root.flow or not root.children:
        return None
    first = min(child.begin for child in root.children.values())
    last = max(child.end for child in root.children.values())
    return whole[:first] + _Writer(whole, eol).mapping(root, old, new) + whole[last:]


# -- reading ------------------------------------------------------------------------------------


def _tree(text: str) -> Node | None:
    from ruamel.yaml import YAML

    events = iter(YAML(typ="safe", pure=True).parse(text))
    for event in events:
        if _kind(event) == "DocumentStartEvent":
            return _node(text, next(events), events, 0, None)
    return None


def _kind(event: Any) -> str:
    return type(event).__name__


def _node(text: str, event: Any, events: Iterator[Any], begin: int, key: Any) -> Node:
    """The value that begins with ``event``, below ``key``; its lines begin at ``begin``."""
    name = (key.start_mark.index, key.end_mark.index) if key else (0, 0)
    own = (name,) if key else ()
    if _kind(event) == "ScalarEvent":
        entry = _entry(text, event, key)
        header = _HEADER.match(text, entry.start) if entry.block else None
        end = entry.end if entry.block else _line_end(text, entry.end)
        spans = (*own, (header.end() if header else entry.start, entry.end))
        return Node(begin, end, 0, False, name, entry, spans=spans)
    children: dict[str | int, Node] = {}
    at = _line_start(text, event.start_mark.index)
    while not _kind(item := next(events)).endswith("EndEvent"):
        named = item if _kind(event) == "MappingStartEvent" else None
        child = _node(text, next(events) if named else item, events, at, named)
        children[_visible(item.value) if named else len(children)] = child
        at = child.end
    flow = bool(event.flow_style)
    end = _line_end(text, item.end_mark.index) if flow else at
    spans = (*own, *(span for child in children.values() for span in child.spans))
    return Node(begin, end, event.start_mark.column, flow, name, None, children, spans)


def _entry(text: str, event: Any, key: Any) -> scalars.Entry:
    start, end = event.start_mark.index, event.end_mark.index
    colon = _COLON.match(text, key.end_mark.index) if key else None
    if start == end and colon:  # absent: to the parser, it is where the next thing begins
        start = end = colon.end()
    place = key.start_mark.index if key else start
    return scalars.Entry(place, start, end, False, event.style in ("|", ">"))


def _visible(key: str) -> str:
    """A key as `workspace.yaml` gives it."""
    return characters.visible(characters.compose_accents(key))


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _line_end(text: str, place: int) -> int:
    match = _LINE.match(text, place)
    return match.end() if match else place


def _eol(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


# -- putting together ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Writer:
    """Puts the lines of a text together again."""

    text: str
    eol: str

    def mapping(self, node: Node, old: Mapping[str, Value], new: Mapping[str, Value]) -> str:
        """The lines of a block mapping that shall say ``new``; renamed entries keep theirs."""
        origins = _origins_by_key(old, new)
        parts = []
        for key, value in new.items():
            origin = origins[key]
            if origin is None:
                parts.append(self._fresh(entry_lines(key, value), node.column))
            elif origin == key:
                parts.append(self._entry(key, node, old[key], value))
            else:
                parts.append(self._renamed(node.children[origin], key))
        gone = [child for key, child in node.children.items() if key not in origins.values()]
        return "".join([*parts, *self._comments(gone, node.column)])

    def _renamed(self, child: Node, key: str) -> str:
        start, end = child.name
        return self.text[child.begin : start] + scalar_text(key) + self.text[end : child.end]

    def _entry(self, key: str, node: Node, old: Value, new: Value) -> str:
        child = node.children[key]
        patched = self._patched(child, old, new, key)
        return self._anew(child, entry_lines(key, new), node.column) if patched is None else patched

    def _patched(self, child: Node, old: Value, new: Value, key: str | int) -> str | None:
        """The lines of a value with what differs changed in its place, where that can be done."""
        lines = self.text[child.begin : child.end]
        if old == new:
            return lines
        changes = self._changes(child, old, new, key)
        if changes is not None:
            return scalars.changed(
                lines,
                [
                    scalars.Change(c.start - child.begin, c.end - child.begin, c.new)
                    for c in changes
                ],
            )
        item = not child.name[1]  # its first key stands on the line of a dash
        if item or child.flow or not child.children or not new or type(old) is not type(new):
            return None
        first = next(iter(child.children.values())).begin
        inner = self.mapping if isinstance(new, dict) else self._list
        return self.text[child.begin : first] + inner(child, old, new)

    def _changes(
        self, child: Node, old: Value, new: Value, key: str | int
    ) -> list[scalars.Change] | None:
        """The changes of scalars that make ``old`` say ``new``; None where they don't suffice."""
        if child.entry is not None:
            fits = isinstance(new, str) and "\n" not in new and (old is not None or child.name[1])
            if not fits:
                return None
            return [scalars.set_to(self.text, child.entry, own_line_text(key, new))]
        if not isinstance(old, dict) or not isinstance(new, dict) or old.keys() != new.keys():
            return None
        changes: list[scalars.Change] = []
        for name in old:
            if old[name] != new[name]:
                place = "" if child.flow else name
                inner = self._changes(child.children[name], old[name], new[name], place)
                if inner is None:
                    return None
                changes += inner
        return changes

    def _list(self, node: Node, old: Sequence[Value], new: Sequence[Value]) -> str:
        """The lines of a list: an item that is still there keeps its own, wherever it goes."""
        origins = _origins_by_place(old, new)
        parts = []
        for value, origin in zip(new, origins, strict=True):
            if origin is None:
                parts.append(self._fresh(item_lines(value), node.column))
                continue
            child = node.children[origin]
            patched = self._patched(child, old[origin], value, origin)
            lines = item_lines(value)
            parts.append(self._anew(child, lines, node.column) if patched is None else patched)
        gone = [child for number, child in node.children.items() if number not in origins]
        return "".join([*parts, *self._comments(gone, node.column)])

    def _anew(self, child: Node, lines: Iterable[str], column: int) -> str:
        return "".join(self._comments([child], column)) + self._fresh(lines, column)

    def _fresh(self, lines: Iterable[str], column: int) -> str:
        indent = " " * column
        return "".join((f"{indent}{line}" if line else "") + self.eol for line in lines)

    def _comments(self, children: Iterable[Node], column: int) -> list[str]:
        """The comments among the lines of what is written anew or gone, a line each."""
        found = []
        for child in children:
            for match in _COMMENT.finditer(self.text, child.begin, child.end):
                if not any(start <= match.start() < end for start, end in child.spans):
                    found.append(f"{' ' * column}{match[0].rstrip()}{self.eol}")
        return found


def _origins_by_key(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, str | None]:
    """For every new key the old one whose lines it gets: one that says the same, else its own."""
    origins: dict[str, str | None] = {
        key: key for key in new if key in old and old[key] == new[key]
    }
    free = [key for key in old if key not in origins]
    for key in (key for key in new if key not in origins):
        same = next((other for other in free if old[other] == new[key]), None)
        origins[key] = same
        if same is not None:
            free.remove(same)
    for key in free:
        if key in new and origins[key] is None:
            origins[key] = key
    return origins


def _origins_by_place(old: Sequence[Value], new: Sequence[Value]) -> list[int | None]:
    """For every new item the old one it was: the same wherever it stood, else that in its place."""
    free = list(range(len(old)))
    origins: list[int | None] = []
    for value in new:
        same = next((number for number in free if old[number] == value), None)
        origins.append(same)
        if same is not None:
            free.remove(same)
    for place, origin in enumerate(origins):
        if origin is None and place in free:
            origins[place] = place
            free.remove(place)
    return origins
