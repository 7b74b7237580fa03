"""Two states of a declaration clause by clause, in every language: versions, amendments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.declaration import desk
from pipeline.declaration.dossier import Dossier, order
from pipeline.declaration.edit import words_of
from pipeline.declaration.fingerprints import TITLE
from pipeline.declaration.versions import VERSIONS, named
from pipeline.errors import Exit, stop

Words = tuple[str | None, str | None]
"""What a clause said and what it says; None where it is not there."""


@dataclass(frozen=True)
class Change:
    """A clause that differs, with its words before and after in the languages where it does."""

    key: str
    languages: Mapping[str, Words]


@dataclass(frozen=True)
class Comparison:
    """The clauses that differ, in order; whether their words are confidential (law 6)."""

    changes: tuple[Change, ...]
    hidden: bool


def of_versions(root: Path, since: str | None, until: str | None) -> Comparison:
    """From a version (the last one, if none is named) to another, or to the texts as they stand.

    Raises ActesError ``version-unknown``, ``version-none``.
    """
    now = desk.read(root).dossier
    if not now.versions:
        raise stop("version-none", VERSIONS, code=Exit.USAGE)
    first = named(now.versions, since) if since else now.versions[-1]
    before = desk.read(desk.unpack(root, first)).dossier
    after = now
    if until:
        after = desk.read(desk.unpack(root, named(now.versions, until))).dossier
    return Comparison(compared(before, after), before.confidential or after.confidential)


def of_amendment(root: Path, name: str) -> Comparison:
    """What an amendment changes, in the languages it has a text for; of one that was decided too.

    Raises ActesError ``amendment-unknown``.
    """
    now = desk.read(root).dossier
    one = desk.amendment(now, name)
    tags = list(now.texts) if one.delete else [tag for tag in now.texts if tag in one.parts]
    words: dict[str, Words] = {
        tag: (
            one.before.get(tag) if one.state == "accepted" else words_of(now, one.clause, tag),
            one.parts.get(tag),
        )
        for tag in tags
    }
    differing = {tag: both for tag, both in words.items() if both[0] != both[1]}
    changes = (Change(one.clause, differing),) if differing else ()
    return Comparison(changes, now.confidential)


def compared(before: Dossier, after: Dossier) -> tuple[Change, ...]:
    """The clauses whose words differ between two dossiers."""
    found: list[Change] = []
    languages = [*after.languages, *(tag for tag in before.languages if tag not in after.languages)]
    for key in order([after.keys, before.keys]):
        words = {tag: (_words(before, key, tag), _words(after, key, tag)) for tag in languages}
        differing = {tag: both for tag, both in words.items() if both[0] != both[1]}
        if differing:
            found.append(Change(key, differing))
    return tuple(found)


def _words(whole: Dossier, key: str, language: str) -> str | None:
    if key == TITLE and language in whole.texts:
        return whole.texts[language].metadata.title
    return words_of(whole, key, language)
