"""What the declaration's texts contradict in each other, for the verbs that must know."""

from __future__ import annotations

from pipeline.checks.told import compared, of_declaration
from pipeline.declaration.desk import Open
from pipeline.errors import Problem


def contradictions(now: Open, final: bool = True) -> list[Problem]:
    """The contradictions of a declaration that was read; remarks unless it is ``final``."""
    return of_declaration(compared(now.workspace, now.dossier.texts), final)
