"""Proposals of amendment: a file each, that whoever proposes can write in any editor.

.. code-block:: markdown

    ---
    clause: suivi
    author: Ville de Tours
    reason: Une échéance rend l’engagement vérifiable.
    of: {fr: 5d20c1aa91be07aa, ja: 91be07aa5d20c1aa}
    state: open
    ---

    # fr

    ## Suivi {#suivi}

    Les collectivités participantes s’engagent à…

    # ja

    …

Below ``# LANGUAGE`` stands the clause as it shall be, with its heading; a language left out stays
as it is. ``of`` are the fingerprints of the texts that the author saw: an amendment to other texts
is not applied. What it replaces is kept in the file, below ``# LANGUAGE before``, so that no word
is lost and it can be undone (law 2).
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import StringConstraints

from pipeline.declaration.concordance import Fingerprint
from pipeline.errors import Place, Problem
from pipeline.texts.source import Source, unify_lines
from pipeline.workspace import yaml
from pipeline.workspace.event import Language
from pipeline.workspace.schema import Strict, Text, validate

AMENDMENTS = "sources/declaration/amendments"
MOST = 500
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
State = Literal["open", "accepted", "rejected"]
_PART = re.compile(r"# (?P<language>[A-Za-z]{2,3}(?:-[A-Za-z]+)*)(?P<before> before)?\s*")
_STATE = re.compile(r"^state:.*$", re.MULTILINE)


class _Head(Strict):
    clause: Id
    author: Text
    reason: Text
    on: datetime.date | None = None
    after: Id | None = None
    delete: bool = False
    of: dict[Language, Fingerprint] = {}
    state: State = "open"
    decided: str | None = None


@dataclass(frozen=True)
class Amendment:
    """A proposal as its file says it.

    ``parts`` is the clause as it shall be, by language; ``before`` as it was, where that is known.
    ``after`` is the clause that a new one follows.
    """

    name: str
    path: str
    clause: str
    author: str
    reason: str
    on: datetime.date | None
    after: str | None
    delete: bool
    of: Mapping[str, str]
    state: State
    decided: str
    parts: Mapping[str, str]
    before: Mapping[str, str]
    source: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided."""
        return self.state == "open"


def parse(name: str, source: Source) -> tuple[Amendment | None, list[Problem]]:
    """The amendment in a file; None with what is wrong with it. Raises ActesError as `yaml`."""
    if source.front is None:
        return None, [Problem("amendment-without-head", Place(source.path, 1))]
    document = yaml.parse(source.front, source.path, line_offset=1)
    head: _Head | None
    head, problems = validate(_Head, document)
    if head is None:
        return None, problems
    parts, before, wrong = _parts(source)
    problems += [*wrong, *_headings(source, head.clause, parts)]
    if not parts and not head.delete:
        problems.append(Problem("amendment-empty", Place(source.path, source.body_line + 1)))
    if problems:
        return None, problems
    return (
        Amendment(
            name, source.path, head.clause, head.author, head.reason, head.on, head.after,
            head.delete, head.of, head.state, head.decided or "", parts, before, source.raw,
        ),
        list(document.hidden),
    )  # fmt: skip


def _parts(source: Source) -> tuple[dict[str, str], dict[str, str], list[Problem]]:
    parts: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    problems: list[Problem] = []
    here: list[str] | None = None
    for number, line in enumerate(unify_lines(source.body).split("\n"), source.body_line + 1):
        match = _PART.fullmatch(line)
        if match:
            chosen = before if match["before"] else parts
            if match["language"] in chosen:
                values = {"key": line.strip("# ")}
                problems.append(Problem("yaml-duplicate-key", Place(source.path, number), values))
            here = chosen.setdefault(match["language"], [])
        elif here is not None:
            here.append(line)
        elif line.strip() and not line.lstrip().startswith("<!--"):
            problems.append(Problem("amendment-before-first", Place(source.path, number)))
            break
    return _joined(parts), _joined(before), problems


def _headings(source: Source, clause: str, parts: Mapping[str, str]) -> Iterable[Problem]:
    """A part is one clause, under its own heading: what else it held would be another's."""
    for language, words in parts.items():
        first, *others = words.split("\n")
        own = re.fullmatch(rf"#{{1,2}} .*\{{#{re.escape(clause)}\}}\s*", first)
        if own is None or any(re.match(r"#{1,2}(?: |$)|(?:=+|-+)\s*$", line) for line in others):
            values = {"language": language, "id": clause}
            yield Problem("amendment-heading", Place(source.path, source.body_line + 1), values)


def _joined(parts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {language: "\n".join(lines).strip("\n") for language, lines in parts.items()}


def written(
    clause: str,
    author: str,
    reason: str,
    on: datetime.date,
    of: Mapping[str, str],
    parts: Mapping[str, str],
    after: str | None = None,
    delete: bool = False,
) -> str:
    """A new amendment's file, for its author to write into."""
    head = [f"clause: {clause}", f"author: {_quoted(author)}", f"reason: {_quoted(reason)}",
            f"on: {on.isoformat()}"]  # fmt: skip
    head += [f"after: {after}"] if after else []
    head += ["delete: true"] if delete else []
    if of:
        head.append("of: {" + ", ".join(f'{tag}: "{of[tag]}"' for tag in of) + "}")
    head.append("state: open")
    body = "".join(f"\n# {tag}\n\n{words}\n" for tag, words in parts.items())
    return "---\n" + "\n".join(head) + f"\n---\n{body}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def keeping(source: str, before: Mapping[str, str], after: str | None = None) -> str:
    """The file with the texts that are replaced at its end, where they are not there yet.

    ``after``, which a deletion needs to be undone, goes into the head.
    """
    if after is not None:
        source = re.sub(r"\n---", f"\nafter: {after}\n---", source, count=1)
    kept = "".join(
        f"\n# {tag} before\n\n{words}\n"
        for tag, words in before.items()
        if not re.search(rf"^# {re.escape(tag)} before\s*$", source, re.MULTILINE)
    )
    return source if not kept else f"{source.rstrip()}\n{kept}"


def decided(source: str, state: State, by: str, on: datetime.date) -> str:
    """The file with the decision in its head, and nothing else changed."""
    said = f"state: {state}\ndecided: {_quoted(f'{by}, {on.isoformat()}')}"
    head, fence, body = source.partition("\n---")
    head = re.sub(r"\ndecided:[^\n]*", "", head)
    if _STATE.search(head):
        return _STATE.sub(lambda _: said, head, count=1) + fence + body
    return f"{head}\n{said}{fence}{body}"
