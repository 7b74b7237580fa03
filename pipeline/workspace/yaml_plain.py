"""The YAML that heads of texts are nearly always made of, read in a tenth of the time.

Block mappings and lists, flow ones on a line, plain and quoted scalars on a line, literal blocks:
what is all of that and nothing else is read here, to the same values and places as by the parser.
Anything that might be something else is left to it: comments, tags, anchors, folded or continued
lines, unusual keys, hidden characters, and whatever is wrong. YAML 1.2.2, chapters 6 to 8.
"""

from __future__ import annotations

import re

from pipeline.errors import Place
from pipeline.workspace import characters

Path = tuple[str | int, ...]
Value = dict[str, "Value"] | list["Value"] | str | None

_DEEPEST = 8
# Control characters and line ends of other sorts, and what may begin a comment.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|(?:^|[ \n])#")
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]*):(?: +|$)")
_ITEM = re.compile(r"- +(?=[^ ])")
_QUOTED = re.compile(r'"((?:[^"\\]|\\[n"\\])*)" *|\'((?:[^\']|\'\')*)\' *')
_ESCAPE = re.compile(r"\\(.)")
_BLOCK_PLAIN = re.compile(r"[^ \-?:,\[\]{}#&*!|>'\"%@`](?:[^:]|:(?! |$))*$")
_FLOW_PLAIN = re.compile(r"[^ \-?:,\[\]{}#&*!|>'\"%@`][^,\[\]{}:#\"?]*")
_FLOW_KEY = re.compile(r" *([A-Za-z_][A-Za-z0-9_.-]*): +")
_NULL = ("", "~", "null")


class _OtherError(Exception):
    """Not of the kind that is read here."""


def read(text: str, file: str, offset: int) -> tuple[Value, dict[Path, Place]] | None:
    """The value of a YAML document and its places by path; None if the parser is to read it."""
    if _ODD.search(text) or characters.visible(text) != text:
        return None
    try:
        reader = _Reader(text, file, offset)
        return reader.document(), reader.places
    except _OtherError:
        return None


class _Reader:
    """Reads one document, line by line; one use each."""

    def __init__(self, text: str, file: str, offset: int) -> None:
        self.lines = text.split("\n")
        self.file, self.offset = file, offset
        self.at = 0
        self.places: dict[Path, Place] = {}

    def document(self) -> Value:
        if self._indent() != 0:
            raise _OtherError
        value = self._block(0, ())
        if self._indent() is not None:
            raise _OtherError
        return value

    def _note(self, path: Path, column: int) -> None:
        if len(path) > _DEEPEST:
            raise _OtherError
        self.places.setdefault(path, Place(self.file, self.at + 1 + self.offset, column + 1))

    def _indent(self) -> int | None:
        """The indentation of the next line that holds something; None at the end."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            words = line.lstrip(" ")
            if words:
                return len(line) - len(words)
            self.at += 1
        return None

    # -- blocks ---------------------------------------------------------------------------------

    def _block(self, indent: int, path: Path) -> Value:
        self._note(path, indent)
        if _KEY.match(self.lines[self.at], indent):
            return self._mapping(indent, path)
        return self._sequence(indent, path)

    def _mapping(self, indent: int, path: Path) -> Value:
        result: dict[str, Value] = {}
        while self._indent() == indent:
            line = self.lines[self.at]
            key = _KEY.match(line, indent)
            if key is None or key[1] in result:
                raise _OtherError
            where = (*path, key[1])
            self._note(where, indent)
            if key.end() < len(line):
                result[key[1]] = self._rest(line, key.end(), indent, where)
            else:
                self.at += 1
                result[key[1]] = self._below(indent, where)
        return result

    def _below(self, indent: int, path: Path) -> Value:
        """The block that belongs to a key with nothing behind it."""
        inner = self._indent()
        if inner is None or inner < indent:
            return None
        listed = self.lines[self.at].startswith("- ", inner)
        if inner > indent or listed:
            return self._block(inner, path)
        return None

    def _sequence(self, indent: int, path: Path) -> Value:
        result: list[Value] = []
        while self._indent() == indent:
            line = self.lines[self.at]
            item = _ITEM.match(line, indent)
            if item is None:
                if result and _KEY.match(line, indent):
                    return result  # a list may stand as far left as the key it belongs to
                raise _OtherError
            where, start = (*path, len(result)), item.end()
            if _KEY.match(line, start):
                self.lines[self.at] = " " * start + line[start:]
                result.append(self._block(start, where))
            else:
                self._note(where, start)
                result.append(self._rest(line, start, indent, where))
        return result

    def _rest(self, line: str, start: int, indent: int, path: Path) -> Value:
        """What stands behind a key or a dash, to the end of its line."""
        first = line[start]
        if first == "|":
            return self._literal(line[start:].rstrip(" "), indent)
        if first in "[{":
            value, end = self._flow(line, start, path)
            if line[end:].strip(" "):
                raise _OtherError
        elif first in "\"'":
            value, end = _quoted(line, start)
            if end < len(line):
                raise _OtherError
        else:
            if not _BLOCK_PLAIN.match(line, start):
                raise _OtherError
            value = _plain(line[start:])
        self.at += 1
        following = self._indent()
        if following is not None and following > indent:
            raise _OtherError  # the scalar goes on
        return value

    def _literal(self, head: str, indent: int) -> str:
        if head not in ("|", "|-"):
            raise _OtherError
        self.at += 1
        first = self.lines[self.at] if self.at < len(self.lines) else ""
        inner = len(first) - len(first.lstrip(" "))
        if inner <= indent or not first.strip(" "):
            raise _OtherError
        found: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.strip(" ") and len(line) - len(line.lstrip(" ")) < inner:
                break
            found.append(line[inner:])
            self.at += 1
        ended = self.at < len(self.lines) or not self.lines[-1]
        if not ended:
            raise _OtherError  # without a line end, the last line is one of its own sort
        words = "\n".join(found).rstrip("\n")
        following = self._indent()
        if following is not None and following > indent:
            raise _OtherError
        return _composed(words + ("\n" if head == "|" else ""))

    # -- flow, on one line ----------------------------------------------------------------------

    def _flow(self, line: str, start: int, path: Path) -> tuple[Value, int]:
        """The value that begins at ``start``, and where it and the spaces behind it end."""
        first = line[start : start + 1]
        if first == "[":
            return self._flow_list(line, start + 1, path)
        if first == "{":
            return self._flow_mapping(line, start + 1, path)
        if first and first in "\"'":
            return _quoted(line, start)
        plain = _FLOW_PLAIN.match(line, start)
        if plain is None:
            raise _OtherError
        return _plain(plain[0]), plain.end()

    def _flow_list(self, line: str, at: int, path: Path) -> tuple[Value, int]:
        result: list[Value] = []
        at = _spaces(line, at)
        if line[at : at + 1] == "]":
            return result, _spaces(line, at + 1)
        while True:
            where = (*path, len(result))
            self._note(where, at)
            value, at = self._flow(line, at, where)
            result.append(value)
            sign, at = line[at : at + 1], _spaces(line, at + 1)
            if sign == "]":
                return result, at
            if sign != ",":
                raise _OtherError

    def _flow_mapping(self, line: str, at: int, path: Path) -> tuple[Value, int]:
        result: dict[str, Value] = {}
        at = _spaces(line, at)
        if line[at : at + 1] == "}":
            return result, _spaces(line, at + 1)
        while True:
            key = _FLOW_KEY.match(line, at)
            if key is None or key[1] in result:
                raise _OtherError
            where = (*path, key[1])
            self._note(where, at)
            result[key[1]], at = self._flow(line, key.end(), where)
            sign, at = line[at : at + 1], _spaces(line, at + 1)
            if sign == "}":
                return result, at
            if sign != ",":
                raise _OtherError


def _spaces(line: str, at: int) -> int:
    while line[at : at + 1] == " ":
        at += 1
    return at


def _quoted(line: str, start: int) -> tuple[Value, int]:
    found = _QUOTED.match(line, start)
    if found is None:
        raise _OtherError
    if found[1] is not None:
        words = _ESCAPE.sub(lambda escape: "\n" if escape[1] == "n" else escape[1], found[1])
    else:
        words = found[2].replace("''", "'")
    return _composed(words), found.end()


def _plain(words: str) -> Value:
    words = words.rstrip(" ")
    return None if words in _NULL else _composed(words)


def _composed(words: str) -> str:
    return words if words.isascii() else characters.compose_accents(words)
