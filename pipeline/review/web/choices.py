"""What can be chosen beside the list, each with how much there is of it, and how far all is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.review.web.asked import NEEDS, NOTED, WHOLE, Asked
from pipeline.review.web.sheets import Sheet, chosen_items, counts, within
from pipeline.review.web.subjects import subjects
from pipeline.translation.marker import State
from pipeline.translation.status import STATES
from pipeline.wording import has, language_name, say
from pipeline.workspace.layout import ANNEXES, PRELIMINARIES
from pipeline.workspace.load import Workspace

_UNDONE_FIRST = (State.STALE, State.MACHINE, State.EDITED, State.MISSING, State.REVIEWED)


@dataclass(frozen=True)
class Choice:
    """A link that narrows the list. ``count`` is empty where it is not known yet."""

    words: str
    address: str
    chosen: bool
    count: str = ""
    name: str = ""
    language: str = ""
    percent: int | None = None


@dataclass(frozen=True)
class Theme:
    """The link to all texts of a folder; and, once it is chosen, to each of them."""

    words: str
    address: str
    chosen: bool
    count: str
    texts: tuple[Choice, ...]


@dataclass(frozen=True)
class Choices:
    """Everything beside the list."""

    states: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    remarks: tuple[Choice, ...]
    everything: Choice
    themes: tuple[Theme, ...]


@dataclass(frozen=True)
class Part:
    """A state's share of the bar, ``width`` in percent."""

    state: str
    name: str
    count: int
    width: str


@dataclass(frozen=True)
class Progress:
    """How far the texts are, as many of them as were read."""

    percent: int
    parts: tuple[Part, ...]
    read: int
    total: int

    @property
    def unread(self) -> bool:
        """Whether some texts are not counted yet."""
        return self.read < self.total


def progress(sheets: Sequence[Sheet], language: str) -> Progress:
    """The states of all segments and values that were read."""
    counts = {state: sum(sheet.counts[state] for sheet in sheets) for state in STATES}
    total = sum(counts.values())
    parts = [
        Part(
            state.value,
            say(f"status-head-{state.value}", language),
            counts[state],
            f"{100 * counts[state] / (total or 1):.3f}",
        )
        for state in STATES
    ]
    percent = 100 * counts[State.REVIEWED] // (total or 1)  # 100 only when all is reviewed
    return Progress(percent, tuple(parts), sum(sheet.read for sheet in sheets), len(sheets))


def choices(sheets: Sequence[Sheet], asked: Asked, workspace: Workspace, language: str) -> Choices:
    """The choices as they stand beside the list that ``asked`` gives."""
    return Choices(
        tuple(_states(sheets, asked, language)),
        tuple(_languages(sheets, asked, language)),
        tuple(_remarks(sheets, asked, language)),
        Choice("", asked.address(theme="", text=""), not (asked.theme or asked.text)),
        tuple(_themes(sheets, asked, workspace, language)),
    )


def _states(sheets: Sequence[Sheet], asked: Asked, language: str) -> Iterable[Choice]:
    names = {
        NEEDS: say("page-needs", language),
        **{state.value: say(f"status-head-{state.value}", language) for state in _UNDONE_FIRST},
        NOTED: say("page-noted", language),
        WHOLE: say("page-whole", language),
    }
    found = counts(within(sheets, asked), asked)
    for show, words in names.items():
        yield Choice(words, asked.address(show=show), asked.show == show, str(found[show]), show)


def _languages(sheets: Sequence[Sheet], asked: Asked, language: str) -> Iterable[Choice]:
    tags = sorted({tag for sheet in sheets for tag in sheet.inspections})
    for tag in tags:
        chosen = asked.into == tag
        address = asked.address(into="" if chosen else tag)
        yield Choice(language_name(tag, language), address, chosen)


def _remarks(sheets: Sequence[Sheet], asked: Asked, language: str) -> Iterable[Choice]:
    """What the remarks of the list are about, the most frequent first."""
    open_ = replace(asked, remark="")
    counts = Counter(
        subject
        for _sheet, item in chosen_items(within(sheets, open_), open_)
        for subject in subjects(item)
    )
    shown = [subject for subject, _count in counts.most_common()]
    if asked.remark not in ("", *shown) and has(f"page-remark-{asked.remark}"):
        shown.append(asked.remark)
    for subject in shown:
        chosen = asked.remark == subject
        address = asked.address(remark="" if chosen else subject)
        yield Choice(say(f"page-remark-{subject}", language), address, chosen, str(counts[subject]))


def _themes(
    sheets: Sequence[Sheet], asked: Asked, workspace: Workspace, language: str
) -> Iterable[Theme]:
    titles = {
        theme.id: theme.title.get(language) or next(iter(theme.title.values()))
        for theme in workspace.event.themes
    }
    titles |= {
        PRELIMINARIES: say("status-folder-preliminaries", language),
        ANNEXES: say("status-folder-annexes", language),
    }
    folders = [PRELIMINARIES, *(theme.id for theme in workspace.event.themes), ANNEXES]
    there = {sheet.folder for sheet in sheets}
    alone = len(there) == 1
    for folder in (name for name in folders if name in there):
        texts = [sheet for sheet in sheets if sheet.folder == folder]
        chosen = asked.theme == folder and not asked.text
        waiting = sum(map(_waiting, texts))
        inside = asked.text in {sheet.key for sheet in texts}
        yield Theme(
            titles[folder],
            asked.address(theme=folder, text=""),
            chosen,
            str(waiting or ""),
            tuple(_text(sheet, asked) for sheet in texts) if chosen or inside or alone else (),
        )


def _text(sheet: Sheet, asked: Asked) -> Choice:
    done = sheet.counts[State.REVIEWED]
    return Choice(
        sheet.title,
        asked.address(text=sheet.key, theme=""),
        asked.text == sheet.key,
        str(_waiting(sheet) or "") if sheet.read else "…",
        language=sheet.language,
        percent=100 * done // len(sheet.items) if sheet.items else None,
    )


def _waiting(sheet: Sheet) -> int:
    return sheet.counts[NEEDS]
