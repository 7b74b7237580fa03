"""What the page can do, one method each: the questions of the browser, answered in HTML."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.review.decisions import Decision
from pipeline.review.items import Item
from pipeline.review.taking import Report, take
from pipeline.review.web.asked import NEEDS, PER_PAGE, WHOLE, Asked, asked
from pipeline.review.web.cards import anchor
from pipeline.review.web.deeds import decided, shown_pairs
from pipeline.review.web.filling import Filler
from pipeline.review.web.pages import render
from pipeline.review.web.preview import preview
from pipeline.review.web.reading import Reader
from pipeline.review.web.recollection import Recollection
from pipeline.review.web.sheets import Sheet, chosen_items, within
from pipeline.wording import say

Answer = dict[str, Any]
_PATIENCE = 0.5
"""Seconds that a person waits for texts that are not read yet, at most; what is lacking follows."""
_GLANCE = 0.25
"""Seconds that are given to the remarks of what is shown, at most; the others follow too."""
_MOST_UNDONE = 200
_SAID = {
    "approve": "page-said-approved",
    "save-approve": "page-said-approved",
    "note": "page-said-noted",
}


class Desk:
    """A shelf of texts, whoever fills it, and the person who reviews them."""

    def __init__(self, filler: Filler) -> None:
        self._shelf = shelf = filler.shelf
        self._filler = filler
        self._recollection = Recollection(shelf.root)
        self._undo: list[tuple[Decision, ...]] = []

    # -- looking ----------------------------------------------------------------------------------

    def page(self, language: str, query: Mapping[str, str]) -> str:
        """The whole page."""
        wanted = asked(query)
        self._shelf.refresh()
        self._wait(wanted, 1)
        with self._filler.asked():
            sheets = self._look(wanted)
            version = self._version(sheets, wanted)
            return self._reader.page(sheets, wanted, language, version, bool(self._undo))

    def list(self, language: str, query: Mapping[str, str]) -> Answer:
        """The parts of the page that another choice changes."""
        wanted = asked(query)
        self._shelf.refresh()
        self._wait(wanted, PER_PAGE)
        with self._filler.asked():
            sheets = self._look(wanted)
            parts = self._reader.parts(sheets, wanted, language)
            return {"parts": parts, "version": self._version(sheets, wanted)}

    def next(self, language: str, query: Mapping[str, str]) -> Answer:
        """Where the next item that needs a person is, after the one named, then from the start."""
        wanted = Asked(**{**vars(asked(query)), "show": NEEDS, "page": 1})
        sheets = within(self._shelf.sheets(), wanted)
        keys = [sheet.key for sheet in sheets]
        after = query.get("after", "")
        self._filler.wait(keys, lambda: False, _PATIENCE, first=wanted.narrow)
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
        wanted = asked(query)
        self._shelf.refresh()
        self._filler.fill()
        sheets = self._shelf.sheets()
        version = self._version(sheets, wanted)
        same = query.get("version", "") in ("", version)
        parts = self._reader.around(sheets, wanted, language) if same else {}
        return {"version": version, "same": same, "parts": parts}

    def preview(self, language: str, words: str) -> Answer:
        """What was typed, as it will be read."""
        seen = preview(words)
        html = render("preview.html", language, html=seen.html, problems=seen.problems)
        return {"html": html.strip()}

    def beside(self, language: str, key: str) -> Answer:
        """What is remembered beside an item; ``later``: ask again."""
        found = self._item(key)
        if found is None:
            return {"html": ""}
        if self._filler.reading:  # opening the memory takes long too
            return {"html": "", "later": True}
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
        report = self._take([decision])
        said = _SAID.get(form.get("act", ""), "page-said-saved")
        return self._taken(report, query, language, say(said, language))

    def approve_shown(
        self, language: str, query: Mapping[str, str], form: Mapping[str, str]
    ) -> Answer:
        """Approve each of the items that the page shows, as it shows them."""
        decisions = [Decision(key, seen, approve=True) for key, seen in shown_pairs(form)]
        report = self._take(decisions)
        said = say("page-said-many", language, count=len(report.taken))
        if report.conflicts:
            more = say("page-said-not-taken", language, count=len(report.conflicts))
            said = f"{said} {more}"
        return self._taken(report, query, language, said)

    def undo(self, language: str, query: Mapping[str, str]) -> Answer:
        """Put back what the last decision changed, unless somebody changed it since."""
        if not self._undo:
            return {"said": say("page-said-nothing", language), "undoable": False}
        report = self._take(self._undo[-1])
        self._undo.pop()
        answer = self._taken(
            report, query, language, say("page-said-undone", language), undoing=True
        )
        first = next((one.item for one in report.taken), None)
        if first is None:
            return answer
        sheet = self._item(first.key)
        address = Asked(show=WHOLE, text=sheet[0].key if sheet else "").address()
        return {**answer, "anchor": anchor(first.key), "address": address}

    def _take(self, decisions: Sequence[Decision]) -> Report:
        with self._filler.asked():
            return take(self._shelf.root, decisions)

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
        self._inspect(keys, _GLANCE)
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
            "version": self._version(self._shelf.sheets(), wanted),
        }

    # -- helpers ----------------------------------------------------------------------------------

    @property
    def _reader(self) -> Reader:
        return Reader(self._shelf.workspace)

    def _wait(self, wanted: Asked, least: int) -> None:
        """Wait until the page asked for has at ``least`` so many items, or time is out."""

        def enough() -> bool:
            return len(_on_page(self._shelf.sheets(), wanted)) >= least

        keys = [sheet.key for sheet in within(self._shelf.sheets(), wanted)]
        first = wanted.narrow or wanted.show == WHOLE  # else those that say that something waits
        self._filler.wait(keys, enough, _PATIENCE, first=first)

    def _look(self, wanted: Asked) -> Sequence[Sheet]:
        """The sheets, with the remarks of what the page shows as far as they are quickly found."""
        shown = [item.key for item in _on_page(self._shelf.sheets(), wanted)]
        self._inspect(shown, _GLANCE)
        return self._shelf.sheets()

    def _inspect(self, keys: Iterable[str], seconds: float) -> None:
        end = time.monotonic() + seconds
        wanted = frozenset(keys)
        for sheet in self._shelf.sheets():
            if any(item.key in wanted for item in sheet.items):
                self._shelf.inspect(sheet.key, wanted, end - time.monotonic())

    def _version(self, sheets: Sequence[Sheet], wanted: Asked) -> str:
        """Another one whenever files changed, remarks were found, or the list may have grown."""
        chosen = within(sheets, wanted)
        known = frozenset[str]().union(*(sheet.inspected for sheet in chosen))
        read: object = sum(sheet.read for sheet in chosen)
        if wanted.remark:
            return f"{self._shelf.version}.{read}.{len(known)}"
        shown = _on_page(sheets, wanted)
        if len(shown) == PER_PAGE:
            read = "full"
        return f"{self._shelf.version}.{read}.{sum(item.key in known for item in shown)}"

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


def _on_page(sheets: Sequence[Sheet], wanted: Asked) -> Sequence[Item]:
    """The items on the page asked for."""
    found = chosen_items(within(sheets, wanted), wanted)
    start = (wanted.page - 1) * PER_PAGE
    return [item for _sheet, item in found[start : start + PER_PAGE]]
