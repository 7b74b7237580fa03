"""An item as the page shows it: its words with what changed and what the glossary knows marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from itertools import groupby, pairwise

from pipeline.errors import Problem
from pipeline.review.differences import differences
from pipeline.review.items import Item, Kind, Seen
from pipeline.review.spans import Change, Span
from pipeline.review.web.sheets import needs
from pipeline.translation.marker import State
from pipeline.translation.terms import Lexicon
from pipeline.wording import has, language_name, say
from pipeline.workspace.glossary import Term

_MOST_TERMS = 12
_LONG_ENOUGH = 24
"""Characters of unchanged lines that are worth leaving out of a proposal."""


@dataclass(frozen=True)
class Mark:
    """A run of words as it is shown: ``mark`` is empty, ``inserted``, ``deleted``, ``moved``, or
    ``same`` for what was left out; ``term`` the translation that the glossary gives."""

    text: str
    mark: str = ""
    term: str = ""


@dataclass(frozen=True)
class Pairing:
    """A term as it stands in the source, and what to write for it."""

    form: str
    wanted: str


@dataclass(frozen=True)
class Remark:
    """What was found, in a sentence."""

    words: str
    severity: str


@dataclass(frozen=True)
class Card:
    """Everything that the template of a card asks for; see `card`."""

    key: str
    anchor: str
    digest: str
    name: str
    label: str
    line: int
    state: str
    state_words: str
    needs: bool
    confidential: bool
    source_language: str
    target_language: str
    source_name: str
    target_name: str
    source: tuple[Mark, ...]
    source_changed: bool
    translation: tuple[Mark, ...]
    proposal: tuple[Mark, ...]
    text: str
    note: str | None
    remarks: tuple[Remark, ...]
    terms: tuple[Pairing, ...]
    seen: str
    can_approve: bool
    can_accept: bool
    can_keep: bool
    can_edit: bool
    can_note: bool


def anchor(key: str) -> str:
    """The name of an item's card within the page."""
    return f"c{blake2b(key.encode(), digest_size=8).hexdigest()}"


def card(item: Item, lexicon: Lexicon, language: str) -> Card:
    """``item`` as it is shown in an interface in ``language``."""
    source, target = item.languages
    there = item.kind is not Kind.ORPHAN
    found = [
        (term.start, term.end, term.form, wanted)
        for term in (lexicon.found(item.source) if there else ())
        if (wanted := _wanted(term.term, target))
    ]
    name = _name(item, language)
    stale = item.state is State.STALE
    return Card(
        key=item.key,
        anchor=anchor(item.key),
        digest=blake2b(repr(item).encode(), digest_size=8).hexdigest(),
        name=name,
        label=f"{name} – {say(f'state-{item.state.value}', language)}",
        line=item.place.line,
        state=item.state.value if there else "orphan",
        state_words=say(f"status-head-{item.state.value}" if there else "page-no-source", language),
        needs=needs(item),
        confidential=item.confidential,
        source_language=source,
        target_language=target,
        source_name=language_name(source, language),
        target_name=language_name(target, language),
        source=_underlined(_changed(item.source_then if stale else None, item.source), found),
        source_changed=stale and there and item.source_then not in (None, item.source),
        translation=(Mark(item.text),) if item.text else (),
        proposal=_abridged(_changed(item.text or None, item.proposal)) if item.proposal else (),
        text=item.text,
        note=item.note,
        remarks=tuple(_remark(problem, language) for problem in item.remarks),
        terms=tuple(dict.fromkeys(Pairing(form, to) for _, _, form, to in found))[:_MOST_TERMS],
        seen=seen_words(item.seen),
        can_approve=there and item.state in (State.EDITED, State.MACHINE),
        can_accept=there and bool(item.proposal),
        can_keep=there and stale and bool(item.text),
        can_edit=there,
        can_note=there,
    )


def seen_words(seen: Seen) -> str:
    """What a card says that it shows, to be handed back with a decision."""
    return ":".join((seen.source, seen.text, seen.proposal, seen.note))


def seen_of(words: str) -> Seen:
    """The inverse of `seen_words`; what nothing was shown as where it is not one."""
    parts = words.split(":")
    return Seen(*parts) if len(parts) == len(fields(Seen)) else Seen("?", "?", "?", "?")


def marked(old: str, new: str) -> tuple[Mark, ...]:
    """What changed from ``old`` to ``new``."""
    return _changed(old, new)


def _wanted(term: Term, language: str) -> str:
    form = term.terms.get(language)
    return form.term if form else ""


def _name(item: Item, language: str) -> str:
    if item.kind is Kind.ORPHAN:
        return say("page-orphan", language)
    if item.kind is Kind.SEGMENT:
        return say("page-segment", language, number=item.part)
    group, _, rest = item.part.partition(".")
    number, _, detail = rest.rpartition(".") if group == "speakers" else (rest, "", rest)
    key = f"page-field-{group}-{detail}" if has(f"page-field-{group}-{detail}") else ""
    key = key or f"page-field-{group}"
    return say(key, language, number=number) if has(key) else item.part


def _remark(problem: Problem, language: str) -> Remark:
    return Remark(problem.message(language), problem.severity.value)


def _changed(old: str | None, new: str | None) -> tuple[Mark, ...]:
    if old is None or new is None:
        return (Mark(new),) if new else ()
    return tuple(Mark(span.text, _kind(span)) for span in differences(old, new))


def _abridged(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks with long runs of lines in which nothing changed left out: they stand above."""
    found: list[Mark] = []
    for changed, run in groupby(_lines(marks), lambda line: any(part.mark for part in line)):
        parts = [part for line in run for part in line]
        long = sum(len(part.text) for part in parts) > _LONG_ENOUGH
        found += [Mark("[…]\n", "same")] if long and not changed else parts
    return tuple(found) if any(mark.mark not in ("", "same") for mark in found) else marks


def _lines(marks: Iterable[Mark]) -> list[list[Mark]]:
    lines: list[list[Mark]] = [[]]
    for mark in marks:
        for text in mark.text.splitlines(keepends=True):
            lines[-1].append(replace(mark, text=text))
            if text.endswith("\n"):
                lines.append([])
    return lines


def _kind(span: Span) -> str:
    if span.change is Change.SAME:
        return ""
    return "moved" if span.move and span.change is Change.INSERTED else span.change.value


def _underlined(
    marks: Sequence[Mark], found: Iterable[tuple[int, int, str, str]]
) -> tuple[Mark, ...]:
    """The marks, cut where terms of the new text begin and end."""
    result: list[Mark] = []
    terms = list(found)
    place = 0
    for mark in marks:
        if mark.mark == "deleted":
            result.append(mark)
            continue
        end = place + len(mark.text)
        cuts = sorted({place, end, *(edge for start, stop, _, _ in terms for edge in (start, stop)
                                     if place < edge < end)})  # fmt: skip
        for first, last in pairwise(cuts):
            wanted = next((to for start, stop, _, to in terms if start <= first < stop), "")
            result.append(Mark(mark.text[first - place : last - place], mark.mark, wanted))
        place = end
    return tuple(result)
