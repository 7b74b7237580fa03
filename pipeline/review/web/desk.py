"""What the page can do, one method each: the questions of the browser, answered in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.review.decisions import Decision
from pipeline.review.items import Item
from pipeline.review.taking import Report, take
from pipeline.review.web.asked import NEEDS, PER_PAGE, WHOLE, Asked, asked
from pipeline.review.web.cards import anchor
from pipeline.review.web.deeds import decided, shown_pairs
from pipeline.review.web.pages import render
from pipeline.review.web.preview import preview
from pipeline.review.web.reading import Reader, chosen_items
from pipeline.review.web.recollection import Recollection
from pipeline.review.web.sheets import Sheet, within
from pipeline.review.web.shelf import Shelf
from pipeline.wording import say

Answer = dict[str, Any]
_PATIENCE = 0.5
"""Seconds that a person waits for texts that are not read yet; the others follow."""
_MOST_UNDONE = 200
_SAID = {
    "approve": "page-said-approved",
    "save-approve": "page-said-approved",
    "note": "page-said-noted",
}


class Desk:
    """A shelf of texts and the person who reviews them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._recollection = Recollection(shelf.root)
        self._undo: list[tuple[Decision, ...]] = []

    # -- looking ----------------------------------------------------------------------------------

    def page(self, language: str, query: Mapping[str, str]) -> str:
        """The whole page."""
        wanted = asked(query)
        self._shelf.refresh()
        self._look(wanted)
        html = self._reader.page(self._shelf.sheets(), wanted, language, self._shelf.version,
                                 bool(self._undo))  # fmt: skip
        self._shelf.fill()
        return html

    def list(self, language: str, query: Mapping[str, str]) -> Answer:
        """The parts of the page that another choice changes."""
        wanted = asked(query)
        self._shelf.refresh()
        self._look(wanted)
        return self._parts(wanted, language)

    def next(self, language: str, query: Mapping[str, str]) -> Answer:
        """Where the next item that needs a person is, after the one named, then from the start."""
        wanted = Asked(**{**vars(asked(query)), "show": NEEDS, "page": 1})
        sheets = within(self._shelf.sheets(), wanted)
        keys = [sheet.key for sheet in sheets]
        after = query.get("after", "")
        list(self._shelf.read_on(keys, _PATIENCE))
        rows = chosen_items(within(self._shelf.sheets(), wanted), wanted)
        names = [item.key for _sheet, item in rows]
        place = names.index(after) + 1 if after in names else 0
        if not rows or (len(rows) == 1 and after in names):
            return {"said": say("page-no-next", language)}
        place %= len(rows)
        address = wanted.address(page=place // PER_PAGE + 1)
        return {"address": address, "anchor": anchor(names[place])}

    def changes(self, language: str, query: Mapping[str, str]) -> Answer:
        """Whether what is shown still stands; how far the reading is."""
        self._shelf.refresh()
        version = self._shelf.version
        same = query.get("version", "") in ("", version)
        parts = self._reader.around(self._shelf.sheets(), asked(query), language) if same else {}
        return {"version": version, "same": same, "parts": parts}

    def preview(self, words: str) -> Answer:
        """What was typed, as it will be read."""
        return {"html": preview(words)}

    def beside(self, language: str, key: str) -> Answer:
        """What is remembered beside an item; ``later``: ask again."""
        found = self._item(key)
        if found is None:
            return {"html": ""}
        matches = self._recollection.matches(found[1])
        if matches is None:
            return {"html": "", "later": True}
        source, target = found[1].languages
        return {
            "html": render("beside.html", language, matches=matches,
                           source_language=source, target_language=target)
        }  # fmt: skip

    # -- deciding ---------------------------------------------------------------------------------

    def decide(self, language: str, query: Mapping[str, str], form: Mapping[str, str]) -> Answer:
        """One decision, taken into the file; the card as it then stands."""
        decision = decided(form)
        if decision is None:
            return {"said": say("page-said-nothing-done", language)}
        report = take(self._shelf.root, [decision])
        said = _SAID.get(form.get("act", ""), "page-said-saved")
        return self._taken(report, query, language, say(said, language))

    def approve_shown(
        self, language: str, query: Mapping[str, str], form: Mapping[str, str]
    ) -> Answer:
        """Approve each of the items that the page shows, as it shows them."""
        decisions = [Decision(key, seen, approve=True) for key, seen in shown_pairs(form)]
        report = take(self._shelf.root, decisions)
        said = say("page-said-many", language, count=len(report.taken))
        if report.conflicts:
            more = say("page-said-not-taken", language, count=len(report.conflicts))
            said = f"{said} {more}"
        return self._taken(report, query, language, said)

    def undo(self, language: str, query: Mapping[str, str]) -> Answer:
        """Put back what the last decision changed, unless somebody changed it since."""
        if not self._undo:
            return {"said": say("page-said-nothing", language), "undoable": False}
        report = take(self._shelf.root, self._undo.pop())
        answer = self._taken(
            report, query, language, say("page-said-undone", language), undoing=True
        )
        first = next((one.item for one in report.taken), None)
        if first is None:
            return answer
        sheet = self._item(first.key)
        address = Asked(show=WHOLE, text=sheet[0].key if sheet else "").address()
        return {**answer, "anchor": anchor(first.key), "address": address}

    def _taken(
        self,
        report: Report,
        query: Mapping[str, str],
        language: str,
        said: str,
        undoing: bool = False,
    ) -> Answer:
        """What the page shows after ``report``: the cards concerned, and what is around them."""
        if report.taken and not undoing:
            self._undo = [*self._undo, tuple(one.undo for one in report.taken)][-_MOST_UNDONE:]
        conflicts = [one for one in report.conflicts if one.item is not None]
        keys = [one.item.key for one in report.taken]
        keys += [one.item.key for one in conflicts if one.item is not None]
        self._shelf.refresh()
        self._shelf.read({key for key in map(self._shelf.work_of, keys) if key})
        self._shelf.inspect(set(keys), _PATIENCE)
        now = self._items(keys)
        if not report.taken and report.conflicts:
            said = report.conflicts[0].problem.message(language)
        wanted = asked(query)
        return {
            "said": said,
            "taken": len(report.taken),
            "conflict": bool(report.conflicts),
            "cards": self._reader.cards(now.values(), language, conflicts),
            "parts": self._reader.around(self._shelf.sheets(), wanted, language),
            "undoable": bool(self._undo),
            "version": self._shelf.version,
        }

    # -- helpers ----------------------------------------------------------------------------------

    @property
    def _reader(self) -> Reader:
        return Reader(self._shelf.workspace)

    def _look(self, wanted: Asked) -> None:
        """Read as much as the page asked for needs, and no longer than a person waits."""
        enough = wanted.page * PER_PAGE
        keys = [sheet.key for sheet in within(self._shelf.sheets(), wanted)]
        count = 0
        for sheet in self._shelf.read_on(keys, _PATIENCE):
            count += len(chosen_items([sheet], wanted))
            if count >= enough:
                break
        rows = chosen_items(within(self._shelf.sheets(), wanted), wanted)
        shown = rows[max(enough - PER_PAGE, 0) : enough]
        self._shelf.inspect({item.key for _sheet, item in shown}, _PATIENCE)

    def _parts(self, wanted: Asked, language: str) -> Answer:
        parts = self._reader.parts(self._shelf.sheets(), wanted, language)
        return {"parts": parts, "version": self._shelf.version}

    def _item(self, key: str) -> tuple[Sheet, Item] | None:
        """The item of that name among those that were read: whatever else is asked is nothing."""
        for sheet in self._shelf.sheets():
            for item in sheet.items:
                if item.key == key:
                    return sheet, item
        return None

    def _items(self, keys: Sequence[str]) -> dict[str, Item]:
        wanted = set(keys)
        return {
            item.key: item
            for sheet in self._shelf.sheets()
            for item in sheet.items
            if item.key in wanted
        }
