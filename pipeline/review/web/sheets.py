"""One work under review: its items in every language, and what of them an address asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import Problem, Severity
from pipeline.review.items import Item, Kind, items
from pipeline.review.web.asked import NEEDS, NOTED, SHOWN, WHOLE, Asked
from pipeline.review.web.subjects import subjects
from pipeline.translation.works import Work
from pipeline.workspace.layout import TextFile

if TYPE_CHECKING:
    from pipeline.review.remarks import Inspector


@dataclass(frozen=True, eq=False)
class Sheet:
    """A work: called by its file's name until it is ``read``, then by its title in ``language``.

    ``problems`` are the errors that keep it, or a counterpart, from being reviewed. The items'
    remarks take long: ``inspections`` are what gives them theirs, by language, and ``inspected``
    the keys of those that have them.
    """

    key: str
    folder: str
    title: str
    language: str = ""
    read: bool = False
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    confidential: bool = False
    inspections: Mapping[str, Callable[[Item], Item]] = field(default_factory=dict)
    inspected: frozenset[str] = frozenset()

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many of its items each of `SHOWN` shows."""
        return {show: sum(_shows(show, item) for item in self.items) for show in SHOWN}

    @property
    def whole(self) -> bool:
        """Whether nothing is left to find out about it."""
        return self.read and len(self.inspected) == len(self.items)


def unread(key: str, files: Sequence[TextFile]) -> Sheet:
    """The sheet of files that nobody has looked into."""
    return Sheet(key, files[0].folder, files[0].name)


def sheet_of(
    work: Work, inspector: Inspector, problems: Iterable[Problem], wanted: Collection[str]
) -> Sheet:
    """The sheet of a work that was read, in the languages ``wanted`` (none: all)."""
    original = work.original
    languages = [tag for tag in work.counterparts if not wanted or tag in wanted]
    return Sheet(
        work.key,
        work.folder,
        original.metadata.title if original else work.name,
        original.file.language if original else "",
        True,
        tuple(item for language in languages for item in items(work, language)),
        tuple(problem for problem in problems if problem.severity is Severity.ERROR),
        original is None or original.metadata.confidential,
        {language: inspector.inspection(work, language) for language in languages},
    )


def within(sheets: Iterable[Sheet], asked: Asked) -> tuple[Sheet, ...]:
    """The sheets that may hold what was asked for."""
    return tuple(
        sheet
        for sheet in sheets
        if asked.text in ("", sheet.key) and asked.theme in ("", sheet.folder)
    )


def holds(asked: Asked, item: Item) -> bool:
    """Whether an item of such a sheet is asked for."""
    return (
        _shows(asked.show, item)
        and asked.into in ("", item.languages[1])
        and (not asked.remark or asked.remark in subjects(item))
        and (not asked.words or _says(asked.words, item))
    )


def counts(sheets: tuple[Sheet, ...], asked: Asked) -> Mapping[str, int]:
    """How many items are asked for with each choice of `SHOWN`."""
    if not (asked.into or asked.remark or asked.words):
        return {show: sum(sheet.counts[show] for sheet in sheets) for show in SHOWN}
    found = chosen_items(sheets, replace(asked, show=WHOLE, page=1))
    return {show: sum(_shows(show, item) for _sheet, item in found) for show in SHOWN}


def chosen_items(sheets: tuple[Sheet, ...], asked: Asked) -> tuple[tuple[Sheet, Item], ...]:
    """What was asked for, in the order of the volume."""
    return _chosen(sheets, replace(asked, page=1))


@lru_cache(maxsize=8)
def _chosen(sheets: tuple[Sheet, ...], asked: Asked) -> tuple[tuple[Sheet, Item], ...]:
    """Sheets are compared by identity: a page asks for the same several times."""
    return tuple(
        (sheet, item)
        for sheet in sheets
        if sheet.counts[asked.show]
        for item in sheet.items
        if holds(asked, item)
    )


def needs(item: Item) -> bool:
    """Whether a person has to do something about it; also to place an orphan's words elsewhere."""
    return item.waiting or item.kind is Kind.ORPHAN


def _shows(show: str, item: Item) -> bool:
    if show == NEEDS:
        return needs(item)
    if show == NOTED:
        return bool(item.note)
    return show in (WHOLE, item.state)


def _says(words: str, item: Item) -> bool:
    """Whether all the words stand in it, whatever their case and width, in either language."""
    said = (item.source, item.text, item.proposal or "", item.note or "", item.key)
    text = "\n".join(map(plain, said))
    return all(word in text for word in plain(words).split())


@lru_cache(maxsize=1 << 17)
def plain(words: str) -> str:
    """Words as they are looked for.

    >>> plain("Marché　４０％")
    'marché 40%'
    """
    return unicodedata.normalize("NFKC", words).casefold()
