"""Which editions an event has, and which of them a build is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.errors import Exit, stop
from pipeline.publishing.jobs import Options
from pipeline.workspace.event import Event
from pipeline.workspace.layout import DECLARATION

BILINGUAL = "proceedings-bilingual"
ORIGINAL = f"{DECLARATION}-original-"
SUMMARY = f"{DECLARATION}-summary-"
READING = f"{DECLARATION}-reading-"
COPY = f"{DECLARATION}-"


def wanted(event: Event, options: Options) -> Mapping[str, Sequence[str]]:
    """The editions asked for, each with its formats. Raises ActesError ``edition-unknown``."""
    known = _editions(event)
    asked = wanted_editions(known, options.editions, _by_default(known, event))
    return {name: options.formats or known[name] for name in asked}


def wanted_editions(
    known: Iterable[str], asked: Sequence[str], default: Sequence[str]
) -> list[str]:
    """The editions asked for: a whole name, or a family (``proceedings``); ``default`` for none.

    Raises ActesError ``edition-unknown``.
    """
    names = list(known)
    if not asked:
        return list(default)
    chosen: list[str] = []
    for word in asked:
        matching = [name for name in names if name == word or name.startswith(f"{word}-")]
        if not matching:
            raise stop("edition-unknown", code=Exit.USAGE, name=word, known=", ".join(names))
        chosen += [name for name in matching if name not in chosen]
    return chosen


def languages_of(name: str, event: Event) -> tuple[str, ...]:
    """The languages of an edition of the proceedings, in its order."""
    if name != BILINGUAL:
        return (name.removeprefix("proceedings-"),)
    asked = event.editions.bilingual.languages if event.editions.bilingual else ()
    return asked or event.languages[:2]


def of_declaration(languages: Sequence[str]) -> list[str]:
    """The editions of a declaration in these languages.

    >>> of_declaration(["fr", "ja"])[:3]
    ['declaration', 'declaration-original-fr', 'declaration-original-ja']
    """
    kinds = (ORIGINAL, COPY, SUMMARY, READING)
    return [DECLARATION, *(kind + tag for kind in kinds for tag in languages)]


def is_of_declaration(name: str) -> bool:
    """Whether an edition is one of the declaration's."""
    return name == DECLARATION or name.startswith(f"{DECLARATION}-")


def _editions(event: Event) -> dict[str, Sequence[str]]:
    tags = event.editions.proceedings.languages or event.languages
    names = {f"proceedings-{tag}": event.editions.proceedings.formats for tag in tags}
    names[BILINGUAL] = (event.editions.bilingual or event.editions.proceedings).formats
    ours = dict.fromkeys(of_declaration(event.languages), event.editions.declaration.formats)
    return {**names, **ours}


def _by_default(editions: Iterable[str], event: Event) -> list[str]:
    """What is made when nothing is asked for.

    Of the declaration its working text alone; a bilingual edition where event.yaml names it.
    """
    left_out = () if event.editions.bilingual else (BILINGUAL,)
    return [
        name
        for name in editions
        if name == DECLARATION or not (is_of_declaration(name) or name in left_out)
    ]
