"""What a file for another tool holds: the items of a language that are asked for, as rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import Exit, Place, Problem, Severity, stop
from pipeline.review.exchange.rows import Bundle, Row
from pipeline.review.items import Item, Kind
from pipeline.translation.marker import State
from pipeline.workspace.characters import visible

WAITING = (State.MISSING, State.MACHINE, State.EDITED, State.STALE)
"""The states that need a person."""

_PLACES = re.compile(r"\s*[(（][^()（）]*[)）]\Z")  # the end of each message of `checks.toml`


@dataclass(frozen=True)
class Wanted:
    """What is asked for: into which language, from which (None: whichever there is), and the states
    of the items; ``gone`` asks for translations whose source was taken out, too."""

    target: str
    source: str | None = None
    states: Collection[State] = WAITING
    gone: bool = False


def bundle(items: Iterable[Item], wanted: Wanted, title: str) -> tuple[Bundle, tuple[Problem, ...]]:
    """The rows for ``wanted``, and remarks on what is left out. Raises ActesError as `chosen`."""
    kept, problems = chosen(items, wanted)
    empty = Bundle((), kept[0].languages[0], wanted.target, title)
    rows = tuple(row_of(item, empty.language) for item in kept)
    return replace(empty, rows=rows), problems


def chosen(items: Iterable[Item], wanted: Wanted) -> tuple[list[Item], tuple[Problem, ...]]:
    """The items for ``wanted``, at least one, and remarks on what is left out.

    Confidential texts are left out: the file is made to be sent (law 6). So are words that the
    formats cannot hold. Raises ActesError ``exchange-nothing``, and ``exchange-languages`` where
    the sources are in several languages.
    """
    found = [item for item in items if _fits(item, wanted)]
    kept = [item for item in found if not item.confidential and _sound(item)]
    sources = sorted({item.languages[0] for item in kept})
    if len(sources) > 1:
        raise stop("exchange-languages", code=Exit.USAGE, languages=", ".join(sources))
    problems = tuple(_left_out(found))
    if not kept:
        raise stop("exchange-nothing", code=Exit.PROBLEMS, target=wanted.target)
    return kept, problems


def row_of(item: Item, language: str) -> Row:
    """An item as a row, its remarks in a language of the interface."""
    return Row(
        item.key,
        item.of or item.place,
        item.source,
        item.text,
        item.seen,
        item.state,
        source_then=visible(item.source_then or ""),  # to read only: it does not come back
        proposal=item.proposal or "",
        note=item.note or "",
        remarks=tuple(visible(_said(problem, language)) for problem in item.remarks),
    )


def _said(problem: Problem, language: str) -> str:
    """A remark without its places: a row has both texts side by side, and a narrow column for it.

    >>> values = {"one": "12 M€", "other": "12億ユーロ", "beside": "a.ja.md:7", "code": "0f"}
    >>> _said(Problem("check-magnitude", Place("sources/a.fr.md"), values), "ja")
    '「12 M€」に対し「12億ユーロ」：桁が異なる'
    """
    words = problem.message(language)
    return _PLACES.sub("", words) if "beside" in problem.values else words


def _fits(item: Item, wanted: Wanted) -> bool:
    if item.languages[1] != wanted.target or wanted.source not in (None, item.languages[0]):
        return False
    if item.kind is Kind.ORPHAN:  # it answers no source: nothing could come back of it
        return wanted.gone
    return item.state in wanted.states and (item.has_words or item.state is State.STALE)


def _sound(item: Item) -> bool:
    """Whether XML and the others can hold its words, letter by letter."""
    words = "\n".join((item.source, item.text, item.note or "", item.proposal or ""))
    return visible(words) == words


def _left_out(found: Sequence[Item]) -> Iterator[Problem]:
    hidden = dict.fromkeys(item.path for item in found if item.confidential)
    for path in hidden:
        yield Problem("exchange-confidential", Place(path), severity=Severity.REMARK)
    for item in found:
        if not item.confidential and not _sound(item):
            yield Problem("exchange-unsound", item.place, severity=Severity.REMARK)
