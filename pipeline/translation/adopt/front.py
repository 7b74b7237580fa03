"""The head of a translation that is adopted: what it translates, and its values as ``edited``.

Lines are put in and taken out; everything else stays as its author wrote it. What an original says
of itself (`metadata.ORIGINAL_ONLY`) is taken out where the original says the same, and refused
where it does not.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import ActesError, Exit, Place, Problem, stop
from pipeline.texts.metadata import ORIGINAL_ONLY, Metadata
from pipeline.translation import scalars
from pipeline.translation.fields import claim_of, field_values
from pipeline.translation.marker import Marker, State
from pipeline.workspace.yaml import Document, Path, parse

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_FIRST = 2  # the line of a file on which its YAML begins
_INLINE = r"authority[ \t]*:[ \t]*[^,}\r\n#]*"


@dataclass(frozen=True)
class Head:
    """The YAML of a head, and what was taken out of it because the original says the same."""

    yaml: str
    dropped: tuple[str, ...]


def adopted_front(
    front: str, document: Document, metadata: Metadata, original: Metadata, of: str
) -> Head:
    """The head of a counterpart of ``of``, made of the YAML ``front`` that a person wrote.

    ``document`` and ``metadata`` are what it was read as. Raises ActesError (exit code 4)
    ``adopt-key-differs``, ``adopt-key-remarked``, ``counterpart-of-wrong``, or ``adopt-head``
    where lines cannot be put in without changing something else.
    """
    value: Any = copy.deepcopy(document.value)
    dropped = _repeated(value, document, metadata, original)
    result = _without(front, document, dropped)
    for name in dropped:
        _forget(value, name)
    fields = _fields(metadata, original)
    result = _with_translation(result, document, value, of, fields)
    try:
        same = parse(result, document.file).value == value
    except ActesError:
        same = False
    if not same:
        raise stop("adopt-head", Place(document.file, 1), Exit.REFUSED, of=of)
    return Head(result, tuple(".".join(str(part) for part in name) for name in dropped))


def new_front(title: str, original: Metadata, of: str, eol: str) -> str:
    """The head of a counterpart that had none."""
    fields = {"title": _claim(original.title)}
    lines = [f"title: {scalars.quoted(title)}", *_translation_lines(of, fields)]
    return "".join(line + eol for line in lines)


def _fields(metadata: Metadata, original: Metadata) -> dict[str, dict[str, str]]:
    there = field_values(metadata)
    return {
        name: _claim(source) for name, source in field_values(original).items() if name in there
    }


def _claim(source: str) -> dict[str, str]:
    claim = claim_of(Marker(State.EDITED, source))
    return {"state": claim.state, "source": claim.source, "shown": claim.shown or ""}


# -- what the original says ---------------------------------------------------------------------


def _repeated(
    value: Mapping[str, Any], document: Document, metadata: Metadata, original: Metadata
) -> list[Path]:
    """The keys that repeat the original, by their path. Raises ActesError for those that differ."""
    found: list[Path] = []
    wrong: list[Problem] = []
    for path, equal in _said_twice(value, metadata, original):
        if equal:
            found.append(path)
        else:
            wrong.append(Problem("adopt-key-differs", document.place(path), {"key": path[-1]}))
    if wrong:
        raise ActesError(wrong, Exit.REFUSED)
    return found


def _said_twice(
    value: Mapping[str, Any], metadata: Metadata, original: Metadata
) -> Iterable[tuple[Path, bool]]:
    """The keys that only an original has, and whether both say the same."""
    for key in ORIGINAL_ONLY:
        if key in value:
            yield (key,), getattr(metadata, key) == getattr(original, key)
    for number, person in enumerate(metadata.speakers):
        if person.authority is not None:
            there = original.speakers[number : number + 1]
            equal = bool(there) and there[0].authority == person.authority
            yield ("speakers", number, "authority"), equal


def _forget(value: Any, path: Path) -> None:
    for part in path[:-1]:
        value = value[part]
    del value[path[-1]]


def _without(front: str, document: Document, dropped: Iterable[Path]) -> str:
    """``front`` without the lines of the keys at these paths (one line for those below the top)."""
    lines: list[str] = _LINE.findall(front)
    tops = sorted(document.places[path].line - _FIRST for path in document.places if len(path) == 1)
    for path in dropped:
        place = document.places[path]
        begin = place.line - _FIRST
        if len(path) > 1:
            lines[begin] = _without_inline(lines[begin], place.column - 1)
            continue
        end = next((line for line in tops if line > begin), len(lines))
        while end > begin + 1 and re.match(r"[ \t]*(?:#|\r?\n|\Z)", lines[end - 1]):
            end -= 1  # blank lines and remarks below belong to what follows
        if any("#" in line for line in lines[begin:end]):
            raise stop("adopt-key-remarked", place, Exit.REFUSED, key=path[-1])
        lines[begin:end] = [""] * (end - begin)
    return "".join(lines)


def _without_inline(line: str, column: int) -> str:
    """A line without the ``authority`` that begins at ``column``: its own line, or in braces."""
    before, after = line[:column], line[column:]
    rest = re.sub(rf"\A{_INLINE}", "", after)
    if not (before + rest).strip():
        return ""
    if rest.startswith(","):
        return before + rest[1:].lstrip(" \t")
    return re.sub(r",[ \t]*\Z", "", before) + rest


# -- what it translates -------------------------------------------------------------------------


def _with_translation(
    front: str,
    document: Document,
    value: dict[str, Any],
    of: str,
    fields: dict[str, dict[str, str]],
) -> str:
    """``front`` with its ``translation``, and ``value`` made what it says then."""
    there = value.get("translation")
    if there is None:
        value.pop("translation", None)
        value["translation"] = {"of": of, "fields": fields}
        return _appended(front, document, _translation_lines(of, fields))
    if there.get("of") != of:
        place = document.place(("translation", "of"))
        raise ActesError(
            [Problem("counterpart-of-wrong", place, {"of": there.get("of"), "expected": of})],
            Exit.REFUSED,
        )
    entry = scalars.entries(front).get(("translation",), {}).get("of")
    if there.get("fields") or entry is None:
        return front
    there["fields"] = fields
    shown = front[entry.start : entry.end]
    return scalars.changed(front, scalars.added_after(front, entry, shown, "fields", _flow(fields)))


def _appended(front: str, document: Document, lines: Iterable[str]) -> str:
    columns = [place.column for path, place in document.places.items() if len(path) == 1]
    indent = " " * (min(columns, default=1) - 1)
    ends = re.search(r"\r\n|\n|\r", front)
    eol = ends[0] if ends else "\n"
    start = front if not front or front.endswith(("\n", "\r")) else front + eol
    return start + "".join(indent + line + eol for line in lines)


def _translation_lines(of: str, fields: Mapping[str, Mapping[str, str]]) -> list[str]:
    named = [f"    {name}: {_inline(claim)}" for name, claim in fields.items()]
    return ["translation:", f"  of: {of}", "  fields:", *named]


def _inline(claim: Mapping[str, str]) -> str:
    quoted = (f"{key}: {scalars.quoted(claim[key])}" for key in ("source", "shown"))
    return f"{{state: {claim['state']}, {', '.join(quoted)}}}"


def _flow(fields: Mapping[str, Mapping[str, str]]) -> str:
    return "{" + ", ".join(f"{name}: {_inline(claim)}" for name, claim in fields.items()) + "}"
