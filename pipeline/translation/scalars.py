"""Where the scalars of a YAML text stand, so that one can be changed and nothing else moves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_COLON = re.compile(r"\s*:")
_HEADER = re.compile(r"[|>][^\s#]*([ \t]+#[^\r\n]*)?")
_BREAK = re.compile(r"\r\n|\n|\r|\Z")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")

Path = tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A key whose value is a scalar: where the key begins, where the value begins and ends.

    ``flow`` tells that it stands between braces, ``block`` that its value is a ``|`` or ``>``
    block, whose end is the beginning of a line.
    """

    key: int
    start: int
    end: int
    flow: bool
    block: bool


@dataclass(frozen=True, order=True)
class Change:
    """Put ``new`` in the place of ``text[start:end]``."""

    start: int
    end: int
    new: str


def entries(text: str) -> Mapping[Path, Mapping[str, Entry]]:
    """The entries of every mapping of a YAML document that `workspace.yaml` has accepted.

    >>> entries("a: {b: c}")[("a",)]["b"].start
    7
    """
    from ruamel.yaml import YAML

    found: dict[Path, dict[str, Entry]] = {}
    events = iter(YAML(typ="safe", pure=True).parse(text))
    for event in events:
        if _kind(event) == "DocumentStartEvent":
            _walk(text, next(events), events, (), found)
    return found


def _kind(event: Any) -> str:
    return type(event).__name__


def _walk(
    text: str, event: Any, events: Iterator[Any], path: Path, found: dict[Path, dict[str, Entry]]
) -> None:
    if _kind(event) == "SequenceStartEvent":
        while _kind(item := next(events)) != "SequenceEndEvent":
            _walk(text, item, events, (*path, "-"), found)
    if _kind(event) != "MappingStartEvent":
        return
    here = found.setdefault(path, {})
    while _kind(key := next(events)) != "MappingEndEvent":
        value = next(events)
        if _kind(value) == "ScalarEvent":
            start, end = value.start_mark.index, value.end_mark.index
            colon = _COLON.match(text, key.end_mark.index)
            if start == end and colon:  # absent: to the parser, it is where the next thing begins
                start = end = colon.end()
            flow, block = bool(event.flow_style), value.style in ("|", ">")
            here[key.value] = Entry(key.start_mark.index, start, end, flow, block)
        else:
            _walk(text, value, events, (*path, key.value), found)


def quoted(value: str) -> str:
    """``value`` as a double-quoted scalar of one line."""
    plain = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", plain)


def changed(text: str, changes: Iterable[Change]) -> str:
    """``text`` with changes made that do not overlap; the later place first, lest places move."""
    for change in sorted(changes, reverse=True):
        text = text[: change.start] + change.new + text[change.end :]
    return text


def set_to(text: str, entry: Entry, scalar: str) -> Change:
    """The whole value of ``entry`` replaced by ``scalar``, however it was written."""
    space = " " if text[entry.start - 1 : entry.start] == ":" and entry.start == entry.end else ""
    header = _HEADER.match(text, entry.start) if entry.block else None
    tail = (header[1] or "") + _eol(text) if header else ""
    return Change(entry.start, entry.end, space + scalar + tail)


def added_after(text: str, entry: Entry, scalar: str, key: str, value: str) -> list[Change]:
    """The value of ``entry`` replaced by ``scalar``, and a new entry after it."""
    if entry.flow:
        return [set_to(text, entry, f"{scalar}, {key}: {value}")]
    indent = " " * (entry.key - _line_start(text, entry.key))
    line = f"{_eol(text)}{indent}{key}: {value}"
    if entry.block:
        return [set_to(text, entry, scalar + line)]
    end = _line_end(text, entry.end).start()
    return [set_to(text, entry, scalar), Change(end, end, line)]


def removed(text: str, mapping: Mapping[str, Entry], keys: Iterable[str]) -> Mapping[str, Change]:
    """The removals of ``keys`` that take nothing else along (a comment, say); others stay."""
    unwanted = [key for key in keys if key in mapping and not _remarked(text, mapping[key])]
    if any(entry.flow for entry in mapping.values()):
        return _removed_from_flow(text, mapping, unwanted)
    lines = {key: _removed_lines(text, mapping[key]) for key in unwanted}
    return {key: change for key, change in lines.items() if change is not None}


def _remarked(text: str, entry: Entry) -> bool:
    """Whether a comment stands between the key and its value."""
    header = _HEADER.match(text, entry.start) if entry.block else None
    return "#" in text[entry.key : entry.start] or bool(header and header[1])


def _removed_lines(text: str, entry: Entry) -> Change | None:
    begin = _line_start(text, entry.key)
    if text[begin : entry.key].strip():
        return None
    if entry.block:
        return Change(begin, entry.end, "")
    line_end = _line_end(text, entry.end)
    return None if text[entry.end : line_end.start()].strip() else Change(begin, line_end.end(), "")


def _removed_from_flow(
    text: str, mapping: Mapping[str, Entry], unwanted: Sequence[str]
) -> Mapping[str, Change]:
    """Each with the comma that follows it; the last ones with the comma before them."""
    names = list(mapping)
    places = list(mapping.values())
    gaps = [text[one.end : two.key] for one, two in pairwise(places)]
    if any(not re.fullmatch(r"\s*,\s*", gap) for gap in gaps):
        return {}
    last = len(names)
    while last and names[last - 1] in unwanted:
        last -= 1
    changes = {
        name: Change(mapping[name].key, places[index + 1].key, "")
        for index, name in enumerate(names[:last])
        if name in unwanted
    }
    for index in range(max(last, 1), len(names)):
        changes[names[index]] = Change(places[index - 1].end, places[index].end, "")
    return changes


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _line_end(text: str, place: int) -> re.Match[str]:
    match = _BREAK.search(text, place)
    assert match is not None  # noqa: S101 - the end of the text is one
    return match


def _eol(text: str) -> str:
    return _line_end(text, 0)[0] or "\n"
