"""Slips of the pen in YAML: what stops its parser, said as a person sees it, all lines at once.

The parser names the sign that it stumbled on, which may stand lines after the slip, and no other
slip of the file. Here lines are looked at one by one, for what people who write with an input
method, a word processor's habits or another language's punctuation are likely to have meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.errors import Place, Problem

_MOST = 50  # slips listed for one file
_ODD = "\u00a0\u2000-\u200a\u202f\u3000"  # spaces that YAML takes for letters
_LEAD = r"^[ \t]*(?:- +)?"
_ODD_INDENT = re.compile(f"^[ ]*(?P<space>[{_ODD}])")
# A key of ours only: the words of a Japanese item may hold one.
_WIDE_COLON = re.compile(rf"{_LEAD}(?P<key>[a-z][a-z0-9_.-]*)[ {_ODD}]*：")
_ODD_SPACE = re.compile(rf"{_LEAD}(?P<key>\w[\w-]*):(?P<space>[{_ODD}])")
_TIGHT = re.compile(rf"{_LEAD}(?P<key>[a-z_]+):(?P<value>[^\s/:][^\n]*)$")
_KEY = re.compile(rf"{_LEAD}(?P<key>\w[\w-]*) *:(?: +|$)")
_COLON = re.compile(r":(?: |$)")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_QUOTED = re.compile(r'(?:"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\')')
_NOTHING_MORE = re.compile(r"[ \t]*(?:#.*)?$")
_WIDE_COMMA = re.compile(r"(?P<sign>[、，])[ \u3000]*[a-z_]+:")
_PAIRS = {"[": "]", "{": "}"}

Slip = tuple[str, int, dict[str, object]]  # the rule, the column from 0, what its sentence says


def slips(text: str, file: str, offset: int, at: int | None = None) -> list[Problem]:
    """The slips of a YAML text that stop its parser, by line; it stopped on line ``at`` (0-based).

    What may go on on the next line (an open bracket or quotation mark) is only named where
    nothing else is, and not after ``at``. ``offset`` lines precede the text in its file.
    """
    sure: list[Problem] = []
    open_: list[Problem] = []
    for number, line in _lines(text):
        for rule, column, values in _line(line):
            problem = Problem(rule, Place(file, number + 1 + offset, column + 1), values)
            if rule != "yaml-open":
                sure.append(problem)
            elif at is None or number <= at:
                open_.append(problem)
    if not sure and not open_ and at is not None:
        sure = [
            Problem("yaml-no-key", Place(file, number + 1 + offset, 1))
            for number, line in _lines(text)
            if number in (at, at - 1) and re.match(r"[^\s#\-\]}][^:：]*$", line)
        ][:1]
    return (sure or open_)[:_MOST]


def slip_of_key(key: str) -> tuple[str, dict[str, object]] | None:
    """What made a line, or a part of one, be read as a key: ``name：岸本``, ``　title``."""
    for rule, _column, values in _line(key):
        return rule, values
    return None


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that are YAML's own, with their numbers: no comment, nothing below ``key: |``."""
    block = -1  # how far the key of a literal block is indented; its text is indented further
    for number, line in enumerate(text.split("\n")):
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        if not words or (block >= 0 and indent > block):
            continue
        block = -1
        if words.startswith("#"):
            continue
        key = _KEY.match(line)
        if key and _BLOCK.match(line, key.end()):
            block = indent
            continue
        yield number, line


def _line(line: str) -> Iterator[Slip]:
    """What is wrong with one line: what comes first explains the rest."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        yield "yaml-tab", 0, {}
    elif found := _ODD_INDENT.match(line):
        yield "yaml-odd-indent", found.start("space"), {"code": _code(found["space"])}
    elif found := _WIDE_COLON.match(line):
        yield "yaml-wide-colon", found.end() - 1, {"key": found["key"]}
    elif found := _ODD_SPACE.match(line):
        values = {"key": found["key"], "code": _code(found["space"])}
        yield "yaml-odd-space", found.start("space"), values
    elif found := _TIGHT.match(line):
        yield "yaml-tight-colon", 0, {"key": found["key"]}
    elif found := _KEY.match(line):
        yield from _value(line, found.end(), found["key"])


def _value(line: str, start: int, key: str) -> Iterator[Slip]:
    """What is wrong with the value that begins at ``start``."""
    first = line[start : start + 1]
    named: dict[str, object] = {"key": key, "sign": first}
    if first and first in "｛［":
        yield "yaml-wide-bracket", start, named
    elif first and (first in "&*!%@`" or line.startswith(("- ", "? "), start)):
        yield "yaml-sign", start, named
    elif first in _PAIRS:
        comma = _WIDE_COMMA.search(line, start)
        end = _closed(line, start)
        if comma and first == "{":
            yield "yaml-wide-comma", comma.start(), {"sign": comma["sign"]}
        elif end is None:
            yield "yaml-open", start, named
        elif not _NOTHING_MORE.match(line, end):
            yield "yaml-after", end, named | {"sign": _PAIRS[first]}
    elif first and first in "\"'":
        quoted = _QUOTED.match(line, start)
        if quoted is None:
            yield "yaml-open", start, named
        elif not _NOTHING_MORE.match(line, quoted.end()):
            yield "yaml-after", quoted.end(), named
    elif first and first not in "|>#" and _COLON.search(line, start):
        yield "yaml-value-colon", 0, {"key": key}


def _closed(line: str, start: int) -> int | None:
    """Where the bracket at ``start`` is closed on its line, if it is; quoted words are skipped."""
    waiting: list[str] = []
    at = start
    while at < len(line):
        sign = line[at]
        quoted = _QUOTED.match(line, at) if sign in "\"'" and line[at - 1] in " [{,:" else None
        if quoted:
            at = quoted.end()
            continue
        if sign in _PAIRS:
            waiting.append(_PAIRS[sign])
        elif sign in "]}":
            if sign != waiting.pop():
                return None
            if not waiting:
                return at + 1
        at += 1
    return None


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
