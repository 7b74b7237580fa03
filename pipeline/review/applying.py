"""Decisions applied to a counterpart as it stands: the new content, what was taken, what was not.

Pure: how a text is read is passed in. What was written is read again before it is believed: a text
that a person hands in may hold comments, open fences or YAML of its own. Where anything but the
items decided on would change, the decision is a conflict and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import ActesError
from pipeline.review.decisions import Applied, Before, Conflict, Decision, Taken
from pipeline.review.items import Item, Kind, items_of
from pipeline.review.judging import Standing, Verdict, judged
from pipeline.review.writing import Places, places, written
from pipeline.texts.read import Text
from pipeline.translation.fields import marker_of
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import State

Reread = Callable[[str], Text]
"""A counterpart's file read from its content; raises ActesError where it cannot be."""

BREAKS = "review-breaks"


def apply(
    original: Text, counterpart: Text, decisions: Sequence[Decision], reread: Reread
) -> Applied:
    """``decisions``, each as a whole or not at all, applied to ``counterpart``.

    A second decision on the same item, or one that cannot hold, is a conflict.
    """
    table = _Table.of(original, counterpart)
    conflicts: list[Conflict] = []
    chosen: dict[str, _Chosen] = {}
    for decision in decisions:
        item = _meant(table.items, decision)
        if item is None:
            conflicts.append(Conflict(decision, "review-gone"))
            continue
        verdict = judged(table.standing(item), decision)
        rule = verdict.rule or ("review-twice" if item.part in chosen else "")
        if rule:
            conflicts.append(Conflict(decision, rule, item))
        else:
            chosen[item.part] = _Chosen(decision, item, verdict)
    done = _applied(original, table, list(chosen.values()), reread)
    return replace(done, conflicts=(*conflicts, *done.conflicts))


@dataclass(frozen=True)
class _Chosen:
    decision: Decision
    item: Item
    verdict: Verdict


@dataclass(frozen=True)
class _Table:
    """A counterpart with its items and where they stand in it."""

    text: Text
    items: tuple[Item, ...]
    places: Places

    @classmethod
    def of(cls, original: Text, text: Text) -> _Table:
        return cls(text, items_of(original, text), places(original, text))

    def standing(self, item: Item) -> Standing:
        if item.kind is Kind.VALUE:
            translation = self.text.metadata.translation
            claim = translation.fields.get(item.part) if translation else None
            marker = marker_of(claim) if claim else None
            own = marker is not None and marker.word == State.MACHINE
            same = marker is not None and marker.text == fingerprint(item.text)
            return Standing(item, marker, machine=own and same)
        passage = self.places.passages.get(item.part)
        if passage is None:
            return Standing(item, None)
        damaged = passage.comment is not None and passage.marker is None
        return Standing(item, passage.marker, damaged, passage.machine_own)


def _meant(there: Sequence[Item], decision: Decision) -> Item | None:
    """The item that a decision is about: where numbers moved, the one that shows what was seen."""
    named = next((item for item in there if item.key == decision.key), None)
    if named is not None and _shows(named, decision):
        return named
    alike = [item for item in there if item.kind is Kind.SEGMENT and _shows(item, decision)]
    by_number = decision.key.partition("#")[2].isdigit()
    return alike[0] if by_number and len(alike) == 1 else named


def _shows(item: Item, decision: Decision) -> bool:
    now, mine = item.seen, decision.seen
    return (now.source, now.text) == (mine.source, mine.text)


# -- writing and reading again ------------------------------------------------------------------


def _applied(original: Text, table: _Table, chosen: Sequence[_Chosen], reread: Reread) -> Applied:
    """All of ``chosen`` at once; where they do not hold together, one half and then the other."""
    if not chosen:
        return Applied(table.text.source.raw)
    there, rule = _tried(original, table, chosen, reread)
    if there is not None:
        return Applied(there.text.source.raw, tuple(_taken(table, there, one) for one in chosen))
    if len(chosen) == 1:
        one = chosen[0]
        return Applied(table.text.source.raw, (), (Conflict(one.decision, rule, one.item),))
    middle = len(chosen) // 2
    first = _applied(original, table, chosen[:middle], reread)
    between = _Table.of(original, reread(first.content)) if first.taken else table
    second = _applied(original, between, chosen[middle:], reread)
    return Applied(
        second.content, (*first.taken, *second.taken), (*first.conflicts, *second.conflicts)
    )


def _tried(
    original: Text, table: _Table, chosen: Sequence[_Chosen], reread: Reread
) -> tuple[_Table | None, str]:
    """The counterpart as it then is; None and the rule where something else would change."""
    verdicts = {one.item.part: one.verdict for one in chosen}
    try:
        content = written(table.text, table.places, verdicts)
        there = _Table.of(original, reread(content))
    except ActesError as error:
        return None, error.problems[0].rule
    except UnicodeEncodeError:
        return None, BREAKS
    return (there, "") if _holds(table, there, verdicts) else (None, BREAKS)


def _holds(before: _Table, after: _Table, verdicts: Mapping[str, Verdict]) -> bool:
    """Whether what was decided stands there, and all else as it stood."""
    old = {item.part: item for item in before.items}
    new = {item.part: item for item in after.items}
    if old.keys() != new.keys():
        return False
    return all(
        _stands(after.standing(new[part]), old[part], verdicts[part])
        if part in verdicts
        else _untouched(old[part], new[part])
        for part in old
    )


def _untouched(old: Item, new: Item) -> bool:
    return replace(new, place=old.place, of=old.of, comment=old.comment) == old


def _stands(now: Standing, old: Item, verdict: Verdict) -> bool:
    wanted = old.text if verdict.text is None else verdict.text
    said = verdict.marker
    if now.item.text != wanted or said is None or now.marker is None:
        return False
    there = now.marker
    if said.text and there.text != said.text:
        return False
    own = (there.word, there.source.strip(), there.note, there.now, there.proposal)
    return own == (said.word, said.source.strip(), said.note, said.now, said.proposal)


def _taken(before: _Table, after: _Table, one: _Chosen) -> Taken:
    part = one.item.part
    now = next(item for item in after.items if item.part == part)
    was = before.standing(next(item for item in before.items if item.part == part))
    undo = Decision(now.key, now.seen, undo=Before(was.said, was.item.text))
    return Taken(one.decision, now, undo, not _untouched(was.item, now))
