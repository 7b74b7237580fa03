"""The declaration under the rules, clause by clause: what passed, what was found and waived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.checks.compared import clause_pairs
from pipeline.checks.examined import report
from pipeline.checks.model import facts_of
from pipeline.checks.reported import Reported, with_waivers
from pipeline.checks.rules.registry import RULES, passed
from pipeline.checks.waivers import waivers
from pipeline.texts.read import Text
from pipeline.workspace.languages import load_language
from pipeline.workspace.load import Workspace


@dataclass(frozen=True)
class Examined:
    """The rules that a clause passed in every pair of its texts, and what the others found."""

    passed: tuple[str, ...] = ()
    found: tuple[Reported, ...] = ()


def examined(workspace: Workspace, texts: Mapping[str, Text]) -> Mapping[str, Examined]:
    """The clauses of a declaration (its ``texts`` by language) under all rules, by their ids."""
    result: dict[str, Examined] = {}
    if len(texts) < 2:  # noqa: PLR2004 - nothing to compare
        return result
    facts = facts_of(workspace)
    preambles = {tag: load_language(workspace.root, tag).preamble_ids for tag in texts}
    first, *others = texts.values()
    for other in others:
        for pair in clause_pairs(facts, first, other, preambles):
            found = with_waivers(list(report(pair)), waivers((first, other)))
            before = result.get(pair.clause, Examined(tuple(RULES)))
            here = passed(pair.pair)
            result[pair.clause] = Examined(
                tuple(name for name in before.passed if name in here), (*before.found, *found)
            )
    return result
