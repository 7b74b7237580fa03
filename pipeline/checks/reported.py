"""A finding where it stands, and whether somebody accepted it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.checks.compared import Compared
from pipeline.checks.model import Finding, Weight
from pipeline.checks.rules.registry import findings
from pipeline.checks.waivers import Waiver, code_of
from pipeline.errors import Place, Problem, Severity

NOTHING = "–"


@dataclass(frozen=True)
class Reported:
    """A finding with its places; ``waived`` is the reason a person gave, None without one.

    ``clause`` is the one of the declaration that it is about, "" in other texts.
    """

    finding: Finding
    place: Place
    beside: Place
    code: str
    hidden: bool = False
    waived: str | None = None
    clause: str = ""

    @property
    def blocks(self) -> bool:
        """Whether it keeps a final text from being adopted."""
        return self.finding.weight is Weight.BLOCK and self.waived is None

    @property
    def shown(self) -> tuple[str, str]:
        """What stands on each side; not of a confidential text (law 6)."""
        if self.hidden:
            return "…", "…"
        return self.finding.one or NOTHING, self.finding.other or NOTHING

    @property
    def problem(self) -> Problem:
        """The finding in words."""
        weight = Severity.ERROR if self.blocks else Severity.REMARK
        values = {"beside": str(self.beside), "code": self.code}
        if self.hidden:
            shown = values | {"rule": self.finding.rule}
            return Problem("check-confidential", self.place, shown, weight)
        one, other = self.shown
        return Problem(self.finding.rule, self.place, values | {"one": one, "other": other}, weight)


def report(compared: Compared) -> Iterator[Reported]:
    """What the rules find in two texts, or that one of them has no such clause."""
    sides = compared.pair.sides
    alone = compared.clause and not all(side.raw for side in sides)
    for finding in [_absent(compared)] if alone else findings(compared.pair):
        one = Place(compared.one.file, compared.one.line + finding.at[0])
        other = Place(compared.other.file, compared.other.line + finding.at[1])
        code = code_of(finding, compared.pair)
        yield Reported(finding, one, other, code, compared.hidden, clause=compared.clause)


def _absent(compared: Compared) -> Finding:
    one, other = (compared.clause if side.raw else "" for side in compared.pair.sides)
    return Finding("check-clause-absent", one, other)


def with_waivers(found: Sequence[Reported], said: Sequence[Waiver]) -> list[Reported]:
    """The findings with the reasons that were given."""
    reasons = {waiver.code: waiver.reason for waiver in said if waiver.code}
    return [replace(reported, waived=reasons.get(reported.code)) for reported in found]
