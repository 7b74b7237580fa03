"""What the declaration's texts contradict in each other, for the verbs that must know."""

from __future__ import annotations

from pipeline.checks.told import compared, of_declaration
from pipeline.declaration.desk import Open
from pipeline.errors import Problem
from pipeline.workspace.languages import load_language


def contradictions(now: Open, final: bool = True) -> list[Problem]:
    """The contradictions of a declaration that was read; remarks unless it is ``final``."""
    root, texts = now.workspace.root, now.dossier.texts
    preambles = {tag: load_language(root, tag).preamble_ids for tag in texts}
    return of_declaration(compared(now.workspace, texts, preambles), final)
