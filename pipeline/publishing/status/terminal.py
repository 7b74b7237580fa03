"""`actes status` for a person: tables in columns, bars of letters, what is to be done next.

Every state has its own letter and word; colour, where there is any, only repeats them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.checks.model import WEIGHTS
from pipeline.columns import cut, shares, table
from pipeline.errors import Problem
from pipeline.publishing.status.history import Point
from pipeline.publishing.status.overview import Overview
from pipeline.translation.marker import State
from pipeline.translation.status import (
    STATES,
    Amount,
    Amounts,
    Note,
    Task,
    TextStatus,
    tasks,
    total,
)
from pipeline.wording import interface_language, language_name, number, say
from pipeline.workspace.characters import visible

LETTERS: Mapping[State, str] = {
    State.REVIEWED: "#",
    State.EDITED: "+",
    State.MACHINE: "-",
    State.STALE: "!",
    State.MISSING: ".",
}
Paint = Callable[[str, State], str]
_NARROWEST = 40
_BAR = 30
_LISTED = 8  # texts of one task that are named; the rest is counted
_TITLE = 60
_NOTE = 100  # characters of a note that are shown


def plain(text: str, _state: State) -> str:
    """No colour."""
    return text


@dataclass(frozen=True)
class View:
    """How to show it: places of a line (None: as many as needed), every text or the themes only,

    with colours or without, with the past or without.
    """

    columns: int | None = None
    texts: bool = False
    paint: Paint = plain
    history: bool = True

    @property
    def room(self) -> int | None:
        """The places there are, of which a table needs a few at least."""
        return None if self.columns is None else max(_NARROWEST, self.columns)


def lines(overview: Overview, view: View) -> Iterable[str]:
    """Everything `actes status` says, line by line."""
    if not overview.texts:
        yield say("status-empty")
    for language in overview.languages:
        texts = [text for text in overview.texts if text.language == language]
        if texts:
            yield from _language(overview, language, texts, view)
            yield ""
    if overview.texts:
        yield _legend(view)
    yield from _declaration(overview)
    yield from _tasks(overview, view)
    yield from _blocking(overview)
    if view.history and overview.history is not None:
        yield from _history(overview.history, overview, view)


# -- the table of a language --------------------------------------------------------------------


def _language(
    overview: Overview, language: str, texts: Sequence[TextStatus], view: View
) -> Iterable[str]:
    whole = total(text.amounts for text in texts)
    share = _percent(whole, all(text.readable for text in texts))
    name = language_name(language, interface_language())
    yield say("status-into", name=name, tag=language, percent=share)
    units = ("words", "characters")
    used = [unit for unit in units if any(getattr(a, unit) for a in whole.values())]
    rows = [("", *(say(f"status-head-{state}") for state in STATES), say("status-head-total"),
             *(say(f"status-head-{unit}") for unit in used))]  # fmt: skip
    for folder in dict.fromkeys(text.folder for text in texts):
        there = [text for text in texts if text.folder == folder]
        rows.append(_row(_title(overview, folder), total(t.amounts for t in there), used))
        if view.texts:
            rows += [_row(f"  {text.key.partition('/')[2]}", text.amounts, used) for text in there]
    rows.append(_row(say("status-all"), whole, used))
    yield from (f"  {line}" for line in table(rows, view.room and view.room - 2))
    yield f"  {_bar(whole, min(_BAR * 2, (view.room or 80) - 2), view.paint)}"


def _row(name: str, amounts: Amounts, units: Sequence[str]) -> tuple[str, ...]:
    counts = [amounts.get(state, Amount()) for state in STATES]
    lengths = [sum(getattr(amount, unit) for amount in counts) for unit in units]
    numbers = [*(amount.units for amount in counts), sum(amount.units for amount in counts)]
    return (name, *map(number, numbers), *map(number, lengths))


def _percent(amounts: Amounts, readable: bool = True) -> int:
    """How much is reviewed; 100 only when all is, and all could be read."""
    whole = sum(amount.units for amount in amounts.values())
    share = amounts[State.REVIEWED].units * 100 // whole if whole else 100 * readable
    return share if readable else min(share, 99)


def _title(overview: Overview, folder: str) -> str:
    """A theme by its title in the reader's language, if it has one there, else in the event's."""
    for theme in overview.event.themes:
        if theme.id == folder:
            known = theme.title
            first = known.get(interface_language()) or known[overview.event.languages[0]]
            return cut(" ".join(visible(first).split()), _TITLE)
    return say(f"status-folder-{folder}")


def _bar(amounts: Amounts, places: int, paint: Paint) -> str:
    counts = [amounts.get(state, Amount()).units for state in STATES]
    parts = zip(STATES, shares(counts, places), strict=True)
    return "[" + "".join(paint(LETTERS[state] * part, state) for state, part in parts) + "]"


def _legend(view: View) -> str:
    shown = (f"{view.paint(LETTERS[s], s)} {say(f'status-head-{s}')}" for s in STATES)
    return "   ".join(shown)


def _declaration(overview: Overview) -> Iterable[str]:
    missing = [tag for tag, path in overview.declaration.items() if path is None]
    if missing:
        yield ""
        names = [language_name(tag, interface_language()) for tag in missing]
        yield say("status-declaration-missing", languages=", ".join(names))


# -- what to do next ----------------------------------------------------------------------------


def _tasks(overview: Overview, view: View) -> Iterable[str]:
    found = tasks(overview.texts)
    if found:
        yield ""
        yield say("status-next")
    for task, items in found.items():
        yield f"  {say(f'status-task-{task}')}"
        entries = [*dict.fromkeys(e for text, count in items for e in _entries(task, text, count))]
        listed = entries if view.texts else entries[:_LISTED]
        yield from (f"    {_shown(line, view)}" for line in listed)
        if len(entries) > len(listed):
            yield f"    {say('status-more', count=number(len(entries) - len(listed)))}"


def _entries(task: Task, text: TextStatus, count: int) -> Iterable[str]:
    """Where to look: each place, or the counterpart if there is one, else the original."""
    path = text.path or text.original or f"sources/{text.key}"
    if task is Task.ANSWER:
        yield from (f"{note.place}: {_words(note)}" for note in text.notes)
    elif task in (Task.SETTLE, Task.PLACE):
        yield from map(str, text.approvals if task is Task.SETTLE else text.orphans)
    elif task is Task.REPAIR:
        yield from map(str, text.damaged) if text.damaged else text.broken or (path,)
    elif text.path is None:
        yield say("status-item-new", path=path, language=text.language, count=number(count))
    else:
        yield say("status-item", path=path, count=number(count))


def _words(note: Note) -> str:
    return say("status-note-hidden") if note.words is None else _one_line(note.words)


def _one_line(words: str) -> str:
    return cut(" ".join(visible(words).split()), _NOTE)


def _shown(line: str, view: View) -> str:
    return line if view.room is None else cut(line, view.room - 6)


# -- what blocks --------------------------------------------------------------------------------


def _blocking(overview: Overview) -> Iterable[str]:
    yield ""
    if not any(overview.blocking.values()):
        yield say("status-final-ready" if overview.whole else "status-final-part")
        return
    yield say("status-final")
    for language, problems in overview.blocking.items():
        if language:
            yield _blocks(language, _counted(problems) or say("status-nothing"))
        elif problems:
            yield _blocks(say("status-every"), _counted(problems))


_SAID = {
    "blocked-broken": "status-block-broken",
    "blocked-missing": "status-block-missing",
    "blocked-segment": "status-block-segment",
    "blocked-field": "status-block-field",
    "blocked-placeholder": "status-block-placeholder",
    "metadata-incomplete": "status-block-incomplete",
}
_CONTRADICTION, _ERROR = "status-block-contradiction", "status-block-error"
_CONTRADICTIONS = frozenset({*WEIGHTS, "check-confidential"})


def _blocks(language: str, found: str) -> str:
    return "  " + say("status-blocks", language=language, found=found)


def _counted(problems: Iterable[Problem]) -> str:
    counts = Counter(map(_said, problems))
    keys = dict.fromkeys((*_SAID.values(), _CONTRADICTION, _ERROR))
    parts = (say(key, count=number(counts[key])) for key in keys if counts[key])
    return say("status-comma").join(parts)


def _said(problem: Problem) -> str:
    """The words that count a problem among its like."""
    return _CONTRADICTION if problem.rule in _CONTRADICTIONS else _SAID.get(problem.rule, _ERROR)


# -- the past -----------------------------------------------------------------------------------


def _history(points: Sequence[Point], overview: Overview, view: View) -> Iterable[str]:
    yield ""
    if not points:
        yield say("status-history-none")
        return
    for language in overview.languages:
        those = [(point, point.amounts[language]) for point in points if language in point.amounts]
        if those:
            name = language_name(language, interface_language())
            yield say("status-history", name=name, tag=language)
            most = max(sum(a.units for a in amounts.values()) for _point, amounts in those)
            room = min(_BAR * 2, (view.room or 80) - 24)
            yield from (f"  {_moment(p, a, most, room, view)}" for p, a in those)


def _moment(point: Point, amounts: Amounts, most: int, room: int, view: View) -> str:
    """A day, its bar (as long as there was text then), how much of it was reviewed."""
    units = sum(amount.units for amount in amounts.values())
    places = max(1, units * room // most) if units and most else 0
    share = say("status-percent", percent=_percent(amounts)) if units else "–"
    widest = ["0000-00-00", say("status-percent", percent=100)]
    row = [[point.day or say("status-now"), share], widest]
    return f"{table(row)[0]}  {_bar(amounts, places, view.paint)}"
