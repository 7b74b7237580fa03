"""Changing clauses in the texts: a slice is replaced, everything else stays byte for byte.

Comments of a clause (waivers, notes to each other) are no part of its words: they stay, below what
takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.declaration.amendments import Amendment
from pipeline.declaration.brackets import chosen
from pipeline.declaration.clauses import clauses, exact_lines, lines_of, raw_clause
from pipeline.declaration.dossier import Dossier, clause_of, variants_of
from pipeline.declaration.fingerprints import fingerprint_of
from pipeline.errors import ActesError, Exit, Place, Problem
from pipeline.texts.read import Text
from pipeline.texts.segments import SegmentKind
from pipeline.workspace.nearest import near_or_all


def words_of(whole: Dossier, key: str, language: str) -> str | None:
    """The Markdown of a clause without its comments; None where it is not there."""
    clause = clause_of(whole, key, language)
    if clause is None:
        return None
    text = whole.texts[language]
    return raw_clause(text, whole.clauses[language], clause).strip("\r\n").replace("\r\n", "\n")


def _replaced(text: Text, key: str, words: str | None, after: str | None) -> str:
    """The file with the clause ``key`` saying ``words`` (None: gone), or new after ``after``."""
    found = clauses(text)[0]
    lines = lines_of(text.source.raw)
    eol = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    clause = next((c for c in found if c.key == key), None)
    if clause is not None:
        begin, end = exact_lines(text, found, clause)
        comments = _comments(text, begin, end)
    else:
        anchor = next((c for c in found if c.key == after), None)
        if anchor is None:
            values = {"id": after or key}
            raise ActesError([Problem("amendment-clause", Place(text.file.path), values)])
        begin = end = exact_lines(text, found, anchor)[1]
        comments = []
    pieces = [*([words] if words is not None else []), *comments]
    block = "".join(f"{piece}\n\n" for piece in pieces).replace("\n", eol)
    before, behind = "".join(lines[:begin]), "".join(lines[end:])
    if before and not before.endswith(eol * 2):
        before = before.rstrip("\r\n") + eol * 2
    whole = before + block + behind
    return whole if behind else whole.rstrip("\r\n") + eol


def _comments(text: Text, begin: int, end: int) -> list[str]:
    first = text.source.body_line
    return [
        segment.raw.strip("\r\n").replace("\r\n", "\n")
        for segment in text.body.segments
        if segment.kind is SegmentKind.COMMENT and begin < first + segment.line <= end
    ]


@dataclass(frozen=True)
class Edit:
    """New contents of the texts by language, and what stood there of the clause before."""

    contents: Mapping[str, str]
    before: Mapping[str, str]


def _sides(amendment: Amendment, whole: Dossier) -> Mapping[str, str | None]:
    if amendment.delete:
        return dict.fromkeys(whole.texts)
    return {tag: words for tag, words in amendment.parts.items() if tag in whole.texts}


def applied(amendment: Amendment, whole: Dossier) -> Edit:
    """What the texts say with the amendment.

    Raises ActesError ``amendment-outdated`` for each text that is no longer the one its author saw.
    Where a text already says it (a command was killed in between), nothing is to be done.
    """
    contents: dict[str, str] = {}
    before: dict[str, str] = {}
    problems: list[Problem] = []
    for language, words in _sides(amendment, whole).items():
        now = words_of(whole, amendment.clause, language)
        seen = amendment.of.get(language)
        if _same(now, words):
            continue
        if seen is not None and whole.prints[language].get(amendment.clause) != seen:
            problems.append(_outdated(amendment, whole, language))
            continue
        if now is not None:
            before[language] = now
        after = amendment.after
        text = whole.texts[language]
        contents[language] = _replaced(text, amendment.clause, words, after)
    if problems:
        raise ActesError(problems, Exit.REFUSED)
    return Edit(contents, before)


def undone(amendment: Amendment, whole: Dossier) -> Edit:
    """What the texts say without an amendment that had been accepted.

    Raises ActesError ``amendment-outdated`` for each text that was changed since.
    """
    contents: dict[str, str] = {}
    problems: list[Problem] = []
    for language, words in _sides(amendment, whole).items():
        now = words_of(whole, amendment.clause, language)
        old = amendment.before.get(language)
        if _same(now, old):
            continue
        if not _same(now, words):
            problems.append(_outdated(amendment, whole, language))
            continue
        text = whole.texts[language]
        contents[language] = _replaced(text, amendment.clause, old, amendment.after)
    if problems:
        raise ActesError(problems, Exit.REFUSED)
    return Edit(contents, {})


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return fingerprint_of(one) == fingerprint_of(other)


def _outdated(amendment: Amendment, whole: Dossier, language: str) -> Problem:
    values = {"name": amendment.name, "id": amendment.clause}
    return Problem("amendment-outdated", whole.place(amendment.clause, language), values)


def with_choice(identifier: str, whole: Dossier) -> Mapping[str, str]:
    """The texts with that variant chosen, in every language that has it.

    Raises ActesError ``variant-unknown``.
    """
    contents = {tag: chosen(text.source.raw, identifier) for tag, text in whole.texts.items()}
    changed = {t: c for t, c in contents.items() if c != whole.texts[t].source.raw}
    if not changed:
        known = {v.id for key in whole.keys for tag in whole.texts
                 for v in variants_of(whole, key, tag)}  # fmt: skip
        values = {"id": identifier, "nearest": near_or_all(identifier, sorted(known))}
        raise ActesError([Problem("variant-unknown", Place(""), values)], Exit.USAGE)
    return changed
