"""What was found in two texts, where it stands, and whether somebody accepted it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.checks.model import Finding, Weight
from pipeline.checks.waivers import Waiver
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
        """The finding in words; where one side says what the other should, at the other."""
        weight = Severity.ERROR if self.blocks else Severity.REMARK
        place, beside = self.place, self.beside
        one, other = self.shown
        if self.finding.expected == 0:
            place, beside, one, other = beside, place, other, one
        values = {"beside": str(beside), "code": self.code}
        if self.hidden:
            shown = values | {"rule": self.finding.rule}
            return Problem("check-confidential", place, shown, weight)
        return Problem(self.finding.rule, place, values | {"one": one, "other": other}, weight)


@dataclass(frozen=True)
class Examined:
    """What the rules say of two texts, of which the second is in ``language``.

    ``compared`` is how many passages were; ``found`` does not know yet what was accepted, which
    the ``waivers`` of both texts say.
    """

    paths: tuple[str, str]
    language: str
    compared: int
    found: tuple[Reported, ...]
    waivers: tuple[Waiver, ...]


def with_waivers(found: Sequence[Reported], said: Sequence[Waiver]) -> list[Reported]:
    """The findings with the reasons that were given."""
    reasons = {waiver.code: waiver.reason for waiver in said if waiver.code}
    return [replace(reported, waived=reasons.get(reported.code)) for reported in found]
