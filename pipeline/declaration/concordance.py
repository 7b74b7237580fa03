"""concordance.yaml: who said, for each language and clause, that the texts agree.

.. code-block:: yaml

    suivi:
      fr: {by: "C. Exemple", on: 2024-11-20, texts: {fr: "5d20c1aa91be07aa", ja: "91be…"}}

Each confirmation is one line that holds everything it vouches for, so that no merge of files can
put one person's name under another's texts. It counts for exactly those texts (law 3); nothing
infers one, and what was typed over other fingerprints does not count. The file is patched line by
line: what people wrote in it stays.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

from pipeline.errors import Place, Problem, Severity, stop
from pipeline.workspace import yaml
from pipeline.workspace.event import Language
from pipeline.workspace.schema import Strict, Text, validate

CONCORDANCE = "sources/declaration/concordance.yaml"
LIMIT = 1024 * 1024
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
_KEY_ALONE = re.compile(r"\S+:\s*(?:#.*)?")
_ONE_LINE = re.compile(r"(?P<indent>\s*)[A-Za-z-]+:(?:\s*|\s+\{.*\}\s*)(?P<remark>#.*)?")


class _Entry(Strict):
    by: Text
    on: datetime.date
    texts: dict[Language, Fingerprint]


@dataclass(frozen=True)
class Confirmation:
    """Somebody's word, for the side of ``language``, that the texts of a clause agree."""

    clause: str
    language: str
    by: str
    on: datetime.date
    texts: Mapping[str, str]

    def holds(self, texts: Mapping[str, str]) -> bool:
        """Whether it was given for exactly these fingerprints."""
        return len(texts) > 1 and dict(self.texts) == dict(texts)


@dataclass(frozen=True)
class Concordance:
    """All confirmations, by clause and language."""

    confirmations: Mapping[str, Mapping[str, Confirmation]]
    places: Mapping[str, Place]

    def of(self, clause: str) -> Mapping[str, Confirmation]:
        """The confirmations of a clause by language, whatever they were given for."""
        return self.confirmations.get(clause, {})


EMPTY = Concordance({}, {})


def parse(text: str, file: str = CONCORDANCE) -> tuple[Concordance, list[Problem]]:
    """The confirmations of a file; one that cannot be read counts for nothing, and is said.

    Raises ActesError as `yaml.parse` does, or ``merge-conflict``.
    """
    return _concordance(_document(text, file))


def _document(text: str, file: str) -> yaml.Document:
    conflict = re.search(r"^<{7}(?: .*)?$", text, re.MULTILINE)
    if conflict:
        raise stop("merge-conflict", Place(file, text.count("\n", 0, conflict.start()) + 1))
    return yaml.parse(text, file, limit=LIMIT)


def _concordance(document: yaml.Document) -> tuple[Concordance, list[Problem]]:
    problems = list(document.hidden)
    if document.value is None:
        return EMPTY, problems
    if not isinstance(document.value, dict):
        values = {"key": "", "given": document.file}
        return EMPTY, [*problems, Problem("expected-mapping", document.place(()), values)]
    found: dict[str, dict[str, Confirmation]] = {}
    for clause, sides in document.value.items():
        found[clause] = {}
        if sides is not None and not isinstance(sides, dict):
            values = {"key": clause, "given": ""}
            problems.append(Problem("expected-mapping", document.place((clause,)), values))
            continue
        for language, value in (sides or {}).items():
            if value is None:
                continue
            part = yaml.Document(document.file, value, _below(document, (clause, language)))
            entry: _Entry | None
            entry, wrong = validate(_Entry, part)
            problems += wrong
            if entry is not None:
                found[clause][language] = Confirmation(
                    clause, language, entry.by, entry.on, entry.texts
                )
    places = {clause: document.place((clause,)) for clause in found}
    return Concordance(found, places), problems


def _below(document: yaml.Document, path: yaml.Path) -> dict[yaml.Path, Place]:
    length = len(path)
    return {key[length:]: at for key, at in document.places.items() if key[:length] == path}


def confirmed(text: str, new: Sequence[Confirmation], order: Sequence[str]) -> str:
    """The file ``text`` with the confirmations ``new`` in it, and everything else as it stood.

    ``order`` are the clauses in the order of the declaration: new ones are put at their place.
    Raises ActesError ``concordance-form`` with the line that is not written as this writes it, and
    as `parse` does.
    """
    if text.strip() and not text.endswith("\n"):
        text += "\n"
    for one in new:
        text = _with(text, one, order)
    after, _problems = parse(text)
    for one in new:
        if after.of(one.clause).get(one.language) != one:
            raise stop("concordance-form", CONCORDANCE)
    return text


def _with(text: str, one: Confirmation, order: Sequence[str]) -> str:
    document = _document(text, CONCORDANCE)
    lines = text.splitlines(keepends=True)
    eol = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    known = document.value if isinstance(document.value, dict) else {}
    if one.clause not in known:
        at = _before(document, known, one.clause, order, len(lines))
        lines.insert(at, f"{one.clause}:{eol}  {_line(one)}{eol}")
        return "".join(lines)
    below = _below(document, (one.clause,))
    first = document.place((one.clause,))
    if not _KEY_ALONE.fullmatch(lines[first.line - 1].rstrip("\r\n")):
        raise stop("concordance-form", first)
    sides = [place for path, place in below.items() if len(path) == 1]
    here = below.get((one.language,))
    if here is None:
        indent = " " * (sides[0].column - 1 if sides else 2)
        last = max(place.line for place in below.values())
        lines.insert(last, f"{indent}{_line(one)}{eol}")
        return "".join(lines)
    match = _ONE_LINE.fullmatch(lines[here.line - 1].rstrip("\r\n"))
    if match is None or any(
        place.line != here.line for path, place in below.items() if path[:1] == (one.language,)
    ):
        raise stop("concordance-form", here)
    remark = f"  {match['remark']}" if match["remark"] else ""
    lines[here.line - 1] = f"{match['indent']}{_line(one)}{remark}{eol}"
    return "".join(lines)


def _before(
    document: yaml.Document,
    known: Mapping[str, object],
    clause: str,
    order: Sequence[str],
    end: int,
) -> int:
    """The line, from 0, before which a clause that is new to the file goes."""
    later = set(order[order.index(clause) + 1 :]) if clause in order else set()
    lines = [document.place((name,)).line for name in known if name in later]
    return min(lines) - 1 if lines else end


def _line(one: Confirmation) -> str:
    texts = ", ".join(f'{language}: "{one.texts[language]}"' for language in one.texts)
    by = json.dumps(one.by, ensure_ascii=False)
    return f"{one.language}: {{by: {by}, on: {one.on.isoformat()}, texts: {{{texts}}}}}"


def strangers(concordance: Concordance, known: Iterable[str]) -> Iterable[Problem]:
    """Clauses of the file that the declaration does not have (any more)."""
    names = set(known)
    for clause, place in concordance.places.items():
        if clause not in names:
            yield Problem("concordance-unknown", place, {"id": clause}, Severity.REMARK)
