"""What changed since the last approval, side by side: 新旧対照表, « tableau comparatif ». Pure.

The changes are those of the Word file for translators and of `actes diff`; here they are for people
who read and decide, not for those who write: what is new on the left, what was on the right, what
changed marked, as Japanese authorities print an amendment. Every word printed is the texts' own or
a label of the table of the translation's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.proceedings.wording import language_name, long_date
from pipeline.review.diff.changes import Changed
from pipeline.review.differences import differences
from pipeline.review.items import Item, Kind
from pipeline.review.spans import Change
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State
from pipeline.translation.memory.tmx_inline import pieces
from pipeline.workspace.characters import visible
from pipeline.workspace.languages import LanguageTable

_NEVER_APPROVED = (State.MISSING, State.MACHINE)
_HEADING = re.compile(r"\A#{1,6} +")


class Said(StrEnum):
    """What stands where there are no words: a label."""

    NEW = "comparison-new"
    GONE = "comparison-gone"
    UNKNOWN = "comparison-unknown"
    UNREVISED = "comparison-unrevised"
    UNTRANSLATED = "comparison-untranslated"


Words = str | Said


@dataclass(frozen=True)
class Run:
    """Words of one language; ``marked`` are those that changed."""

    words: str
    language: str
    marked: bool = False


Cell = tuple[Run, ...]


@dataclass(frozen=True)
class Row:
    """A text as it is and as it was, and what is said of it, a line each."""

    after: Cell
    before: Cell
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """The rows of one counterpart under its title; ``path`` is its file."""

    heading: Run
    path: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that is printed, in its final words.

    ``lead`` are lines under the title, ``heads`` those of the columns: after, before, remarks.
    """

    title: str
    lead: tuple[str, ...]
    heads: tuple[str, str, str]
    parts: tuple[Part, ...]
    language: str


@dataclass(frozen=True)
class Subject:
    """What is compared: the ``event``'s title, the texts' ``titles`` by the path of the
    counterpart, the revision ``since`` which (None: the last approval), the ``day`` it stands for.
    """

    event: str
    titles: Mapping[str, Run]
    since: str | None = None
    day: date | None = None


def compare(changes: Iterable[Changed], subject: Subject, table: LanguageTable) -> Comparison:
    """The comparison of ``changes``, which all go into the language of ``table``.

    An item of which nothing changed has no row.
    """
    rows: dict[str, list[Row]] = {}
    sources: dict[str, None] = {}
    for change in changes:
        sources.setdefault(change.item.languages[0])
        rows.setdefault(change.item.path, []).extend(_rows(change, table))
    languages = {
        "source": ", ".join(language_name(source, table) for source in sources),
        "target": language_name(table.tag, table),
    }
    if subject.since is None:
        lead = [subject.event, table.label("comparison-of", **languages)]
    else:
        since = table.label("comparison-since", revision=subject.since, **languages)
        lead = [subject.event, since]
    if subject.day is not None:
        lead.append(table.label("comparison-date", date=long_date(subject.day, table)))
    lead.append(table.label("comparison-legend"))
    return Comparison(
        table.label("comparison"),
        tuple(lead),
        (
            table.label("comparison-after"),
            table.label("comparison-before"),
            table.label("comparison-remarks"),
        ),
        tuple(Part(subject.titles[path], path, tuple(own)) for path, own in rows.items() if own),
        table.tag,
    )


def _rows(change: Changed, table: LanguageTable) -> Iterator[Row]:
    """A row for the original and one for the translation, where they changed."""
    item = change.item
    if item.kind is Kind.ORPHAN and not change.gone and change.source_then is not None:
        return  # since a version, the passage that it was is told as gone
    original, own = _original(change), _own(change)
    untranslated = own == (Said.NEW, Said.UNTRANSLATED)
    if _differ(*original):
        standing = "standing-missing" if untranslated else ""
        yield _row("comparison-original", original, item, 0, standing, table)
    if _differ(*own) and not untranslated:
        yield _row("comparison-translation", own, item, 1, _standing(change), table)


def _differ(before: Words, after: Words) -> bool:
    """Whether a reader sees a difference."""
    said = isinstance(before, Said) or isinstance(after, Said)
    return before != after if said else fingerprint(before) != fingerprint(after)


def _row(
    label: str, words: tuple[Words, Words], item: Item, side: int, standing: str,
    table: LanguageTable,
) -> Row:  # fmt: skip
    """One side of an item, 0 the original, 1 the translation, and how far it may be trusted."""
    language = item.languages[side]
    named = table.label(label, language=language_name(language, table))
    said = [" · ".join([*_place(item, table), named])]
    said += [table.label(standing)] if standing else []
    return Row(*_cells(*words, language, table), tuple(said))


def _place(item: Item, table: LanguageTable) -> Iterator[str]:
    """The segment's number as everywhere, or what the value is called."""
    name = item.part.partition(".")[0]
    if item.kind is Kind.SEGMENT:
        yield item.part
    elif not name.startswith(Kind.ORPHAN):
        yield table.labels.get(name, name)


def _standing(change: Changed) -> str:
    """The label for how far the words on the left may be trusted (law 8); empty: wholly."""
    if _gone(change) or change.item.state is State.REVIEWED:
        return ""
    return "standing-machine" if _proposed(change) else f"standing-{change.item.state}"


# -- what was and what is -----------------------------------------------------------------------


def _gone(change: Changed) -> bool:
    return change.gone or change.item.kind is Kind.ORPHAN


def _original(change: Changed) -> tuple[Words, Words]:
    """The source that was, and the source that is."""
    item, then = change.item, change.source_then
    if _gone(change):
        return then or item.source_then or Said.UNKNOWN, Said.GONE
    if then is None and item.state is State.STALE:
        return Said.UNKNOWN, item.source
    if then == "" or (then is None and item.state in _NEVER_APPROVED):
        return Said.NEW, item.source
    return then or item.source, item.source


def _own(change: Changed) -> tuple[Words, Words]:
    """The translation that was, and the one that is there or proposed."""
    item, then = change.item, change.text_then
    if _gone(change):
        return item.text or Said.UNTRANSLATED, Said.GONE
    if then is None and item.state is State.STALE:
        then = item.text  # its comment says what it answers, so it is what was there
    if then == "" or (then is None and item.state in _NEVER_APPROVED):
        return Said.NEW, item.text or Said.UNTRANSLATED
    if _proposed(change):
        return item.text, item.proposal or Said.UNREVISED
    if item.state is State.STALE and then == item.text:
        return then, Said.UNREVISED
    return Said.UNKNOWN if then is None else then, item.text or Said.UNTRANSLATED


def _proposed(change: Changed) -> bool:
    """Whether the words on the left are the machine's proposal: nobody has changed theirs yet."""
    item = change.item
    mine = change.text_then in (None, item.text)
    return item.state is State.STALE and bool(item.proposal) and mine


# -- cells --------------------------------------------------------------------------------------


def _cells(before: Words, after: Words, language: str, table: LanguageTable) -> tuple[Cell, Cell]:
    """The cell on the left, after, and the one on the right, before."""
    if isinstance(before, Said) or isinstance(after, Said):
        added = before is Said.NEW or after is Said.GONE
        right, left = (_whole(words, language, added, table) for words in (before, after))
        return left, right
    spans = differences(*_legible(before, after))
    left, right = (
        tuple(
            Run(span.text, language, span.change is not Change.SAME)
            for span in spans
            if span.change in (Change.SAME, side)
        )
        for side in (Change.INSERTED, Change.DELETED)
    )
    return left, right


def _whole(words: Words, language: str, marked: bool, table: LanguageTable) -> Cell:
    """Words of which there is nothing on the other side, or the label that says so."""
    if isinstance(words, Said):
        return (Run(table.label(words), table.tag, marked and words in (Said.NEW, Said.GONE)),)
    return (Run(_without_marks(visible(words)), language, marked),)


def _legible(before: str, after: str) -> tuple[str, str]:
    """Both texts without Markdown's marks, where these did not change; else as they stand."""
    before, after = visible(before), visible(after)
    if _marks(before) != _marks(after):
        return before, after
    return _without_marks(before), _without_marks(after)


def _marks(text: str) -> list[str]:
    heading = _HEADING.match(text)
    return [heading[0] if heading else "", *(piece for mark, piece in pieces(text) if mark)]


def _without_marks(text: str) -> str:
    """The words; calls of notes and code stay, which a reader of the edition sees too. So does all
    of a text with references that an edition fills in: without their marks they would be nothing.
    """
    if "[](" in text:
        return text
    kept = (
        piece.strip("`") if mark else piece
        for mark, piece in pieces(_HEADING.sub("", text))
        if not mark or piece.startswith(("[^", "`"))
    )
    return "".join(kept)
