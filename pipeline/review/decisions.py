"""What a person decides of an item, through whatever door, and what becomes of the decision.

A decision says what the person saw. It holds for the files as they stand when it arrives: what
changed meanwhile is looked at three ways, and where both sides changed, nothing is done (laws 2
and 3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.errors import Place, Problem
from pipeline.review.items import Item, Seen
from pipeline.translation.marker import Marker, State


@dataclass(frozen=True)
class Before:
    """How an item stood before a decision: its comment and its words."""

    marker: Marker
    text: str


@dataclass(frozen=True)
class Decision:
    """What a person decided of the item ``key``, having ``seen`` it.

    ``text`` are new words (None: those that stand there), ``accept`` takes the proposal for them.
    ``keep`` says that the words answer the source as it was seen, without approving them; a text
    that is only edited keeps answering the source it answered. ``approve`` vouches for the pair of
    the source that was seen and the words as they then stand. ``source`` are the words of that
    source, from a door that brings them along. ``note`` replaces the note ("" takes
    it away, None leaves it). ``undo`` puts back what was there: only `Taken.undo` gives it, no door
    makes one from what it was handed.
    """

    key: str
    seen: Seen
    text: str | None = None
    accept: bool = False
    keep: bool = False
    approve: bool = False
    note: str | None = None
    source: str | None = None
    undo: Before | None = None

    @property
    def path(self) -> str:
        """The counterpart's file."""
        return self.key.partition("#")[0]


@dataclass(frozen=True)
class Taken:
    """A decision that holds: the item as it stands now, and the decision that would undo it;
    whether it ``changed`` anything, or all stood so before."""

    decision: Decision
    item: Item
    undo: Decision
    changed: bool


@dataclass(frozen=True)
class Conflict:
    """A decision that changed nothing, the rule that says why, and the item as it stands (None:
    there is none any more). Both texts are there: the decision's and the item's."""

    decision: Decision
    rule: str
    item: Item | None = None

    @property
    def problem(self) -> Problem:
        """Why, in words; never what the texts say (law 6)."""
        place = self.item.place if self.item else Place(self.decision.path)
        part = self.item.part if self.item else self.decision.key.partition("#")[2]
        state = self.item.state if self.item else State.MISSING
        return Problem(self.rule, place, {"part": part, "state": state.value})


@dataclass(frozen=True)
class Applied:
    """A counterpart's file after decisions: its content, what was taken, what was not."""

    content: str
    taken: tuple[Taken, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def by_path(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """The decisions by the file they are about, in their order."""
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.path, []).append(decision)
    return found
