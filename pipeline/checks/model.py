"""What a rule is given and what it finds. Nothing here reads or alters a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.checks.knowledge import Knowledge, knowledge
from pipeline.checks.plain import folded, plain
from pipeline.workspace.event import Delegation

if TYPE_CHECKING:
    from pipeline.workspace.load import Workspace


class Weight(StrEnum):
    """What a finding may do: keep a final text from being adopted, or ask a person."""

    BLOCK = "block"
    QUESTION = "question"


@dataclass(frozen=True)
class Side:
    """One text of a pair: the raw Markdown of a segment or clause, and its language."""

    raw: str
    language: str

    @cached_property
    def text(self) -> str:
        """Its words, line by line as in ``raw``, in one form of digits and signs."""
        return plain(self.raw)

    @cached_property
    def low(self) -> str:
        """`text` in small letters, for `Knowledge.words` that are written in them."""
        return folded(self.text)

    @cached_property
    def known(self) -> Knowledge:
        """What is known of its language."""
        return knowledge(self.language)

    def line(self, offset: int) -> int:
        """The line, from 0, of an offset of `text`."""
        return self.text.count("\n", 0, max(offset, 0))


@dataclass(frozen=True, eq=False)
class Facts:
    """What the workspace knows: its register, the articles that its declaration has, its places.

    That is all of the workspace that a rule can read: what is found in two texts is kept as long as
    it stays (`checks.kept`). One is as good as itself alone: what is made of it (`register.names`)
    is made once.
    """

    delegations: Mapping[str, Delegation] = field(default_factory=dict)
    articles: int | None = None
    places: tuple[Mapping[str, str], ...] = ()


def facts_of(workspace: Workspace) -> Facts:
    """What the rules are told of a workspace."""
    return Facts(workspace.delegations, None, _event_places(workspace))


def _event_places(workspace: Workspace) -> tuple[Mapping[str, str], ...]:
    """The event's place where it is one word in each language: « Shizuoka (Japon) », 静岡市."""
    place = {tag: words.split(" (")[0] for tag, words in workspace.event.place.items()}
    return (place,) if all(" " not in words for words in place.values()) else ()


@dataclass(frozen=True)
class Finding:
    """What a rule found, as it stands on each side (``one``, ``other``; "" where nothing does).

    ``at`` are the lines, from 0, in the raw text of each side. ``expected`` is the side, 0 or 1,
    whose words do not stand there but should stand on the other, None where both stand there.
    """

    rule: str
    one: str
    other: str
    at: tuple[int, int] = (0, 0)
    expected: int | None = None

    @property
    def weight(self) -> Weight:
        """Whether it can block."""
        return WEIGHTS[self.rule]


@dataclass(frozen=True)
class Pair:
    """Two texts that must say the same, neither altered."""

    one: Side
    other: Side
    facts: Facts = Facts()

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both."""
        return self.one, self.other

    @property
    def swapped(self) -> Pair:
        """The same pair seen from the other side."""
        return Pair(self.other, self.one, self.facts)


Rule = Callable[[Pair], Iterable[Finding]]

_BLOCKING = (
    "check-number", "check-number-absent", "check-magnitude", "check-unit", "check-approximation",
    "check-sum", "check-currency", "check-percent", "check-range",
    "check-date", "check-date-absent", "check-date-impossible", "check-era", "check-weekday",
    "check-goal", "check-edition", "check-reference", "check-structure", "check-clause-absent",
    "check-name", "check-kind", "check-person", "check-host", "check-signatories",
    "check-party-order", "check-too-long",
)  # fmt: skip
_QUESTIONS = (
    "check-figure", "check-order", "check-length", "check-name-absent", "check-modality",
    "check-negation", "check-scope", "check-typography",
)  # fmt: skip
WEIGHTS: Mapping[str, Weight] = {
    **dict.fromkeys(_BLOCKING, Weight.BLOCK),
    **dict.fromkeys(_QUESTIONS, Weight.QUESTION),
}
"""What each kind of finding may do, by its stable name; docs/checks.md shows them all."""


def turned(finding: Finding) -> Finding:
    """A finding on a swapped pair, as one on the pair itself."""
    expected = None if finding.expected is None else 1 - finding.expected
    return Finding(
        finding.rule, finding.other, finding.one, (finding.at[1], finding.at[0]), expected
    )
