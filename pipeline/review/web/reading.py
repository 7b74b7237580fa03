"""The list that an address asks for, and the whole page around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.errors import Problem
from pipeline.review.decisions import Conflict
from pipeline.review.items import Item
from pipeline.review.web.asked import NEEDS, PER_PAGE, Asked
from pipeline.review.web.cards import Card, anchor, card, marked
from pipeline.review.web.choices import choices, progress
from pipeline.review.web.pages import render, shortcuts
from pipeline.review.web.sheets import Sheet, chosen_items, within
from pipeline.translation.terms import Lexicon
from pipeline.wording import say
from pipeline.workspace.load import Workspace

POLL = 2500
"""Milliseconds after which the page asks again whether files changed."""


@dataclass(frozen=True)
class Group:
    """Cards of one text that stand together."""

    title: str
    language: str
    path: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Heading:
    """What the list is of; ``language`` is empty for words of the page itself."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Pages:
    """Where the list goes on."""

    number: int
    last: int
    before: str
    after: str


class Reader:
    """Makes the HTML of sheets that were read, for one workspace as it stands."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lexicons: dict[tuple[str, str], Lexicon] = {}

    def card(self, item: Item, language: str) -> Card:
        """An item as a card."""
        if item.languages not in self._lexicons:
            from pipeline.translation.terms import lexicon

            self._lexicons[item.languages] = lexicon(self._workspace, *item.languages)
        return card(item, self._lexicons[item.languages], language)

    def cards(
        self, items: Iterable[Item], language: str, conflicts: Iterable[Conflict] = ()
    ) -> dict[str, str]:
        """The HTML of cards by their anchors, with both texts where a decision could not hold."""
        told = {conflict.item.key: conflict for conflict in conflicts if conflict.item}
        return {
            anchor(item.key): render(
                "one.html",
                language,
                item=self.card(item, language),
                conflict=_both(told[item.key], item, language) if item.key in told else None,
            )
            for item in items
        }

    def parts(self, sheets: Sequence[Sheet], asked: Asked, language: str) -> dict[str, str]:
        """The parts of the page that depend on the choice, by the place they stand in."""
        return {
            "cards": self.listed(sheets, asked, language),
            **self.around(sheets, asked, language),
        }

    def around(self, sheets: Sequence[Sheet], asked: Asked, language: str) -> dict[str, str]:
        """The choices and the progress."""
        beside = choices(sheets, asked, self._workspace, language)
        return {
            "choices": render("choices.html", language, choices=beside),
            "progress": render("progress.html", language, progress=progress(sheets, language)),
        }

    def listed(self, sheets: Sequence[Sheet], asked: Asked, language: str) -> str:
        """The list of what was asked for, one page of it."""
        return render("list.html", language, **self._list(sheets, asked, language))

    def page(
        self, sheets: Sequence[Sheet], asked: Asked, language: str, version: str, undoable: bool
    ) -> str:
        """The whole page."""
        return render(
            "page.html",
            language,
            event=self.title(language),
            poll=POLL,
            hidden=asked.fields,
            asked=asked,
            version=version,
            undoable=undoable,
            shortcuts=shortcuts(language),
            choices=choices(sheets, asked, self._workspace, language),
            progress=progress(sheets, language),
            **self._list(sheets, asked, language),
        )

    def title(self, language: str) -> str:
        """The event's title."""
        title: Mapping[str, str] = self._workspace.event.title
        return title.get(language) or next(iter(title.values()))

    def groups(self, pairs: Iterable[tuple[Sheet, Item]], language: str) -> list[Group]:
        """Items as cards, those of one text together."""
        return [
            Group(sheet.title, sheet.language, path, tuple(self.card(i, language) for _, i in rows))
            for (sheet, path), rows in groupby(pairs, lambda pair: (pair[0], pair[1].path))
        ]

    def _list(self, sheets: Sequence[Sheet], asked: Asked, language: str) -> dict[str, Any]:
        chosen = within(sheets, asked)
        found = chosen_items(chosen, asked)
        last = max(1, -(-len(found) // PER_PAGE))
        number = min(asked.page, last)
        shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
        pages = Pages(
            number,
            last,
            asked.address(page=number - 1) if number > 1 else "",
            asked.address(page=number + 1) if number < last else "",
        )
        return {
            "heading": self._heading(chosen, asked, language),
            "total": len(found),
            "groups": self.groups(shown, language),
            "pages": pages if last > 1 else None,
            "problems": [_said(p, language) for sheet in chosen for p in sheet.problems],
            "empty": empty(chosen, asked, language),
            "unread": not all(sheet.read for sheet in chosen),
            "fixed": False,
        }

    def _heading(self, chosen: Sequence[Sheet], asked: Asked, language: str) -> Heading:
        if asked.text and chosen:
            return Heading(chosen[0].title, chosen[0].language)
        for theme in self._workspace.event.themes:
            if theme.id == asked.theme:
                return Heading(theme.title.get(language) or next(iter(theme.title.values())))
        return Heading(say("page-everything", language))


def _both(conflict: Conflict, item: Item, language: str) -> dict[str, Any]:
    words = conflict.decision.text
    return {
        "words": conflict.problem.message(language),
        "mine": marked(item.text, words) if words is not None else (),
    }


def _said(problem: Problem, language: str) -> str:
    return f"{problem.place}: {problem.message(language)}"


def empty(chosen: Sequence[Sheet], asked: Asked, language: str) -> str:
    """What an empty list means."""
    if not any(sheet.items for sheet in chosen):
        return say("page-empty", language)
    bare = not (asked.words or asked.remark or asked.into)
    return say("page-done" if bare and asked.show == NEEDS else "page-empty-filter", language)
