"""What a decision makes of one item as it stands now, or why it cannot hold. Pure.

The rules are those of the update (`translation.decide`): words are a machine's only if the comment
and its fingerprint say so; everything else is a person's, and is never written over unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.review.decisions import Decision
from pipeline.review.items import Item, Kind
from pipeline.texts.source import unify_lines
from pipeline.translation.fingerprint import fingerprint
from pipeline.translation.marker import APPROVE, Marker, State
from pipeline.workspace.characters import compose_accents, visible


@dataclass(frozen=True)
class Standing:
    """An item with its comment: None where there is none; ``damaged`` where it cannot be read;
    ``machine`` where nobody touched the machine's words."""

    item: Item
    marker: Marker | None
    damaged: bool = False
    machine: bool = False

    @property
    def said(self) -> Marker:
        """Its comment, or what one would say of it."""
        word = State.EDITED if self.item.text.strip() else State.MISSING
        return self.marker or Marker(word, self.item.source)


@dataclass(frozen=True)
class Verdict:
    """What shall stand there, the comment and the words (None: as they are); or why not, a rule."""

    marker: Marker | None = None
    text: str | None = None
    rule: str = ""


def judged(now: Standing, decision: Decision) -> Verdict:
    """The verdict on ``decision`` for the item as it stands."""
    item = now.item
    if now.damaged:
        return Verdict(rule="review-damaged")
    if item.kind is Kind.ORPHAN:
        return Verdict(rule="review-orphan")
    if decision.undo is not None:
        if item.seen != decision.seen:
            return Verdict(rule="review-text-changed")
        return Verdict(decision.undo.marker, decision.undo.text)
    rule = _changed(now, decision)
    return Verdict(rule=rule) if rule else _decided(now, decision)


def clean(text: str) -> str:
    """Words that a person handed in as a file may hold them: unseen characters left out.

    >>> clean("\\r\\n 市場\\u202e \\r\\n")
    ' 市場'
    """
    lines = unify_lines(visible(compose_accents(text))).strip("\n").split("\n")
    last = lines[-1].rstrip()
    return "\n".join([*lines[:-1], last]).rstrip("\n") if any(map(str.strip, lines)) else ""


def _words(now: Standing, decision: Decision) -> str | None:
    """The words that the decision wants there; None where it leaves those that are."""
    wanted = (now.item.proposal or "") if decision.accept else decision.text
    if wanted is None:
        return None
    return clean(wanted).strip() if now.item.kind is Kind.VALUE else clean(wanted)


# -- what changed meanwhile ---------------------------------------------------------------------


def _changed(now: Standing, decision: Decision) -> str:
    """The rule that says what changed so that the decision cannot hold; empty if it can."""
    item, mine, there = now.item, decision.seen, now.item.seen
    words = _words(now, decision)
    same_source = there.source == mine.source
    same_text = there.text == mine.text
    if not same_source and not (same_text and there.text):
        return "review-source-changed"
    if decision.accept and (not item.proposal or there.proposal != mine.proposal):
        return "review-proposal-changed"
    if words is None:
        if not same_text and (decision.approve or decision.keep):
            return "review-text-changed"
        if decision.approve and not item.text.strip():
            return "review-empty"
    elif not (same_text or fingerprint(words) == there.text or (now.machine and same_source)):
        return "review-text-changed"
    vouches = decision.approve or decision.keep or decision.accept
    if vouches and _answered(now, decision) is None:
        return "review-source-changed"
    noted = decision.note is not None and clean(decision.note) != (item.note or "")
    return "review-note-changed" if noted and there.note != mine.note else ""


def _answered(now: Standing, decision: Decision) -> str | None:
    """The source that the person saw, where it is known: the one now, those of the comment, or the
    one that came with the decision."""
    said = now.said
    own = None if decision.source is None else clean(decision.source)
    for source in (now.item.source, said.now, said.source, own):
        if source is not None and fingerprint(source) == decision.seen.source:
            return source
    return None


# -- what stands there then ---------------------------------------------------------------------


def _decided(now: Standing, decision: Decision) -> Verdict:
    item, said = now.item, now.said
    words = _words(now, decision)
    text = item.text if words is None else words
    note = item.note if decision.note is None else clean(decision.note) or None
    answered = _answered(now, decision)
    edited = Marker(State.EDITED, answered or said.source, note=_with_correction(said, note, text))
    settled = edited.following(said, item.source)
    if decision.approve:
        marker = replace(settled, word=State.REVIEWED, text=fingerprint(text))
    elif decision.accept or decision.keep:
        marker = settled
    elif fingerprint(text) == fingerprint(item.text):
        marker = replace(said, note=note)
    elif not text.strip():
        marker = _emptied(said, item.text, note)
    elif not item.text.strip() and answered is not None:
        marker = settled
    else:
        marker = _edited(said, text, note)
    return Verdict(marker, words)


def _edited(said: Marker, text: str, note: str | None) -> Marker:
    """Words that a person changed, which answer what they answered before."""
    if said.now is not None and said.word != APPROVE:
        return replace(said, word=State.STALE, text="", note=note)
    source = said.now or said.source
    edited = Marker(State.EDITED, source, note=_with_correction(said, note, text))
    return edited.following(said, "")


def _emptied(said: Marker, text: str, note: str | None) -> Marker:
    """Words that a person took away; the fingerprint of what stood there says so to the machine."""
    source, mark = said.now or said.source, said.text or fingerprint(text)
    return replace(said, word=State.MISSING, source=source, now=None, text=mark, note=note)


def _with_correction(said: Marker, note: str | None, text: str) -> str | None:
    """The note, with a proposal below it that a person corrected and that has no place any more."""
    if not (said.corrected and said.proposed) or fingerprint(said.proposal or "") == fingerprint(
        text
    ):
        return note
    return "\n\n".join(part for part in (note, said.proposal) if part)
